// Reading a published site.

package publish

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"casebook/internal/parallel"
)

// Read returns the files of the site in dir, an output folder that Publish
// wrote, without the marker and the [Keepers]. Their Bytes may be called any
// number of times, and fail if the file has changed since.
func Read(ctx context.Context, dir string) ([]File, error) {
	if !isMarker(filepath.Join(dir, marker)) {
		return nil, fmt.Errorf("%s is not a site that casebook built: name the folder that \"casebook build\" wrote", dir)
	}
	var files []File
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case slices.Contains(Keepers(), name) && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || name == marker || slices.Contains(Keepers(), name):
			return nil
		case !d.Type().IsRegular():
			return fmt.Errorf("%s in %s is not a regular file, so casebook did not write it: build the site again", name, dir)
		}
		files = append(files, File{Path: name})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return files, parallel.Each(ctx, len(files), func(i int) error {
		f := &files[i]
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if err != nil {
			return err
		}
		f.Hash, f.Size = sha256.Sum256(data), int64(len(data))
		f.Bytes = f.read(dir)
		return nil
	})
}

// read returns a function that reads the file in dir again.
func (f File) read(dir string) func() ([]byte, error) {
	return func() ([]byte, error) {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, err
		}
		if sha256.Sum256(data) != f.Hash {
			return nil, fmt.Errorf("%s has changed since it was read: has another build run? Run this again", f.Path)
		}
		return data, nil
	}
}
