// Staging: the new site in a hidden folder beside the output folder.

package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"

	"casebook/internal/parallel"
)

// stage makes o.next hold the tree and the keepers, except for a .git folder. It
// reuses the right files that o.next already holds. It returns the FileInfo of each file
// of the tree, as it was when its content was known.
func (o output) stage(ctx context.Context, t *tree, f *found, spare *Spare) (placed []fs.FileInfo, err error) {
	if !o.holds(spare) {
		if err := o.makeWork(); err != nil {
			return nil, err
		}
	}
	have, err := o.reuse(ctx, t, f)
	if err != nil {
		return nil, fmt.Errorf("stage the site: %w", err)
	}
	if err := o.copyMode(); err != nil {
		return nil, fmt.Errorf("stage the site: %w", err)
	}
	for _, level := range t.levels {
		err := parallel.Each(ctx, len(level), func(i int) error {
			if have[level[i]] {
				return nil
			}
			return os.Mkdir(at(o.next, level[i]), 0o755)
		})
		if err != nil {
			return nil, fmt.Errorf("stage the site: %w", err)
		}
	}
	placed = slices.Clone(f.file)
	var done atomic.Int64
	err = parallel.Each(ctx, len(t.files), func(i int) (err error) {
		o.progress(Writing, int(done.Add(1)), len(t.files))
		if !have[t.files[i].Path] {
			placed[i], err = o.stageFile(t.files[i], f.file[i])
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("stage the site: %w", err)
	}
	for _, name := range Keepers() {
		if err := o.stageKeeper(name); err != nil {
			return nil, fmt.Errorf("keep %s: %w", name, err)
		}
	}
	return placed, ctx.Err()
}

// reuse removes everything from o.next except the folders of the tree and hard
// links to the right files of the output. It returns the paths that remain.
func (o output) reuse(ctx context.Context, t *tree, f *found) (have map[string]bool, err error) {
	have = map[string]bool{}
	err = filepath.WalkDir(o.next, func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil || path == o.next {
			return err
		}
		rel, err := filepath.Rel(o.next, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() && t.isDir[rel] {
			have[rel] = true
			return nil
		}
		if i, planned := t.index[rel]; planned && f.file[i] != nil {
			info, err := d.Info()
			if err != nil {
				return err
			}
			if os.SameFile(info, f.file[i]) {
				have[rel] = true
				return nil
			}
		}
		if !d.IsDir() {
			return os.Remove(path)
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
		return fs.SkipDir
	})
	return have, err
}

// makeWork makes the hidden folder, and in it the root of the new tree. Neither
// exists, because settle ran before.
func (o output) makeWork() error {
	err := os.Mkdir(o.work, 0o755)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("the folder around %q must be writable, because the site is replaced as a whole: %w", o.dir, err)
	}
	if err != nil {
		return fmt.Errorf("stage the site: %w", err)
	}
	// If the process dies, git ignores the folder.
	_, err = writeNew(filepath.Join(o.work, workIgnore), []byte("*\n"), 0o644)
	if err := errors.Join(err, os.Mkdir(o.next, 0o755)); err != nil {
		return fmt.Errorf("stage the site: %w", err)
	}
	return nil
}

// copyMode gives the new tree the permissions of the output folder.
func (o output) copyMode() error {
	info, err := os.Lstat(o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.Chmod(o.next, info.Mode().Perm()|info.Mode()&fs.ModeSetgid)
}

// stageFile links a file whose bytes are already published, and writes any
// other. published is the file in the output, or nil. stageFile returns the FileInfo of
// what is then in the new tree.
func (o output) stageFile(f File, published fs.FileInfo) (fs.FileInfo, error) {
	path := at(o.next, f.Path)
	if published != nil && os.Link(at(o.dir, f.Path), path) == nil {
		return published, nil
	}
	data, err := f.Bytes()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	if int64(len(data)) != f.Size || sha256.Sum256(data) != f.Hash {
		return nil, fmt.Errorf("%s: its bytes do not match its size and hash", f.Path)
	}
	info, err := writeNew(path, data, 0o644)
	if err != nil || published == nil {
		return info, err
	}
	if err := os.Chtimes(path, published.ModTime(), published.ModTime()); err != nil {
		return nil, err
	}
	return os.Lstat(path)
}

// stageKeeper puts the keeper of that name, if it exists, into the new tree as a
// hard link, or as a copy if linking fails. It leaves a .git folder to swap, which
// moves it.
func (o output) stageKeeper(name string) error {
	from, to := filepath.Join(o.dir, name), filepath.Join(o.next, name)
	info, err := os.Lstat(from)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && name == gitFolder && info.IsDir():
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%q is not a file: remove it", from)
	}
	if os.Link(from, to) == nil {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, data, info.Mode().Perm()); err != nil {
		return err
	}
	return os.Chtimes(to, info.ModTime(), info.ModTime())
}

// writeNew creates a file that must not exist, and returns its FileInfo.
func writeNew(path string, data []byte, perm fs.FileMode) (fs.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(data)
	info, statErr := f.Stat()
	return info, errors.Join(err, statErr, f.Close())
}
