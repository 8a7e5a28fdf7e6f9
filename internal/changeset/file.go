package changeset

// One file, whole or not at all.

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Create writes a file that does not exist yet. If it exists, the error is
// fs.ErrExist. After any other error there is no file.
func Create(root *os.Root, name string, perm fs.FileMode, data []byte) error {
	return create(root, name, perm, Bytes(data))
}

func create(root *os.Root, name string, perm fs.FileMode, write func(io.Writer) error) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}

// Unfinished begins the names of files that Replace is writing. A program that dies
// meanwhile leaves such a file.
const Unfinished = ".new-"

// Replace writes a file in one step: other programs read all of the old bytes or all
// of the new ones. A file that exists keeps its permissions.
func Replace(root *os.Root, name string, perm fs.FileMode, write func(io.Writer) error) error {
	unfinished := filepath.Join(filepath.Dir(name), Unfinished+rand.Text())
	if err := create(root, unfinished, perm, write); err != nil {
		return err
	}
	info, err := root.Stat(name)
	if err == nil {
		err = root.Chmod(unfinished, info.Mode().Perm())
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err == nil {
		err = root.Rename(unfinished, name)
	}
	if err != nil {
		return errors.Join(err, root.Remove(unfinished))
	}
	return nil
}

// ReplaceFile is Replace for a file anywhere.
func ReplaceFile(name string, perm fs.FileMode, write func(io.Writer) error) error {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(Replace(root, filepath.Base(name), perm, write), root.Close())
}

// Bytes returns a function that writes the bytes.
func Bytes(data []byte) func(io.Writer) error {
	return func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	}
}
