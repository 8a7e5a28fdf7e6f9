package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// swap puts the staged tree in the place of the output folder, and the old
// tree, if any, in the place of the staged one.
func (o output) swap() error {
	_, err := os.Lstat(o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return o.explain(os.Rename(o.next, o.dir))
	}
	if err != nil {
		return err
	}
	err = exchange(o.next, o.dir)
	if errors.Is(err, errors.ErrUnsupported) {
		err = o.swapByRenames()
	}
	return o.explain(err)
}

// swapByRenames does the same where two folders cannot be exchanged at once.
// If the process dies between the first two renames, settle undoes the first.
func (o output) swapByRenames() error {
	if err := os.Rename(o.dir, o.last); err != nil {
		return err
	}
	if err := os.Rename(o.next, o.dir); err != nil {
		return errors.Join(err, os.Rename(o.last, o.dir))
	}
	return os.Rename(o.last, o.next)
}

// explain adds what to do to the errors of a swap.
func (o output) explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EBUSY), errors.Is(err, syscall.EXDEV):
		return fmt.Errorf("output folder %q cannot be replaced, because it is a mount point or belongs to a lower layer of a container: choose a folder inside it, or remove it first: %w", o.dir, err)
	case runtime.GOOS == "windows" && errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("replace the output folder %q: close the programs that have it open: %w", o.dir, err)
	}
	return fmt.Errorf("replace the output folder %q: %w", o.dir, err)
}

// settle brings output and work folder from any state that a build can have
// reached, alive or dead, to rest: the old or the new site is in place, the
// keepers are in it, and the work folder is gone, or holds the spare and nothing
// else. It removes nothing before that is certain, and follows no symbolic link:
// what is in the work folder may come from anybody.
func (o output) settle(spare *Spare) error {
	info, err := os.Lstat(o.work)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%q is in the way of the build and not a folder: remove it", o.work)
	}
	entries, err := os.ReadDir(o.work)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch path := filepath.Join(o.work, e.Name()); path {
		case o.next, o.last, filepath.Join(o.work, workIgnore):
		default:
			return fmt.Errorf("%q is not from a build: move it elsewhere", path)
		}
	}
	if err := o.restoreLast(); err != nil {
		return err
	}
	for _, old := range []string{o.last, o.next} {
		if realFolder(old) == nil {
			continue
		}
		for _, name := range Keepers() {
			if err := o.returnKeeper(filepath.Join(old, name), name); err != nil {
				return fmt.Errorf("keep %s: %w", name, err)
			}
		}
	}
	if o.holds(spare) {
		return os.RemoveAll(o.last)
	}
	return os.RemoveAll(o.work)
}

// holds reports whether the spare is in its place: the folder that this process
// put there, not another.
func (o output) holds(spare *Spare) bool {
	if spare == nil || spare.tree == nil {
		return false
	}
	info := realFolder(o.next)
	return info != nil && os.SameFile(info, spare.tree)
}

// restoreLast ends a swapByRenames that died halfway.
func (o output) restoreLast() error {
	if _, err := os.Lstat(o.dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if realFolder(o.last) == nil {
		return nil
	}
	return os.Rename(o.last, o.dir)
}

// returnKeeper moves a keeper that is a folder from an old tree to the output
// folder. Keepers that are files are in both trees.
func (o output) returnKeeper(from, name string) error {
	info, err := os.Lstat(from)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil
	}
	if err != nil {
		return err
	}
	to := filepath.Join(o.dir, name)
	switch target, err := os.Readlink(to); {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(o.dir, 0o755); err != nil {
			return err
		}
		return os.Rename(from, to)
	case err != nil || target != o.placeholder(name):
		return fmt.Errorf("there are two, %q and %q: remove the one you do not need", from, to)
	}
	err = exchange(from, to)
	if errors.Is(err, errors.ErrUnsupported) {
		if err := os.Remove(to); err != nil {
			return err
		}
		return os.Rename(from, to)
	}
	return err
}

// placeholder is the target of the link that stands in a new tree for a keeper
// that is a folder. Seen from the output folder it leads to the old tree.
func (o output) placeholder(name string) string {
	return filepath.Join("..", filepath.Base(o.work), filepath.Base(o.next), name)
}
