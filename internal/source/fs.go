package source

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Sub returns the files below a folder of the tree as a file system: text, and the
// pictures and fonts of themes.
func (t *Tree) Sub(dir string) fs.FS {
	sub := treeFS{folders: map[string][]fs.DirEntry{".": nil}, files: map[string]*File{}}
	for _, f := range t.files {
		name, ok := strings.CutPrefix(f.Path, dir+"/")
		if !ok || !isHeld(f.Path) {
			continue
		}
		sub.files[name] = f
		sub.enter(name, node{name: path.Base(name), size: f.Size})
	}
	return sub
}

// treeFS is a read-only file system of the files of a tree.
type treeFS struct {
	folders map[string][]fs.DirEntry // sorted by name
	files   map[string]*File
}

// enter lists a node in its folder, and the folder in the one above it.
func (t treeFS) enter(name string, n node) {
	dir := path.Dir(name)
	_, known := t.folders[dir]
	t.folders[dir] = append(t.folders[dir], n)
	if !known {
		t.enter(dir, node{name: path.Base(dir), dir: true})
	}
}

// Open implements fs.FS.
func (t treeFS) Open(name string) (fs.File, error) {
	if f := t.files[name]; f != nil {
		data, err := f.Data()
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &openFile{node{name: path.Base(name), size: f.Size}, bytes.NewReader(data)}, nil
	}
	if entries, ok := t.folders[name]; ok {
		entries = slices.SortedFunc(slices.Values(entries), func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
		return &openFolder{node{name: path.Base(name), dir: true}, entries}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// node describes a file or folder.
type node struct {
	name string
	size int64
	dir  bool
}

func (n node) Name() string               { return n.name }
func (n node) Size() int64                { return n.size }
func (n node) ModTime() time.Time         { return time.Time{} }
func (n node) IsDir() bool                { return n.dir }
func (n node) Sys() any                   { return nil }
func (n node) Type() fs.FileMode          { return n.Mode().Type() }
func (n node) Info() (fs.FileInfo, error) { return n, nil }

func (n node) Mode() fs.FileMode {
	if n.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	node
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.node, nil }
func (f *openFile) Close() error               { return nil }

// Size is that of the file, which its reader has too.
func (f *openFile) Size() int64 { return f.node.size }

type openFolder struct {
	node
	left []fs.DirEntry
}

func (f *openFolder) Stat() (fs.FileInfo, error) { return f.node, nil }
func (f *openFolder) Close() error               { return nil }

func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
}

func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.left)
	} else if len(f.left) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.left))
	entries := f.left[:n]
	f.left = f.left[n:]
	return entries, nil
}
