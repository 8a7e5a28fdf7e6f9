package pipeline

// Loading the site's theme.

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/source"
	"casebook/internal/theme"
)

// DefaultTheme stands for the folder of the default theme in problems, because its
// files are not below the source folder.
const DefaultTheme = "default theme"

// themeKey is everything that a loaded theme depends on, besides the default theme.
type themeKey struct {
	files [32]byte // hash of the files of the site's own theme
	words theme.Words
}

// themed is a theme with its assets as files and its problems.
type themed struct {
	theme    *theme.Theme
	sum      [32]byte // theme.Sum
	assets   []*File
	weights  weights // of the assets
	problems []problem.Problem
}

// loadTheme loads the site's theme on top of the default one.
func (b *Builder) loadTheme(tree *source.Tree, lib *library.Library) themed {
	if lib == nil {
		return themed{}
	}
	layers := []theme.Layer{{Name: DefaultTheme, FS: b.opts.Theme}}
	key := themeKey{words: theme.Words{Language: lib.Site.Language, Terms: lib.Site.Terms}}
	if name := lib.Site.Theme; name != "" && name != "default" {
		folder := themesFolder + name
		files, found := treeKey(tree, folder)
		if !found {
			return themed{problems: []problem.Problem{{
				File: contentFolder + settingsFile, Code: "unknown-theme", Message: fmt.Sprintf("there is no folder %s", folder),
				Hint: "make it, or take the theme line out of site.yaml to use the default theme",
			}}}
		}
		layers = append([]theme.Layer{{Name: folder, FS: tree.Sub(folder)}}, layers...)
		key.files = files
	}
	return b.theme.do(key, func() themed { return newThemed(layers, key.words) })
}

// TakeTheme gives the builder the theme that another one has loaded. The next build uses it
// if it would load the same one, which takes a third of the time of a small build.
func (b *Builder) TakeTheme(from *Builder) { b.theme = from.theme }

func newThemed(layers []theme.Layer, words theme.Words) themed {
	t, problems := theme.Load(layers, words)
	for i := range problems {
		if problems[i].Code == theme.LanguageCode {
			problems[i].File = contentFolder + settingsFile
		}
	}
	if t == nil {
		return themed{problems: problems}
	}
	loaded := themed{theme: t, sum: t.Sum(), problems: problems}
	for _, f := range t.Assets() {
		loaded.assets = append(loaded.assets, newFile(f.Path, f.Data))
	}
	loaded.weights = weigh(loaded.assets)
	return loaded
}

// treeKey returns the hash of the files of a tree below a folder, and whether there
// are any.
func treeKey(tree *source.Tree, name string) (key [32]byte, found bool) {
	h := sha256.New()
	for _, f := range tree.Files() {
		if strings.HasPrefix(f.Path, name+"/") {
			found = true
			fmt.Fprintf(h, "%q %x\n", f.Path, f.Hash)
		}
	}
	return [32]byte(h.Sum(nil)), found
}
