// Layers: several themes, one on top of the other.

package theme

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"casebook/internal/problem"
)

// layers holds the files of several themes. If several have a file, the first
// one is used.
type layers []Layer

// Open opens the file of the first layer that has it.
func (l layers) Open(name string) (fs.File, error) {
	for _, layer := range l {
		f, err := layer.FS.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// source is one file of a theme.
type source struct {
	name string // below its folder, without the extension: "case"
	path string // for messages: "themes/default/layouts/case.html"
	text string
}

// read returns the files with the extension in a folder, by name, each from the
// first layer that has it.
func (l layers) read(dir, ext string) ([]source, []problem.Problem) {
	var sources []source
	var problems []problem.Problem
	seen := map[string]bool{}
	for _, layer := range l {
		entries, err := fs.ReadDir(layer.FS, dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, unreadable(path.Join(layer.Name, dir), err))
		}
		for _, entry := range entries {
			name, ok := strings.CutSuffix(entry.Name(), ext)
			if !ok || entry.IsDir() || seen[name] {
				continue
			}
			seen[name] = true
			s, err := layer.source(dir, name, ext)
			if err != nil {
				problems = append(problems, unreadable(s.path, err))
				continue
			}
			sources = append(sources, s)
		}
	}
	slices.SortFunc(sources, func(a, b source) int { return strings.Compare(a.name, b.name) })
	return sources, problems
}

func (layer Layer) source(dir, name, ext string) (source, error) {
	file := path.Join(dir, name+ext)
	text, err := fs.ReadFile(layer.FS, file)
	return source{name: name, path: path.Join(layer.Name, file), text: string(text)}, err
}

// locate returns, for a message, the path of the file that Open would open.
func (l layers) locate(name string) string {
	for _, layer := range l {
		if _, err := fs.Stat(layer.FS, name); err == nil {
			return path.Join(layer.Name, name)
		}
	}
	return name
}

func unreadable(file string, err error) problem.Problem {
	return problem.Problem{File: file, Code: "theme-file", Message: err.Error(), Hint: "make the file readable"}
}
