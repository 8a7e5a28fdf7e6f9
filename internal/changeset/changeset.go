// Package changeset changes the files of a folder, all of them or none.
//
// A program that dies in [Apply] leaves some of the changes, but each file whole: the
// old one or the new one.
package changeset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Changes are the changes of one call of Apply. The names of files are below its
// folder, with the separator of the system.
type Changes struct {
	root *os.Root
	undo []func() error
}

// Apply lets do change the files of a folder. If do returns an error or panics, the
// folder is as it was.
func Apply(folder string, do func(*Changes) error) (err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	c := &Changes{root: root}
	done := false
	defer func() {
		if done {
			return
		}
		for _, back := range slices.Backward(c.undo) {
			err = errors.Join(err, back())
		}
	}()
	err = do(c)
	done = err == nil
	return err
}

// Create writes a file that does not exist yet, and the folders above it. If the file
// exists, the error is fs.ErrExist.
func (c *Changes) Create(name string, data []byte) error {
	if err := c.makeFolders(name); err != nil {
		return err
	}
	return c.do(Create(c.root, name, 0o644, data), func() error { return c.root.Remove(name) })
}

// Edit replaces the bytes of a file, which are nil if it does not exist, by those that
// edit returns.
func (c *Changes) Edit(name string, edit func(before []byte) ([]byte, error)) error {
	before, err := c.root.ReadFile(name)
	back := func() error { return Replace(c.root, name, 0o644, Bytes(before)) }
	if errors.Is(err, fs.ErrNotExist) {
		back = func() error { return c.root.Remove(name) }
	} else if err != nil {
		return err
	}
	after, err := edit(before)
	if err != nil {
		return err
	}
	return c.do(Replace(c.root, name, 0o644, Bytes(after)), back)
}

// Move gives a file a path that does not exist yet, and removes its folder if that is
// empty then.
func (c *Changes) Move(from, to string) error {
	if err := c.makeFolders(to); err != nil {
		return err
	}
	if _, err := c.root.Lstat(to); err == nil {
		return &fs.PathError{Op: "move", Path: to, Err: fs.ErrExist}
	}
	if err := c.do(c.root.Rename(from, to), func() error { return c.root.Rename(to, from) }); err != nil {
		return err
	}
	folder := filepath.Dir(from)
	if c.root.Remove(folder) == nil {
		c.undo = append(c.undo, func() error { return c.root.Mkdir(folder, 0o755) })
	}
	return nil
}

// makeFolders makes the folders above a file that do not exist, the outermost first.
func (c *Changes) makeFolders(name string) error {
	for i, r := range name {
		if r != filepath.Separator {
			continue
		}
		err := c.do(c.root.Mkdir(name[:i], 0o755), func() error { return c.root.Remove(name[:i]) })
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// do remembers how a change is taken back, unless it failed with err.
func (c *Changes) do(err error, back func() error) error {
	if err == nil {
		c.undo = append(c.undo, back)
	}
	return err
}
