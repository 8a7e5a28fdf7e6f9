// What the commands new and import share: checking files before they exist, and
// writing all of them or none.

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casebook/internal/changeset"
	"casebook/internal/importing"
	"casebook/internal/problem"

	"github.com/spf13/cobra"
)

// addition is a command that adds files to content/.
type addition struct {
	project
	sets   []string
	id     string
	dryRun bool
}

func (a *addition) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&a.source, "source", ".", "folder that holds content/")
	f.StringVar(&a.date, "date", "", "build date as YYYY-MM-DD (default $SOURCE_DATE_EPOCH, else today in UTC)")
	f.StringArrayVar(&a.sets, "set", nil, "a value as `field=value`, such as countries=Malawi or quotes.1.text=…; may be repeated")
	f.StringVar(&a.id, "id", "", "id of the entry, which is part of its address (default made from its title)")
	f.BoolVar(&a.dryRun, "dry-run", false, "say what would be written, and write nothing")
}

// assignments returns the values of the --set flags.
func (a *addition) assignments() ([]importing.Assignment, error) {
	var all []importing.Assignment
	for _, set := range a.sets {
		path, text, ok := strings.Cut(set, "=")
		if !ok {
			return nil, usageError{fmt.Errorf("--set is %q: write field=value, such as countries=Malawi", set)}
		}
		all = append(all, importing.Assignment{Path: strings.TrimSpace(path), Text: text})
	}
	return all, nil
}

// existing returns a file below content/, or nil if it does not exist.
func (a *addition) existing(name string) []byte {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil
	}
	data, err := os.ReadFile(a.target(name))
	if err == nil && data == nil {
		data = []byte{}
	}
	return data
}

func (a *addition) target(name string) string {
	return filepath.Join(a.source, "content", filepath.FromSlash(name))
}

// check returns the problems that the files would have if they were part of the
// content, sorted. If a file exists already, it leaves out the problems of the
// existing lines.
func (a *addition) check(ctx context.Context, files []importing.File) ([]problem.Problem, error) {
	contents := map[string][]byte{}
	for _, f := range files {
		contents["content/"+f.Path] = f.Data
	}
	_, problems, _, err := a.read(ctx, contents)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(problem.Sort(problems), func(p problem.Problem) bool {
		i := slices.IndexFunc(files, func(f importing.File) bool { return "content/"+f.Path == p.File })
		return i < 0 || p.Line < files[i].Adds
	}), nil
}

// write writes all files or, after an error, none.
func (a *addition) write(files []importing.File) error {
	return changeset.Apply(filepath.Join(a.source, "content"), func(c *changeset.Changes) error {
		for _, f := range files {
			name := filepath.FromSlash(f.Path)
			var err error
			if f.Adds > 0 {
				err = c.Edit(name, func([]byte) ([]byte, error) { return f.Data, nil })
			} else {
				err = c.Create(name, f.Data)
			}
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s is there already, and nothing is overwritten: give another id with --id", a.target(f.Path))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// writeFresh writes a file that must not exist.
func writeFresh(name string, data []byte) error {
	err := writeNew(name, data)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already, and nothing is overwritten: give another name", name)
	}
	return err
}

// writeNew writes a file that does not exist yet. If the file exists, the error is
// fs.ErrExist.
func writeNew(name string, data []byte) error {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer root.Close()
	return changeset.Create(root, filepath.Base(name), 0o644, data)
}

// printWritten prints the files that were, or would be, written.
func (a *addition) printWritten(s streams, files []importing.File) {
	for _, f := range files {
		fmt.Fprintln(s.out, a.target(f.Path))
	}
	if a.dryRun {
		fmt.Fprintln(s.err, "casebook: nothing was written, because of --dry-run")
	}
}
