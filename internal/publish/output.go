package publish

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Keepers returns the names that Publish leaves alone at the top of the output
// folder: they belong to whoever deploys it.
func Keepers() []string { return []string{".git", ".gitignore", "CNAME"} }

// output is an output folder that is safe to write to, and its places.
type output struct {
	dir  string // absolute; its parent has no symbolic links
	work string // hidden folder beside dir, there only while a build runs
	next string // in work: the tree being staged; after the swap, the old one
	last string // in work: the old tree, where it takes two renames
}

// workIgnore is the one name in the work folder that is not a tree.
const workIgnore = ".gitignore"

// openOutput refuses folders that are never an output folder, whatever they
// hold, and creates the parent of one that is.
func openOutput(opts Options) (output, error) {
	if opts.Dir == "" {
		return output{}, errors.New("no output folder given")
	}
	dir, err := filepath.Abs(opts.Dir)
	if err != nil {
		return output{}, fmt.Errorf("output folder %q: %w", opts.Dir, err)
	}
	if err := checkPlace(dir, opts.Source); err != nil {
		return output{}, fmt.Errorf("output folder %q %w", dir, err)
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return output{}, fmt.Errorf("create the folder of the output: %w", err)
	}
	if parent, err = filepath.EvalSymlinks(parent); err != nil {
		return output{}, fmt.Errorf("output folder %q: %w", dir, err)
	}
	return newOutput(parent, filepath.Base(dir)), nil
}

// newOutput names the places that belong to the folder of that name in parent.
func newOutput(parent, name string) output {
	work := filepath.Join(parent, "."+name+".casebook-tmp")
	return output{
		dir:  filepath.Join(parent, name),
		work: work,
		next: filepath.Join(work, "next"),
		last: filepath.Join(work, "last"),
	}
}

// checkPlace looks at where dir is, not at what it holds. Its errors go on
// after the folder's name.
func checkPlace(dir, source string) error {
	if filepath.Dir(dir) == dir {
		return errors.New("is the root of the file system: choose another")
	}
	for up := filepath.Dir(dir); filepath.Dir(up) != up; up = filepath.Dir(up) {
		if isMarker(filepath.Join(up, marker)) {
			return fmt.Errorf("is inside the output folder %q, whose next build would remove it: choose another", up)
		}
	}
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("cannot be used: %w", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return errors.New("is a symbolic link: give the folder it leads to")
	case !info.IsDir():
		return errors.New("is not a folder: choose another, or remove it")
	}
	if source != "" {
		if found, err := contains(info, source); err != nil {
			return fmt.Errorf("cannot be compared with the content: %w", err)
		} else if found {
			return fmt.Errorf("is or contains the content %q: choose another", source)
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		if found, err := contains(info, home); err == nil && found {
			return errors.New("is or contains your home folder: choose another")
		}
	}
	// Swapped away under the shell, the working folder would be a deleted one.
	if cwd, err := os.Getwd(); err == nil {
		if found, err := contains(info, cwd); err == nil && found {
			return errors.New("is or contains the folder you are in: leave it first, or choose another")
		}
	}
	return nil
}

// contains reports whether path is the folder or lies somewhere below it. It
// compares files, not names, which may differ by case or links.
func contains(folder fs.FileInfo, path string) (bool, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return false, err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return false, err
	}
	for {
		info, err := os.Stat(path)
		if err != nil {
			return false, err
		}
		if os.SameFile(folder, info) {
			return true, nil
		}
		up := filepath.Dir(path)
		if up == path {
			return false, nil
		}
		path = up
	}
}

// checkOwned refuses a folder that holds what neither a build nor the rules of
// [Keepers] put there.
func (o output) checkOwned() error {
	entries, err := os.ReadDir(o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the output folder: %w", err)
	}
	if isMarker(filepath.Join(o.dir, marker)) {
		return nil
	}
	for _, e := range entries {
		if !slices.Contains(Keepers(), e.Name()) {
			return fmt.Errorf("output folder %q was not made by casebook and holds %q: choose another, or empty it first", o.dir, e.Name())
		}
	}
	return nil
}

// isMarker reports whether the file at path is a build's marker. The first line
// decides: git may have changed its line ends.
func isMarker(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	line, _ := bufio.NewReaderSize(f, 64).ReadSlice('\n')
	return strings.TrimRight(string(line), "\r\n") == markerLine
}
