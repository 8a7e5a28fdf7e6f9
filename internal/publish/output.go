// The output folder: where it may be, and how casebook recognises its own.

package publish

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Keepers returns the names at the top of the output folder that Publish neither
// writes nor removes, because they belong to the person who deploys the site.
func Keepers() []string { return []string{".git", ".gitignore", "CNAME"} }

// output is an output folder that is safe to write to, and its work folder.
type output struct {
	dir  string // absolute; its parent has no symbolic links
	work string // hidden folder beside dir; exists while a build runs or a spare is kept
	next string // in work: the tree being staged; after the swap, the old one
	last string // in work: the old tree, where a swap takes two renames

	listing  *Listing // may be nil
	progress func(stage Stage, done, total int)
}

// workIgnore is a file in the work folder that makes git ignore the folder.
const workIgnore = ".gitignore"

// openOutput checks that the location is suitable for an output folder, creates its
// parent, and locks it against other builds until unlock is called.
func openOutput(ctx context.Context, opts Options) (out output, unlock func(), err error) {
	if opts.Dir == "" {
		return out, nil, errors.New("no output folder given")
	}
	dir, err := filepath.Abs(opts.Dir)
	if err != nil {
		return out, nil, fmt.Errorf("output folder %q: %w", opts.Dir, err)
	}
	if err := checkLocation(dir, opts); err != nil {
		return out, nil, fmt.Errorf("output folder %q %w", dir, err)
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return out, nil, fmt.Errorf("create the folder of the output: %w", err)
	}
	if parent, err = filepath.EvalSymlinks(parent); err != nil {
		return out, nil, fmt.Errorf("output folder %q: %w", dir, err)
	}
	out = newOutput(parent, filepath.Base(dir))
	out.listing = opts.Listing
	if opts.Progress != nil {
		out.progress = opts.Progress
	}
	unlock, err = out.lock(ctx)
	return out, unlock, err
}

// newOutput returns the output folder of that name in parent.
func newOutput(parent, name string) output {
	work := filepath.Join(parent, "."+name+".casebook-tmp")
	return output{
		dir:  filepath.Join(parent, name),
		work: work,
		next: filepath.Join(work, "next"),
		last: filepath.Join(work, "last"),

		progress: func(Stage, int, int) {},
	}
}

// checkLocation checks the position of dir, not its content. Its errors
// continue a sentence that begins with the folder's name.
func checkLocation(dir string, opts Options) error {
	if link := linkBetween(opts.Project, dir); link != "" {
		return fmt.Errorf("is reached through %q, a symbolic link inside the project, which a contribution may have put there: remove the link, or name the folder that it leads to", link)
	}
	if filepath.Dir(dir) == dir {
		return errors.New("is the root of the file system: choose another")
	}
	for up := filepath.Dir(dir); filepath.Dir(up) != up; up = filepath.Dir(up) {
		if isMarker(filepath.Join(up, marker)) {
			return fmt.Errorf("is inside the output folder %q, whose next build would remove it: choose another", up)
		}
	}
	for _, source := range opts.Sources {
		if within(dir, source) {
			return fmt.Errorf("is in %q, which the site is built from: choose another", source)
		}
	}
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("cannot be used: %w", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return errors.New("is a symbolic link: name the folder that it leads to")
	case !info.IsDir():
		return errors.New("is not a folder: choose another, or remove it")
	}
	for _, source := range opts.Sources {
		if within(source, dir) {
			return fmt.Errorf("is or contains the content %q: choose another", source)
		}
	}
	if home, err := os.UserHomeDir(); err == nil && within(home, dir) {
		return errors.New("is or contains your home folder: choose another")
	}
	// After the swap the shell would be in a folder that was removed.
	if cwd, err := os.Getwd(); err == nil && within(cwd, dir) {
		return errors.New("is or contains the folder you are in: leave it first, or choose another")
	}
	return nil
}

// linkBetween returns the first symbolic link on the path from a folder down to
// the parent of dir; empty if there is none or dir is not below the folder.
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

// realFolder returns the FileInfo of the folder at path; nil if path is not a
// folder, or is a symbolic link.
func realFolder(path string) fs.FileInfo {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return nil
	}
	return info
}

// within reports whether path is the folder or is below it. Neither need exist.
// It compares files with [os.SameFile], since their names may differ by case or
// symbolic links.
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

// resolved returns the path as an absolute path, with the symbolic links followed
// in the part of it that exists.
func resolved(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	for existing, rest := path, ""; ; existing, rest = filepath.Dir(existing), filepath.Join(filepath.Base(existing), rest) {
		if real, err := filepath.EvalSymlinks(existing); err == nil {
			return filepath.Join(real, rest)
		}
		if filepath.Dir(existing) == existing {
			return path
		}
	}
}

// checkOwned returns an error if the folder holds anything except [Keepers] and
// has no marker of casebook.
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

// isMarker reports whether the file at path is the marker that Publish writes. It
// compares the first line only, since git may have changed the line ends.
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
