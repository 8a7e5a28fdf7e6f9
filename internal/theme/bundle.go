// The assets that templates ask for, under names with a hash of their content.

package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"casebook/internal/assets"
	"casebook/internal/problem"
	"casebook/internal/search"
)

// assetsDir is the folder of a theme's stylesheets and scripts, and of the
// bundled ones in the built site.
const assetsDir = "assets"

// bundle holds the assets that templates ask for.
type bundle struct {
	paths map[string]string // "site.css" → "assets/site.3f2a9c01d4e5b6a7.css"
	files []File            // with the pictures and fonts that stylesheets name
	read  map[string]bool   // the files of the theme that they are made of, by path
}

// build makes each file of assets/ that a template names.
func (b *bundle) build(files layers, set *templateSet) []problem.Problem {
	var problems []problem.Problem
	var entries []string
	for _, name := range slices.Sorted(maps.Keys(set.uses)) {
		for _, call := range set.uses[name].assets {
			entry := path.Join(assetsDir, call.name)
			if _, err := fs.Stat(files, entry); errors.Is(err, fs.ErrNotExist) {
				problems = append(problems, set.problemAt(call.place, "theme-asset", fmt.Sprintf("there is no asset %q", call.name), "add "+entry))
				continue
			}
			entries = append(entries, entry)
		}
	}
	slices.Sort(entries)
	built, found, err := assets.Build(assets.Options{
		FS: files, Entries: slices.Compact(entries),
		Modules: map[string]fs.FS{search.ClientModule: search.ClientFS()},
	})
	if err != nil {
		problems = append(problems, problem.Problem{File: assetsDir, Code: "theme-asset", Message: err.Error()})
	}
	for _, p := range found {
		shown := problem.Problem{
			File: files.locate(p.File), Line: p.Line, Column: p.Column, Code: "theme-asset", Message: p.Message,
			Hint: "see the stylesheet or script",
		}
		if p.Blocked {
			shown.Severity, shown.Code = problem.Warning, blockedCode
			shown.Message += ", which the page's security policy blocks"
			shown.Hint = "put a copy of it into assets/, and name that"
		}
		problems = append(problems, shown)
	}
	b.read = built.Read
	b.paths = map[string]string{}
	for _, entry := range slices.Sorted(maps.Keys(built.Outputs)) {
		out := built.Outputs[entry]
		file := File{Path: path.Join(assetsDir, out.Path), Data: out.Data}
		b.paths[entry[len(assetsDir)+1:]] = file.Path
		b.files = append(b.files, file)
	}
	for _, named := range built.Files {
		b.files = append(b.files, File{Path: path.Join(assetsDir, named.Path), Data: named.Data})
	}
	return problems
}
