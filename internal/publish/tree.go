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

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

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
// their folders, parents first.
type tree struct {
	files []File
	index map[string]int // path → position in files
	dirs  []string
	isDir map[string]bool
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
	names := newNameSet()
	for i, f := range t.files {
		if f.Path != marker {
			if err := checkPath(f.Path, reserved); err != nil {
				return nil, fmt.Errorf("publish %q: %w", f.Path, err)
			}
		}
		if err := names.add(f.Path); err != nil {
			return nil, err
		}
		t.index[f.Path] = i
		for dir := path.Dir(f.Path); dir != "." && !t.isDir[dir]; dir = path.Dir(dir) {
			t.isDir[dir] = true
			t.dirs = append(t.dirs, dir)
		}
	}
	slices.Sort(t.dirs)
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
	names := map[string]string{foldName(marker): marker}
	for _, name := range Keepers() {
		names[foldName(name)] = name
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
	if name, taken := reserved[foldName(first)]; taken {
		return fmt.Errorf("%s in the output folder is not part of the site: choose another name", name)
	}
	for name := range strings.SplitSeq(p, "/") {
		if message, _ := filename.Problem(name); message != "" {
			return errors.New(message)
		}
	}
	return nil
}

// nameSet detects two paths that are the same file or folder on some file system.
type nameSet struct {
	spelled map[string]string // folded path of a file or folder → as first written
	file    map[string]string // folded path of a file or folder → the file it came from
	isFile  map[string]bool   // folded path
}

func newNameSet() nameSet {
	return nameSet{spelled: map[string]string{}, file: map[string]string{}, isFile: map[string]bool{}}
}

// add adds a file and its folders.
func (s nameSet) add(file string) error {
	for p := file; p != "."; p = path.Dir(p) {
		key := foldName(p)
		spelled, taken := s.spelled[key]
		switch {
		case !taken:
			s.spelled[key], s.file[key], s.isFile[key] = p, file, p == file
		case p == file && spelled == file && s.isFile[key]:
			return fmt.Errorf("publish %q: two files have this path", file)
		case p == file || s.isFile[key]:
			return fmt.Errorf("publish %q and %q: both cannot exist where case and accents' encoding are ignored, or one is a folder of the other: rename one", s.file[key], file)
		case spelled != p:
			return fmt.Errorf("publish %q and %q: their folders %q and %q are one where case and accents' encoding are ignored: rename one", s.file[key], file, spelled, p)
		default:
			// The folder is known and so are its parents.
			return nil
		}
	}
	return nil
}

// foldName maps names that some file system treats as equal to one string, by
// canonical caseless matching (Unicode Standard, section 3.13, D145).
func foldName(name string) string {
	return norm.NFD.String(cases.Fold().String(norm.NFD.String(name)))
}
