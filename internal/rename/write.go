package rename

// Writing a plan, so that all of it happens or none.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Write makes the changes in the content folder. After an error the folder is as
// it was.
func (p *Plan) Write(folder string) (err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	var undo []func() error
	defer func() {
		if err == nil {
			return
		}
		for _, back := range slices.Backward(undo) {
			err = errors.Join(err, back())
		}
	}()
	for file, text := range p.texts {
		name := filepath.FromSlash(file)
		found, readErr := root.ReadFile(name)
		if readErr != nil {
			return readErr
		}
		if string(found) != string(p.before[file]) {
			return fmt.Errorf("%s has changed meanwhile: try again", file)
		}
		undo = append(undo, func() error { return ReplaceFile(root, name, found) })
		if err := ReplaceFile(root, name, text); err != nil {
			return err
		}
	}
	for _, m := range p.Moves {
		from, to := filepath.FromSlash(m.From), filepath.FromSlash(m.To)
		if err := root.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if _, err := root.Lstat(to); err == nil {
			return fmt.Errorf("there is a file %s already", m.To)
		}
		if err := root.Rename(from, to); err != nil {
			return err
		}
		undo = append(undo, func() error { return root.Rename(to, from) })
	}
	for _, m := range p.Moves {
		root.Remove(filepath.Dir(filepath.FromSlash(m.From))) // if it is empty now
	}
	return nil
}

// ReplaceFile gives a file below a folder another text in one step, so that readers see
// the whole old text or the whole new one. The file keeps its permissions.
func ReplaceFile(root *os.Root, name string, text []byte) error {
	temporary := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".new")
	if err := root.WriteFile(temporary, text, 0o644); err != nil {
		return err
	}
	info, err := root.Stat(name)
	if err == nil {
		err = root.Chmod(temporary, info.Mode().Perm())
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil // a new file
	}
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(err, root.Remove(temporary))
	}
	return nil
}
