package source

import (
	"slices"
	"strings"

	"casebook/internal/stamp"
)

// Listed is one file as a scanner last read it. A program may keep the list of all of
// them, so that its next process need not read the files again.
type Listed struct {
	Path string
	stamp.Stamp
	Hash [32]byte // SHA-256 of the content
}

// Listing returns the files whose content is known for certain while their times and
// identity stay the same, sorted by path.
func (s *Scanner) Listing() []Listed {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Listed, 0, len(s.entries))
	for _, e := range s.entries {
		if e.file != nil && e.settled {
			all = append(all, Listed{e.path, e.stamp, e.file.Hash})
		}
	}
	return all
}

// Read returns the number of files that the scanner has read.
func (s *Scanner) Read() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read
}

// Recall tells a scanner that has not scanned yet what an earlier one listed. Files
// that look the same now are not read; their data is read when it is needed, and
// compared with the hash then.
func (s *Scanner) Recall(listing []Listed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entries := make([]*entry, len(listing))
	for i, l := range listing {
		f := &File{Path: l.Path, Size: l.Size, Hash: l.Hash, root: s.root, digest: digest("file", l.Path, string(l.Hash[:]))}
		entries[i] = &entry{path: l.Path, stamp: l.Stamp, settled: true, file: f}
	}
	slices.SortFunc(entries, func(a, b *entry) int { return strings.Compare(a.path, b.path) })
	s.entries = entries
}
