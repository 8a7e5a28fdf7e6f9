// Package theme turns the typed pages of package site into HTML.
//
// A theme is a folder: layouts/<page kind>.html, one for each page type;
// partials/<name>.html, which layouts and other partials invoke by name;
// strings/<language>.yaml, all words of the theme itself; and assets/,
// stylesheets and scripts. Layers of such folders lie on top of each other, so
// that a site replaces single files of the default theme.
//
// All checks run when a theme is loaded: of templates against the page types that
// they show, and of strings and assets against their uses. Package render then
// makes the templates fast. Package theme does not decide which pages exist,
// and reads only its layers.
package theme

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unique"

	"casebook/internal/content"
	"casebook/internal/drawing"
	"casebook/internal/problem"
	"casebook/internal/render"
	"casebook/internal/site"
)

// Layer is the files of one theme.
type Layer struct {
	Name string // for messages: "themes/default"
	FS   fs.FS
}

// File is a file of the built site.
type File struct {
	Path string // "assets/site.3f2a9c01d4e5b6a7.css"
	Data []byte
}

// Theme is a theme ready to render. It is immutable and safe for concurrent use.
type Theme struct {
	layouts map[reflect.Type]layout
	prints  map[string][32]byte // of templates, by name
	strings *stringTable
	assets  []File
	colours drawing.Colours
}

// layout renders the pages of one type.
type layout struct {
	program   *render.Program // nil if only html/template can execute it
	template  *template.Template
	templates Used     // the layout and all templates that it may invoke
	assets    []string // their paths in the site
}

// Words are a site's language and terms.
type Words struct {
	Language string        // BCP 47; empty means English
	Terms    content.Terms // what the site calls the main things; where empty, the theme's own terms are used
}

// Load reads the layers. If several have a template or an asset, it uses the
// file of the first; strings it takes key by key. It bundles the assets and
// checks every template. Strings that the language lacks are shown in English.
// If there is an error among the problems, the theme is nil.
func Load(stack []Layer, words Words) (*Theme, []problem.Problem) {
	files := layers(stack)
	table, problems := loadStrings(files, words)
	if table == nil {
		return nil, problem.Sort(problems)
	}
	assets := &bundle{}
	funcs := functions(table, assets)

	templates, found := parseTemplates(files, funcs)
	problems = append(problems, found...)
	if problem.Count(found, problem.Error) > 0 {
		return nil, problem.Sort(problems) // a name of a template that did not parse is not a mistake
	}
	own := stack
	if len(stack) > 1 {
		own = stack[:len(stack)-1] // the last layer is the default theme, which all sites share and whose strings need not all be used
	}
	problems = append(problems, templates.checkUses(table, own)...)
	escaped := templates.html(funcs) // when it has been checked
	found = assets.build(files, templates)
	problems = append(problems, found...)
	problems = append(problems, notAt(problems, merged(templates.checkTypes(escaped)))...)
	if problem.Count(problems, problem.Error) > 0 {
		return nil, problem.Sort(problems)
	}

	problems = append(problems, templates.unused(files, assets)...)
	problems = append(problems, checkContrast(files)...)
	problems = append(problems, outdated(files)...)
	found = templates.escape(escaped)
	problems = append(problems, found...)
	if len(found) > 0 {
		return nil, problem.Sort(problems)
	}
	compiler, err := render.NewCompiler(render.Source{Trees: templates.trees, Escaped: escaped, Funcs: funcs, Invokes: templates.closure})
	if err != nil {
		return nil, problem.Sort(append(problems, templates.problem(err, "")))
	}
	t := &Theme{layouts: map[reflect.Type]layout{}, prints: templates.prints(escaped, table, assets), strings: table, assets: assets.files, colours: coloursOf(files)}
	for _, page := range site.Kinds() {
		name := layoutName(page)
		program, found := templates.compile(compiler, page)
		problems = append(problems, found...)
		t.layouts[reflect.TypeOf(page)] = layout{
			program:   program,
			template:  escaped.Lookup(name),
			templates: newUsed(templates.closure(name)),
			assets:    templates.assetPaths(name, assets),
		}
	}
	if problem.Count(problems, problem.Error) > 0 {
		return nil, problem.Sort(problems)
	}
	return t, problem.Sort(problems)
}

// Used is the set of templates that a page was rendered with.
type Used struct{ names unique.Handle[string] }

func newUsed(names []string) Used { return Used{unique.Make(strings.Join(names, "\n"))} }

// Names returns a text from which UsedOf makes the same value, in another
// process too.
func (u Used) Names() string { return u.names.Value() }

// UsedOf returns the value whose Names are the given ones.
func UsedOf(names string) Used { return Used{unique.Make(names)} }

// Render appends the HTML of the page to out, and returns which templates it
// used.
func (t *Theme) Render(out []byte, page site.Page) ([]byte, Used, error) {
	l, ok := t.layouts[reflect.TypeOf(page)]
	if !ok {
		return out, Used{}, fmt.Errorf("render %s: %T has no layout", site.Of(page).Path, page)
	}
	out, used, err := l.execute(out, page)
	if err != nil {
		return out, Used{}, fmt.Errorf("render %s: %w", site.Of(page).Path, err)
	}
	return out, used, nil
}

func (l layout) execute(out []byte, page site.Page) ([]byte, Used, error) {
	if l.program != nil {
		out, names, err := l.program.Execute(out, page)
		return out, newUsed(names), err
	}
	b := bytes.NewBuffer(out)
	err := l.template.Execute(b, page)
	return b.Bytes(), l.templates, err
}

// Key returns a hash of everything that decides the bytes of a page besides its
// own data: the templates that it is rendered with, and the strings and asset
// addresses that these use. A page is unchanged if its data is unchanged and so
// is its Key for the templates that it used the last time.
func (t *Theme) Key(page site.Page, used Used) [32]byte {
	base := site.Of(page)
	h := sha256.New()
	for name := range strings.SplitSeq(used.names.Value(), "\n") {
		print := t.prints[name] // zero if the template no longer exists
		h.Write(print[:])
	}
	fmt.Fprintf(h, "%s\n", t.strings.tag)
	for _, link := range base.Breadcrumbs {
		t.strings.hashLabel(h, link)
	}
	if base.Site != nil {
		for _, link := range base.Site.Navigation {
			t.strings.hashLabel(h, link)
		}
	}
	return [32]byte(h.Sum(nil))
}

// Sum returns a hash of everything in the theme that a Key depends on.
func (t *Theme) Sum() [32]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(t.prints)) {
		fmt.Fprintf(h, "%q %x\n", name, t.prints[name])
	}
	fmt.Fprintf(h, "%s\n", t.strings.tag)
	for _, key := range t.strings.family("") {
		t.strings.hash(h, key)
	}
	return [32]byte(h.Sum(nil))
}

// AssetsOf returns the paths of the assets that the page names, sorted.
func (t *Theme) AssetsOf(page site.Page) []string { return t.layouts[reflect.TypeOf(page)].assets }

// Colours returns the theme's colours on a light screen.
func (t *Theme) Colours() drawing.Colours { return t.colours }

// Assets returns the bundled stylesheets and scripts.
func (t *Theme) Assets() []File { return t.assets }
