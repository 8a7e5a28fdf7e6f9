// The comparison of the output folder with the new site.

package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"casebook/internal/parallel"
	"casebook/internal/stamp"
)

// found is the difference between the output folder and a tree.
type found struct {
	file    []fs.FileInfo // by index in tree.files; nil if the file must be written
	present []bool        // by index in tree.files: a file exists at the path
	gone    []string      // files on disk that are not in the tree
	levels  [][]string    // folders on disk by depth, the root first
	extra   bool          // a folder on disk is not in the tree
}

// identical reports whether the folder holds exactly the tree.
func (f *found) identical() bool {
	return len(f.gone) == 0 && !f.extra && !slices.Contains(f.file, nil)
}

// result returns what publishing the tree changes.
func (f *found) result(t *tree) Result {
	r := Result{Counts: Counts{Removed: len(f.gone)}, Gone: f.gone}
	for i, info := range f.file {
		path := t.files[i].Path
		if path == marker {
			continue
		}
		if !f.present[i] {
			r.Added = append(r.Added, path)
		}
		if info == nil {
			r.Written++
		} else {
			r.Unchanged++
		}
	}
	return r
}

// compare finds out what the output folder holds. It compares bytes: a file is read
// unless the listing has its stamp, so that compare finds a file that was edited by
// hand to the same size and modification time.
func (o output) compare(ctx context.Context, t *tree) (*found, error) {
	f := &found{file: make([]fs.FileInfo, len(t.files)), present: make([]bool, len(t.files))}
	onDisk := make([]fs.FileInfo, len(t.files)) // files of the right size
	if err := o.walk(ctx, t, f, onDisk); err != nil {
		return nil, fmt.Errorf("compare with the output folder: %w", err)
	}
	known := o.listing.of(t)
	seen := make([]*Listed, len(t.files))
	var done, read atomic.Int64
	err := parallel.EachWith(ctx, len(onDisk), newFileHash, func(hash *fileHash, i int) (err error) {
		o.progress(Comparing, int(done.Add(1)), len(onDisk))
		info := onDisk[i]
		if info == nil {
			return nil
		}
		l, now := &Listed{t.files[i].Path, stamp.Of(info), [32]byte{}}, time.Now()
		if k := known[i]; k != nil && k.Stamp == l.Stamp {
			l, seen[i] = k, k
		} else {
			read.Add(1)
			l.Hash, err = hash.of(at(o.dir, l.Path))
			switch {
			case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case l.Settled(now):
				seen[i] = l
			}
		}
		if l.Hash == t.files[i].Hash {
			f.file[i] = info
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("compare with the output folder: %w", err)
	}
	o.listing.replace(seen, int(read.Load()))
	return f, nil
}

// walk lists the output folder, all folders of one depth at a time.
func (o output) walk(ctx context.Context, t *tree, f *found, onDisk []fs.FileInfo) error {
	for level := []string{"."}; len(level) > 0; {
		below := make([]contents, len(level))
		err := parallel.Each(ctx, len(level), func(n int) (err error) {
			below[n], err = o.look(level[n], t, f.present, onDisk)
			return err
		})
		if err != nil {
			return err
		}
		f.levels = append(f.levels, level)
		level = nil
		for _, c := range below {
			level = append(level, c.folders...)
			f.gone = append(f.gone, c.gone...)
			f.extra = f.extra || slices.ContainsFunc(c.folders, func(path string) bool { return !t.isDir[path] })
		}
	}
	slices.Sort(f.gone)
	return nil
}

// contents is what a folder of the output holds, besides files of the tree.
type contents struct {
	folders []string
	gone    []string // files that are not in the tree
}

// look lists one folder. It marks the files of the tree that exist, and adds those that
// have the right size.
func (o output) look(folder string, t *tree, present []bool, onDisk []fs.FileInfo) (c contents, err error) {
	entries, err := os.ReadDir(at(o.dir, folder))
	if folder == "." && errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		i, planned := t.index[name]
		switch {
		case slices.Contains(Keepers(), name):
		case e.IsDir():
			c.folders = append(c.folders, name)
		case !planned:
			c.gone = append(c.gone, name)
		case e.Type().IsRegular():
			present[i] = true
			info, err := e.Info()
			if err != nil {
				return c, err
			}
			if info.Size() == t.files[i].Size {
				onDisk[i] = info
			}
		}
	}
	return c, err
}

// at returns where a file or folder of the site is below a folder. It does not clean the
// path, as [filepath.Join] does, which takes as long as some system calls.
func at(folder, name string) string {
	return folder + string(filepath.Separator) + filepath.FromSlash(name)
}

// fileHash hashes files one after the other, reusing its buffer.
type fileHash struct {
	sum hash.Hash
	buf []byte
}

func newFileHash() *fileHash {
	return &fileHash{sum: sha256.New(), buf: make([]byte, 64<<10)}
}

func (h *fileHash) of(path string) (sum [32]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h.sum.Reset()
	// The wrapper hides the file's WriteTo, which would allocate another buffer.
	if _, err := io.CopyBuffer(h.sum, struct{ io.Reader }{f}, h.buf); err != nil {
		return sum, err
	}
	h.sum.Sum(sum[:0])
	return sum, nil
}
