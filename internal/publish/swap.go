// The exchange of the staged and the published site, and the recovery from a
// build that was interrupted.

package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"casebook/internal/parallel"
)

// swap exchanges the staged tree and the output folder. It moves a .git folder to
// the staged tree first; if the process dies between the two steps, settle moves
// it back.
func (o output) swap() error {
	_, err := os.Lstat(o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return o.explain(os.Rename(o.next, o.dir))
	}
	if err != nil {
		return err
	}
	if err := moveGit(o.dir, o.next); err != nil {
		return err
	}
	err = exchange(o.next, o.dir)
	if errors.Is(err, errors.ErrUnsupported) {
		err = o.swapByRenames()
	}
	return o.explain(err)
}

// gitFolder is the one keeper that may be a folder: the repository that the
// output is pushed from.
const gitFolder = ".git"

// moveGit moves a .git folder from one tree to another, which need not exist.
func moveGit(from, to string) error {
	from, to = filepath.Join(from, gitFolder), filepath.Join(to, gitFolder)
	if realFolder(from) == nil {
		return nil
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("there are two repositories, %q and %q: remove the one that you do not need", from, to))
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// swapByRenames swaps the trees on a file system without exchange. If the process
// dies between the first two renames, settle undoes the first.
func (o output) swapByRenames() error {
	if err := os.Rename(o.dir, o.last); err != nil {
		return err
	}
	if err := os.Rename(o.next, o.dir); err != nil {
		return errors.Join(err, os.Rename(o.last, o.dir))
	}
	return os.Rename(o.last, o.next)
}

// explain adds to an error of swap what the user can do about it.
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

// settle completes or undoes what an earlier build began. Afterwards the output
// folder holds the old or the new site with its keepers, and the work folder is
// removed, or holds only the spare. It removes nothing before the output folder
// is right, and follows no symbolic link, because a contribution may have added
// the work folder. When ctx ends it stops removing.
func (o output) settle(ctx context.Context, spare *Spare) error {
	info, err := os.Lstat(o.work)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%q is not a folder, and the build needs its name: remove it", o.work)
	}
	entries, err := os.ReadDir(o.work)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch path := filepath.Join(o.work, e.Name()); path {
		case o.next, o.last, filepath.Join(o.work, workIgnore):
		default:
			return fmt.Errorf("%q was not made by a build: move it elsewhere", path)
		}
	}
	if err := o.restoreLast(); err != nil {
		return err
	}
	for _, old := range []string{o.last, o.next} {
		if realFolder(old) == nil {
			continue
		}
		if err := moveGit(old, o.dir); err != nil {
			return err
		}
	}
	if o.holds(spare) {
		return removeAll(ctx, o.last)
	}
	return removeAll(ctx, o.work)
}

// undoTime limits how long an interrupted Publish removes what it staged. The
// next Publish removes the rest.
const undoTime = 300 * time.Millisecond

// undo settles after a failure.
func (o output) undo(ctx context.Context) error {
	if ctx.Err() == nil {
		return o.settle(ctx, nil)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoTime)
	defer cancel()
	return o.settle(ctx, nil)
}

// removeAll is like os.RemoveAll, but stops when ctx ends.
func removeAll(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if realFolder(path) != nil {
		entries, err := os.ReadDir(path)
		if err != nil {
			return err
		}
		err = parallel.Each(ctx, len(entries), func(i int) error { return removeAll(ctx, filepath.Join(path, entries[i].Name())) })
		if err != nil {
			return err
		}
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// removeKnown removes what compare found of the old site, which is now in o.next: its
// folders, and the files that the new site has too. It leaves everything else, and all
// errors, to removeAll, which takes longer because it lists each folder. It follows no
// link, since compare does not.
func (o output) removeKnown(ctx context.Context, t *tree, f *found) {
	_ = parallel.Each(ctx, len(t.files), func(i int) error {
		if f.present[i] {
			_ = os.Remove(at(o.next, t.files[i].Path))
		}
		return nil
	})
	for _, level := range slices.Backward(f.levels) {
		_ = parallel.Each(ctx, len(level), func(i int) error {
			_ = syscall.Rmdir(at(o.next, level[i]))
			return nil
		})
	}
}

// holds reports whether o.next is the folder that this process left there as its
// spare.
func (o output) holds(spare *Spare) bool {
	if spare == nil || spare.tree == nil {
		return false
	}
	info := realFolder(o.next)
	return info != nil && os.SameFile(info, spare.tree)
}

// restoreLast undoes a swapByRenames that was interrupted.
func (o output) restoreLast() error {
	if _, err := os.Lstat(o.dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if realFolder(o.last) == nil {
		return nil
	}
	return os.Rename(o.last, o.dir)
}
