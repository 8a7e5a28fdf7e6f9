// Correcting problems that have only one correction.

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"casebook/internal/changeset"
	"casebook/internal/content"
	"casebook/internal/problem"
)

// fix corrects the problems that have an edit, and prints to w what it
// corrected.
func (p *project) fix(w io.Writer, problems []problem.Problem) error {
	root, err := os.OpenRoot(filepath.Join(p.source, "content"))
	if err != nil {
		return err
	}
	defer root.Close()
	seen := map[string]bool{}
	for _, one := range problems {
		name, ok := strings.CutPrefix(one.File, "content/")
		if !ok || one.Fix == (problem.Edit{}) || seen[name] {
			continue
		}
		seen[name] = true
		file := filepath.FromSlash(name)
		text, err := root.ReadFile(file)
		if err != nil {
			return err
		}
		fixed, done := content.Fix(name, text)
		if len(done) == 0 {
			continue
		}
		if err := changeset.Replace(root, file, 0o644, changeset.Bytes(fixed)); err != nil {
			return err
		}
		for i := range done {
			done[i].File = one.File
		}
		for _, was := range p.located(done) {
			fmt.Fprintf(w, "casebook: fixed %s\n", was)
		}
	}
	return nil
}
