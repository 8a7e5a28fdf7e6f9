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
	"path/filepath"
	"slices"
	"sync/atomic"

	"casebook/internal/parallel"
)

// found is the difference between the output folder and a tree.
type found struct {
	file    []fs.FileInfo // by index in tree.files; nil if the file must be written
	present []bool        // by index in tree.files: a file exists at the path
	gone    []string      // files on disk that are not in the tree
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

// compare reads the output folder. It compares bytes, not times, so that it finds
// a file that was edited by hand to the same size and time.
func (o output) compare(ctx context.Context, t *tree) (*found, error) {
	f := &found{file: make([]fs.FileInfo, len(t.files)), present: make([]bool, len(t.files))}
	var same []int // files of the right size
	onDisk := make([]fs.FileInfo, len(t.files))
	err := filepath.WalkDir(o.dir, func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil || path == o.dir {
			return err
		}
		rel, err := filepath.Rel(o.dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if slices.Contains(Keepers(), rel) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		i, planned := t.index[rel]
		switch {
		case d.IsDir():
			f.extra = f.extra || !t.isDir[rel]
		case !planned:
			f.gone = append(f.gone, rel)
		case d.Type().IsRegular():
			f.present[i] = true
			info, err := d.Info()
			if err != nil {
				return err
			}
			if info.Size() == t.files[i].Size {
				same = append(same, i)
				onDisk[i] = info
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("compare with the output folder: %w", err)
	}
	var done atomic.Int64
	err = parallel.EachWith(ctx, len(same), newFileHash, func(hash *fileHash, n int) error {
		o.progress(Comparing, int(done.Add(1)), len(same))
		i := same[n]
		sum, err := hash.of(filepath.Join(o.dir, filepath.FromSlash(t.files[i].Path)))
		switch {
		case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case sum == t.files[i].Hash:
			f.file[i] = onDisk[i]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("compare with the output folder: %w", err)
	}
	return f, nil
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
