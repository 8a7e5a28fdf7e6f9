package pipeline

// Snapshots: the files of a built site.

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"

	"casebook/internal/publish"
)

// Snapshot is one complete built site. It is immutable, so a server can answer from
// it while the next one is built.
type Snapshot struct {
	files map[string]*File // pages, assets and attachments by path, "cases/x/index.html"
	later map[string]*File // files made after the pages: the search and the exports; nil until they are made
}

// File is one file of a snapshot.
type File struct {
	Path string
	Hash [32]byte // SHA-256 of the bytes
	Size int64

	// The bytes are in memory (data), in a store (store, offset), or produced on
	// demand (make).
	data   []byte
	store  *store
	offset int64
	make   func() ([]byte, error)
}

// newSnapshot returns the site with the given pages and other files, without its
// search.
func newSnapshot(pages []*renderedPage, others ...[]*File) *Snapshot {
	s := &Snapshot{files: make(map[string]*File, len(pages))}
	for _, p := range pages {
		s.files[p.file.Path] = p.file
		if p.twin != nil {
			s.files[p.twin.Path] = p.twin
		}
	}
	for _, files := range others {
		for _, f := range files {
			s.files[f.Path] = f
		}
	}
	return s
}

// with adds files to the snapshot and returns it. It must not be called after the
// snapshot has been handed out.
func (s *Snapshot) with(files []*File) *Snapshot {
	for _, f := range files {
		s.files[f.Path] = f
	}
	return s
}

func newFile(path string, data []byte) *File {
	return &File{Path: path, Hash: sha256.Sum256(data), Size: int64(len(data)), data: data}
}

// at returns the file with another path.
func (f *File) at(path string) *File {
	if f.Path == path {
		return f
	}
	moved := *f
	moved.Path = path
	return &moved
}

// Bytes returns the content, which must not be modified.
func (f *File) Bytes() ([]byte, error) {
	switch {
	case f.make != nil:
		return f.make()
	case f.store != nil:
		return f.store.get(f.offset, f.Size)
	default:
		return f.data, nil
	}
}

// later returns a copy of the file whose bytes are produced by make on demand.
func (f *File) later(make func() ([]byte, error)) *File {
	return &File{Path: f.Path, Hash: f.Hash, Size: f.Size, make: make}
}

// moved returns the file after copying its bytes to another store.
func (f *File) moved(to *store) (*File, error) {
	data, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	return to.keep(f.Path, data)
}

// File returns the file at the path, or nil.
func (s *Snapshot) File(path string) *File {
	if f := s.files[path]; f != nil {
		return f
	}
	return s.later[path]
}

// WithSearchOf returns the snapshot with the search and the exports of an earlier
// one, for use until its own are made. If earlier is nil, it returns s unchanged.
func (s *Snapshot) WithSearchOf(earlier *Snapshot) *Snapshot {
	if earlier == nil {
		return s
	}
	return &Snapshot{files: s.files, later: earlier.later}
}

// ReadFile returns the bytes of the file at the path. If there is no such file, the
// error wraps fs.ErrNotExist.
func (s *Snapshot) ReadFile(path string) ([]byte, error) {
	f := s.File(path)
	if f == nil {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrNotExist}
	}
	return f.Bytes()
}

// Hash returns a hash of all paths and all bytes.
func (s *Snapshot) Hash() [32]byte {
	h := sha256.New()
	for f := range s.Files() {
		fmt.Fprintf(h, "%q %x\n", f.Path, f.Hash)
	}
	return [32]byte(h.Sum(nil))
}

// Equal reports whether two snapshots have the same paths and bytes.
func (s *Snapshot) Equal(other *Snapshot) bool {
	same := func(f, g *File) bool { return f == g || f.Hash == g.Hash }
	return maps.EqualFunc(s.files, other.files, same) && maps.EqualFunc(s.later, other.later, same)
}

// Len returns the number of files.
func (s *Snapshot) Len() int { return len(s.files) + len(s.later) }

// Files yields the files, sorted by path.
func (s *Snapshot) Files() iter.Seq[*File] {
	return func(yield func(*File) bool) {
		paths := slices.AppendSeq(make([]string, 0, s.Len()), maps.Keys(s.files))
		paths = slices.AppendSeq(paths, maps.Keys(s.later))
		slices.Sort(paths)
		for _, path := range paths {
			if !yield(s.File(path)) {
				return
			}
		}
	}
}

// Publish writes the snapshot to a folder. Package publish documents what it
// guarantees.
func (s *Snapshot) Publish(ctx context.Context, opts publish.Options) (publish.Result, error) {
	return publish.Publish(ctx, s.Published(), opts)
}

// Outgrown returns one line for each host whose limits the site exceeds.
func (s *Snapshot) Outgrown() []string { return publish.Outgrown(s.Published()) }

// Size returns the total number of bytes of the files.
func (s *Snapshot) Size() (total int64) {
	for f := range s.Files() {
		total += f.Size
	}
	return total
}

// Published returns the files in the form that package publish takes, sorted by
// path.
func (s *Snapshot) Published() []publish.File {
	files := make([]publish.File, 0, s.Len())
	for f := range s.Files() {
		files = append(files, publish.File{Path: f.Path, Hash: f.Hash, Size: f.Size, Bytes: f.Bytes})
	}
	return files
}
