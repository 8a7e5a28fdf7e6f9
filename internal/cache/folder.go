package cache

// The cache folder: listing and removing workspaces.

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/changeset"
)

// Limits on a cache folder. The workspace in use is never removed.
const (
	maxAge  = 30 * 24 * time.Hour // time since the last use of a workspace
	maxSize = 2 << 30             // bytes of all workspaces; the least recently used are removed first
	// abandoned is the age at which a temporary file counts as left over from an
	// interrupted process, and is removed.
	abandoned = time.Hour
)

// Workspace describes one workspace of a cache folder.
type Workspace struct {
	Use
	Used time.Time
	Size int64 // total size of its files in bytes

	dir string
}

// List returns the workspaces of a cache folder, most recently used first.
func List(folder string) ([]Workspace, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Workspace
	for _, e := range entries {
		if id, err := hex.DecodeString(e.Name()); err != nil || len(id) != 16 || !e.IsDir() {
			continue // Casebook did not make it
		}
		if w, ok := newWorkspace(filepath.Join(folder, e.Name())); ok {
			all = append(all, w)
		}
	}
	slices.SortFunc(all, func(a, b Workspace) int { return cmp.Or(b.Used.Compare(a.Used), cmp.Compare(a.dir, b.dir)) })
	return all, nil
}

// newWorkspace describes a folder and removes its abandoned temporary files. ok is
// false if Casebook did not make the folder.
func newWorkspace(dir string) (w Workspace, ok bool) {
	w.dir = dir
	about, err := os.ReadFile(filepath.Join(dir, aboutFile))
	if err != nil {
		return w, false
	}
	lines := bufio.NewScanner(bytes.NewReader(about))
	for _, field := range []*string{&w.Source, &w.Settings} {
		lines.Scan()
		*field, _ = strconv.Unquote(lines.Text())
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return w, false
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // another process has just replaced the file
		}
		w.Size += info.Size()
		if e.Name() == aboutFile {
			w.Used = info.ModTime()
		}
		if strings.HasPrefix(e.Name(), changeset.Unfinished) && time.Since(info.ModTime()) > abandoned {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
	return w, true
}

// Clean removes all workspaces of a cache folder, and nothing that Casebook did not
// make. It returns the workspaces that it removed.
func Clean(folder string) ([]Workspace, error) {
	all, err := List(folder)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, w := range all {
		errs = append(errs, os.RemoveAll(w.dir))
	}
	return all, errors.Join(errs...)
}

// tidy removes the workspaces that exceed the limits, except the one at the path
// used.
func tidy(folder, used string) error {
	all, err := List(folder)
	if err != nil {
		return err
	}
	var errs []error
	size := int64(0)
	for _, w := range all {
		size += w.Size
		if w.dir != used && (time.Since(w.Used) > maxAge || size > maxSize) {
			errs = append(errs, os.RemoveAll(w.dir))
		}
	}
	return errors.Join(errs...)
}
