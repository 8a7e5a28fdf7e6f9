package pipeline

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"casebook/internal/cache"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/publish"
)

// Published is what a command says of a site that it has published. The next
// process needs no more to see that nothing has changed.
type Published struct {
	Problems []problem.Problem // of the content
	Pages    int               // redirects included
	Cases    int
	Drafts   int // that the site shows
	Files    []PublishedFile

	key cache.Key // hash of what it was made of
}

// PublishedFile is a file of the site.
type PublishedFile struct {
	Path string
	Hash [32]byte
	Size int64
}

// Published sums up a result and its whole snapshot.
func (r *Result) Published(whole *Snapshot) *Published {
	p := &Published{Problems: r.Problems, Pages: r.Pages, Cases: len(r.Library.Cases), Drafts: drafts(r.Library), key: r.key}
	for f := range whole.Files() {
		p.Files = append(p.Files, PublishedFile{f.Path, f.Hash, f.Size})
	}
	return p
}

// drafts returns how many drafts the library holds.
func drafts(lib *library.Library) int {
	n := 0
	for _, c := range lib.Cases {
		if c.Draft {
			n++
		}
	}
	for _, r := range lib.Resources {
		if r.Draft {
			n++
		}
	}
	for _, p := range lib.Pages {
		if p.Draft {
			n++
		}
	}
	return n
}

// RecallPublished returns what an earlier process published, if it was made of
// the same input; else nil.
func RecallPublished(from *cache.Cache, in Input) *Published {
	data, ok := from.Load("published", in.key())
	var p Published
	if !ok || cache.Decode(string(data), &p) != nil {
		return nil
	}
	return &p
}

// Keep keeps what was published for the next process.
func (p *Published) Keep(to *cache.Cache) error {
	if to == nil {
		return nil
	}
	return to.Save("published", p.key, cache.Encode(nil, p))
}

// key is the hash of all that a build is made of, besides the options.
func (in Input) key() cache.Key {
	return sha256.Sum256(fmt.Appendf(nil, "%x %v", in.Tree.Hash(), in.Today))
}

// Diff returns the paths of the files that differ between two sites, sorted.
func (p *Published) Diff(other *Published) []string {
	hashes := map[string][32]byte{}
	for _, f := range p.Files {
		hashes[f.Path] = f.Hash
	}
	var paths []string
	for _, f := range other.Files {
		if hash, ok := hashes[f.Path]; !ok || hash != f.Hash {
			paths = append(paths, f.Path)
		}
		delete(hashes, f.Path)
	}
	paths = slices.AppendSeq(paths, maps.Keys(hashes))
	slices.Sort(paths)
	return paths
}

// Has reports whether the site has a file at the path.
func (p *Published) Has(path string) bool {
	return slices.ContainsFunc(p.Files, func(f PublishedFile) bool { return f.Path == path })
}

// Size is the number of bytes of all files.
func (p *Published) Size() (total int64) {
	for _, f := range p.Files {
		total += f.Size
	}
	return total
}

// Outgrown says which hosts do not take the site, a line for each.
func (p *Published) Outgrown() []string { return publish.Outgrown(p.Listed()) }

// Listed are the files for package publish, without their bytes.
func (p *Published) Listed() []publish.File {
	files := make([]publish.File, len(p.Files))
	for i, f := range p.Files {
		files[i] = publish.File{Path: f.Path, Hash: f.Hash, Size: f.Size}
	}
	return files
}
