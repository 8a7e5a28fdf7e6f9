// Files of a site's own theme that no page uses.

package theme

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
	"casebook/internal/site"
)

// unused warns of the files of a site's own layers that no page uses. Most have
// a mistake in their name, so that the default theme's file is used instead
// without a message. The last layer, the default theme, is not checked, because
// the site cannot change it.
func (set *templateSet) unused(files layers, assets *bundle) []problem.Problem {
	used := map[string]bool{} // by the path of the file
	layouts, partials := []string{}, map[string]bool{}
	for _, page := range site.Kinds() {
		layout := layoutName(page)
		layouts = append(layouts, strings.TrimPrefix(layout, "layouts/"))
		for _, name := range set.closure(layout) {
			used[set.trees[name].ParseName] = true
			partials[name] = true
		}
	}
	var problems []problem.Problem
	warn := func(file, message, name string, known []string, ext, otherwise string) {
		hint := otherwise
		if near := frontmatter.Nearest(name, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near+ext)
		}
		problems = append(problems, problem.Problem{File: file, Severity: problem.Warning, Code: "theme-unused", Message: message, Hint: hint})
	}
	for _, layer := range files[:len(files)-1] {
		for _, folder := range entriesOf(layer, ".") {
			if folders := []string{"layouts", "partials", "strings", assetsDir}; folder.IsDir() && !slices.Contains(folders, folder.Name()) {
				warn(path.Join(layer.Name, folder.Name()), "a theme has no such folder", folder.Name(), folders, "", "a theme has the folders layouts, partials, strings and assets")
			}
		}
		for _, file := range entriesOf(layer, "layouts") {
			if name := path.Join(layer.Name, "layouts", file.Name()); !used[name] {
				warn(name, "no kind of page has this layout", base(file), layouts, ".html", "name it like one of themes/default/layouts")
			}
		}
		_ = fs.WalkDir(layer.FS, assetsDir, func(file string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && !assets.read[file] {
				warn(path.Join(layer.Name, file), "no page uses this asset", strings.TrimPrefix(file, assetsDir+"/"), files.assetNames(), "",
					fmt.Sprintf("name it with {{asset %q}} in a template, or in a stylesheet or script, or take it out", strings.TrimPrefix(file, assetsDir+"/")))
			}
			return nil
		})
		for _, file := range entriesOf(layer, "partials") {
			if name := path.Join(layer.Name, "partials", file.Name()); !used[name] {
				warn(name, "nothing invokes this partial", base(file), slices.Sorted(maps.Keys(partials)), ".html", fmt.Sprintf("invoke it with {{template %q .}}, or take it out", base(file)))
			}
		}
	}
	return problems
}

// assetNames returns the assets of the default theme, which a site's own may
// replace.
func (l layers) assetNames() []string {
	var names []string
	_ = fs.WalkDir(l[len(l)-1].FS, assetsDir, func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, strings.TrimPrefix(file, assetsDir+"/"))
		}
		return nil
	})
	return names
}

// entriesOf returns the entries of a folder of a layer. A folder that cannot be
// read is reported where its files are read.
func entriesOf(layer Layer, dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(layer.FS, dir)
	if err != nil {
		return nil
	}
	return entries
}

// base returns the name of a file without its extension.
func base(file fs.DirEntry) string {
	return strings.TrimSuffix(file.Name(), path.Ext(file.Name()))
}
