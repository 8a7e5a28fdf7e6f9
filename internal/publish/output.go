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

// Keepers returns the names at the top of the output folder that Publish keeps:
// they belong to the person who deploys it.
func Keepers() []string { return []string{".git", ".gitignore", "CNAME"} }

// output is an output folder that is safe to write to, and its work folder.
type output struct {
	dir  string // absolute; its parent has no symbolic links
	work string // hidden folder beside dir; exists while a build runs or a spare is kept
	next string // in work: the tree being staged; after the swap, the old one
	last string // in work: the old tree, where a swap takes two renames
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
	if err := checkPlace(dir, opts); err != nil {
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

// newOutput is the output folder of that name in parent.
func newOutput(parent, name string) output {
	work := filepath.Join(parent, "."+name+".casebook-tmp")
	return output{
		dir:  filepath.Join(parent, name),
		work: work,
		next: filepath.Join(work, "next"),
		last: filepath.Join(work, "last"),
	}
}

// checkPlace looks at where dir is, not at what it holds. Its errors continue a
// sentence that begins with the folder's name.
func checkPlace(dir string, opts Options) error {
	sources := opts.Sources
	if link := linkBetween(opts.Project, dir); link != "" {
		return fmt.Errorf("is reached through %q, a symbolic link inside the project, which may lead anywhere: remove the link, or give the folder that it leads to", link)
	}
	if filepath.Dir(dir) == dir {
		return errors.New("is the root of the file system: choose another")
	}
	for up := filepath.Dir(dir); filepath.Dir(up) != up; up = filepath.Dir(up) {
		if isMarker(filepath.Join(up, marker)) {
			return fmt.Errorf("is inside the output folder %q, whose next build would remove it: choose another", up)
		}
	}
	for _, source := range sources {
		if within(dir, source) {
			return fmt.Errorf("is in %q, from which the site is made: choose another", source)
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
	for _, source := range sources {
		if within(source, dir) {
			return fmt.Errorf("is or contains the content %q: choose another", source)
		}
	}
	if home, err := os.UserHomeDir(); err == nil && within(home, dir) {
		return errors.New("is or contains your home folder: choose another")
	}
	// After the swap the shell would be in a folder that no longer exists.
	if cwd, err := os.Getwd(); err == nil && within(cwd, dir) {
		return errors.New("is or contains the folder you are in: leave it first, or choose another")
	}
	return nil
}

// linkBetween returns the first symbolic link on the way from a folder down to
// dir, dir itself not counted; empty if there is none or dir is elsewhere.
func linkBetween(folder, dir string) string {
	if folder == "" {
		return ""
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	rel, err := filepath.Rel(folder, filepath.Dir(dir))
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	for _, name := range strings.Split(rel, string(filepath.Separator)) {
		folder = filepath.Join(folder, name)
		if info, err := os.Lstat(folder); err == nil && info.Mode()&fs.ModeSymlink != 0 && name != "." {
			return folder
		}
	}
	return ""
}

// realFolder describes the folder at path; nil if there is none, or a symbolic
// link or anything else in its place.
func realFolder(path string) fs.FileInfo {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return nil
	}
	return info
}

// within reports whether path is the folder or lies somewhere below it. Neither
// need exist. It compares the files that exist, since names may differ in case
// or by links.
func within(path, folder string) bool {
	folder = resolved(folder)
	info, err := os.Stat(folder)
	for path = resolved(path); ; path = filepath.Dir(path) {
		if path == folder {
			return true
		}
		if err == nil {
			if other, err := os.Stat(path); err == nil && os.SameFile(info, other) {
				return true
			}
		}
		if filepath.Dir(path) == path {
			return false
		}
	}
}

// resolved is the absolute path without symbolic links in the part of it that exists.
func resolved(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	for there, rest := path, ""; ; there, rest = filepath.Dir(there), filepath.Join(filepath.Base(there), rest) {
		if real, err := filepath.EvalSymlinks(there); err == nil {
			return filepath.Join(real, rest)
		}
		if filepath.Dir(there) == there {
			return path
		}
	}
}

// checkOwned refuses a folder without our marker that holds anything but
// [Keepers].
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

// isMarker reports whether the file at path is a build's marker. Only the first
// line counts: git may have changed the ends of lines.
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
