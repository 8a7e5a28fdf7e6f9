// The files of a site as a tree with checked paths.

package publish

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"casebook/internal/filename"
)

// marker is the file by which Publish recognises its output folders. Its content
// is constant, so that the output is byte-identical everywhere.
const (
	marker      = ".casebook"
	markerLine  = "This folder is written by casebook."
	markerBytes = markerLine + "\nEvery build replaces it: files put here by hand are removed.\n"
)

// tree is a checked site: its files, including the marker, sorted by path, and
// their folders.
type tree struct {
	files  []File
	index  map[string]int // path → position in files
	isDir  map[string]bool
	levels [][]string // the folders by depth, without the root
}

// newTree checks that every path is portable and that no two are the same file
// or folder on a file system that ignores case or Unicode normalisation.
func newTree(files []File) (*tree, error) {
	t := &tree{
		files: append(slices.Clone(files), markerFile()),
		index: make(map[string]int, len(files)+1),
		isDir: map[string]bool{},
	}
	slices.SortStableFunc(t.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	reserved := reservedNames()
	names := filename.NewSet(len(t.files))
	for i, f := range t.files {
		if f.Path != marker {
			if err := checkPath(f.Path, reserved); err != nil {
				return nil, fmt.Errorf("publish %q: %w", f.Path, err)
			}
		}
		if clash := names.Add(f.Path, f.Path); clash != nil {
			return nil, fmt.Errorf("publish %q and %q: %q cannot exist beside %q on every system: rename one", clash.Owner, f.Path, clash.Path, clash.Other)
		}
		t.index[f.Path] = i
		for dir := path.Dir(f.Path); dir != "." && !t.isDir[dir]; dir = path.Dir(dir) {
			t.isDir[dir] = true
			depth := strings.Count(dir, "/")
			for len(t.levels) <= depth {
				t.levels = append(t.levels, nil)
			}
			t.levels[depth] = append(t.levels[depth], dir)
		}
	}
	return t, nil
}

func markerFile() File {
	return File{
		Path:  marker,
		Hash:  sha256.Sum256([]byte(markerBytes)),
		Size:  int64(len(markerBytes)),
		Bytes: func() ([]byte, error) { return []byte(markerBytes), nil },
	}
}

// reservedNames returns the names at the top of the output folder that no file of
// the site may have, by their folded form.
func reservedNames() map[string]string {
	names := map[string]string{filename.Fold(marker): marker}
	for _, name := range Keepers() {
		names[filename.Fold(name)] = name
	}
	return names
}

// checkPath returns an error if p is not a valid relative path on every system.
func checkPath(p string, reserved map[string]string) error {
	switch {
	case strings.Contains(p, `\`):
		return errors.New("path has a backslash: separate folders with /")
	case p == "." || !fs.ValidPath(p):
		return errors.New("path must be relative, without empty, . or .. elements")
	}
	first, _, _ := strings.Cut(p, "/")
	if name, taken := reserved[filename.Fold(first)]; taken {
		return fmt.Errorf("%s in the output folder is not part of the site: choose another name", name)
	}
	for name := range strings.SplitSeq(p, "/") {
		if message, _ := filename.Problem(name); message != "" {
			return errors.New(message)
		}
	}
	return nil
}
