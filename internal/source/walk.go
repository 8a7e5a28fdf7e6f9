package source

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"casebook/internal/parallel"
	"casebook/internal/stamp"
)

// walk is one look below the root.
//
// Between a look at a name and the opening of it, anything may be put in its
// place. So each folder is entered once, shown by its identity to be the one
// that was listed, and what is in it is reached by a single name from there:
// a link is never followed, not even to a hidden place within the root.
type walk struct {
	root     *os.Root
	rootPath string
	options  Options
	known    []*entry // of the last look, sorted by path
	read     atomic.Int64
}

// place is a folder to look into.
type place struct {
	path  string
	info  fs.FileInfo // as it was listed; nil if the caller named it
	names []string    // nil: all that it holds
}

// finding is what is in a place.
type finding struct {
	entries []*entry
	folders []place
	err     error // of the root; any other folder's is a problem
}

// entries returns what the targets cover, sorted by path.
func (w *walk) entries(ctx context.Context, targets []string) ([]*entry, error) {
	var entries []*entry
	for places := placesOf(targets); len(places) > 0; {
		findings := make([]finding, len(places))
		err := parallel.Each(ctx, len(places), func(i int) error {
			findings[i] = w.look(ctx, places[i])
			return ctx.Err()
		})
		if err != nil {
			return nil, err
		}
		places = nil
		for _, f := range findings {
			if f.err != nil {
				return nil, f.err
			}
			entries = append(entries, f.entries...)
			places = append(places, f.folders...)
		}
	}
	slices.SortFunc(entries, func(a, b *entry) int { return strings.Compare(a.path, b.path) })
	return entries, nil
}

// placesOf groups sorted targets by the folder that they are in.
func placesOf(targets []string) []place {
	var places []place
	index := map[string]int{}
	for _, target := range targets {
		if target == "." {
			return []place{{path: "."}}
		}
		dir, name := path.Dir(target), path.Base(target)
		i, known := index[dir]
		if !known {
			i = len(places)
			index[dir] = i
			places = append(places, place{path: dir})
		}
		places[i].names = append(places[i].names, name)
	}
	return places
}

func (w *walk) look(ctx context.Context, p place) finding {
	dir, err := w.enter(p)
	if err == nil {
		defer dir.Close()
	}
	names := p.names
	if err == nil && names == nil {
		names, err = list(dir)
	}
	switch {
	case err != nil && p.path == ".":
		return finding{err: err}
	case errors.Is(err, fs.ErrNotExist):
		return finding{} // gone since it was listed
	case err != nil && p.names == nil:
		return finding{entries: []*entry{{path: p.path, problem: unreadable(p.path, err)}}}
	case err != nil:
		var f finding
		for _, name := range p.names {
			below := path.Join(p.path, name)
			f.entries = append(f.entries, &entry{path: below, problem: unreadable(below, err)})
		}
		return f
	}

	entries := make([]*entry, len(names))
	folders := make([]*place, len(names))
	err = parallel.Each(ctx, len(names), func(i int) error {
		entries[i], folders[i] = w.examine(dir, path.Join(p.path, names[i]), p.names != nil)
		return nil
	})
	f := finding{err: err, entries: slices.DeleteFunc(entries, func(e *entry) bool { return e == nil })}
	for _, folder := range folders {
		if folder != nil {
			f.folders = append(f.folders, *folder)
		}
	}
	return f
}

// enter opens a folder that a name led to without passing a link.
func (w *walk) enter(p place) (*os.Root, error) {
	if p.info != nil {
		return enter(w.root, p.path, p.info)
	}
	dir, err := w.root.OpenRoot(".")
	if err != nil || p.path == "." {
		return dir, err
	}
	for name := range strings.SplitSeq(p.path, "/") {
		info, err := dir.Lstat(name)
		if err != nil {
			dir.Close()
			return nil, err
		}
		below, err := enter(dir, name, info)
		dir.Close()
		if err != nil {
			return nil, err
		}
		dir = below
	}
	return dir, nil
}

// enter opens the folder at the path if it is the one that info describes.
func enter(dir *os.Root, path string, info fs.FileInfo) (*os.Root, error) {
	if !info.IsDir() {
		return nil, errSwapped
	}
	// The final dot has it opened as a folder: a pipe would block otherwise.
	below, err := dir.OpenRoot(path + "/.")
	if err != nil {
		return nil, err
	}
	now, err := below.Stat(".")
	if err == nil && !os.SameFile(info, now) {
		err = errSwapped
	}
	if err != nil {
		below.Close()
		return nil, err
	}
	return below, nil
}

func list(dir *os.Root) ([]string, error) {
	opened, err := dir.Open(".")
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return opened.Readdirnames(-1)
}

// examine returns the entry of a file, the place of a folder, or neither if
// the name is skipped or gone. A file that the caller named is read whatever
// its times say.
func (w *walk) examine(dir *os.Root, name string, named bool) (*entry, *place) {
	if w.skip(name) {
		return nil, nil
	}
	// What is replaced before it is opened is looked at again; what never holds
	// still is reported, and the next scan tries again.
	var err error
	for range 3 {
		var info fs.FileInfo
		info, err = dir.Lstat(path.Base(name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil
		case err != nil:
			return &entry{path: name, problem: unreadable(name, err)}, nil
		}
		if p := w.problem(name, info); p != nil {
			return &entry{path: name, problem: p}, nil
		}
		if info.IsDir() {
			return nil, &place{path: name, info: info}
		}
		var known *entry
		if i, found := slices.BinarySearchFunc(w.known, name, byPath); found {
			known = w.known[i]
		}
		if known != nil && known.settled && !named && known.stamp == stamp.Of(info) {
			return known, nil
		}
		var e *entry
		if e, err = w.readFile(dir, name, info, known); err == nil {
			return e, nil
		}
	}
	return &entry{path: name, problem: unreadable(name, err)}, nil
}

var errSwapped = errors.New("it is replaced while it is being read")

func (w *walk) readFile(dir *os.Root, name string, listed fs.FileInfo, known *entry) (*entry, error) {
	now := time.Now() // before the read, so that a write after it is later than this
	opened, info, err := openRegular(dir, path.Base(name))
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	if !os.SameFile(listed, info) {
		return nil, errSwapped
	}
	w.read.Add(1)
	f, err := w.load(name, opened, info.Size())
	if err != nil {
		return nil, err
	}
	if known != nil && known.file != nil && known.file.Hash == f.Hash {
		f = known.file
	} else {
		f.digest = digest("file", f.Path, string(f.Hash[:]))
	}
	s := stamp.Of(info)
	return &entry{path: name, stamp: s, settled: s.Settled(now), file: f}, nil
}

func (w *walk) load(name string, content io.Reader, size int64) (*File, error) {
	f := &File{Path: name, root: w.rootPath}
	if isHeld(name) {
		data, err := readAtMost(content, size, w.options.MaxText)
		if err != nil {
			return nil, err
		}
		f.Size, f.Hash = int64(len(data)), sha256.Sum256(data)
		f.data.Store(&data)
		return f, nil
	}
	hash := sha256.New()
	n, err := io.Copy(hash, io.LimitReader(content, w.options.MaxAsset+1))
	if err != nil {
		return nil, err
	}
	if n > w.options.MaxAsset {
		return nil, errTooLarge
	}
	f.Size, f.Hash = n, [32]byte(hash.Sum(nil))
	return f, nil
}
