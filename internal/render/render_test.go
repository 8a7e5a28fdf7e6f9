package render_test

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"casebook/internal/render"
)

type kind string

type number int

func (n number) String() string { return fmt.Sprintf("No. %d", int(n)) }

type base struct{ Title, Root string }

type item struct {
	Label string
	Href  string
	Kind  kind
	Count int
	Tags  []string
	Inner *item
}

func (i item) Twice() int               { return 2 * i.Count }
func (i *item) Named() bool             { return i != nil && i.Label != "" }
func (i item) Plus(n int) (int, error)  { return i.Count + n, nil }
func (i item) Broken() (string, error)  { return "", errors.New("out of order") }
func (i item) Says(args ...any) string  { return fmt.Sprint(args...) }
func (i item) Values() []item           { return []item{i, {Label: "<second>"}} }
func (i item) Pair(a string, n int) int { return len(a) + n + i.Count }

type page struct {
	*item
	base
	Items  []item
	Links  []*item
	Strict bool
	None   *item
	Number number
	Ratio  float64
	Text   template.HTML
	Attr   template.HTMLAttr
	URL    template.URL
	Array  [2]string
	Byte   uint8
}

var functions = template.FuncMap{
	"say":   func(key string, args ...any) (string, error) { return key + fmt.Sprint(args...), nil },
	"tag":   func(prefix string, v reflect.Value) string { return prefix + "<" + v.String() + ">" },
	"html5": func(s string) template.HTML { return template.HTML("<b>" + s + "</b>") },
	"fail":  func(s string) (string, error) { return "", fmt.Errorf("no %q", s) },
	"count": func(i item) int { return i.Count },
	"large": func(n int64) bool { return n > 1000 },
}

func sample() *page {
	inner := &item{Label: "in & out", Href: "../a/b/?q=1&r=é", Kind: "challenge", Count: -3}
	return &page{
		item:  &item{Label: "promoted"},
		base:  base{Title: "Ward #4 <b>\"it's\"</b> + 1", Root: "../../"},
		Items: []item{{Label: "one", Href: "x/", Kind: "example", Count: 1, Tags: []string{"a", "<b>"}, Inner: inner}, {Label: "javascript:alert(1)", Href: "javascript:alert(1)"}},
		Links: []*item{inner}, Strict: true, Number: 7, Ratio: 1.5,
		Text: "<i>raw</i>", Attr: ` lang="fr"`, URL: "javascript:void(0)", Array: [2]string{"", "é\x00\xff"}, Byte: 9,
	}
}

// templates are texts as themes have them. Each is one template, used with the partials.
var templates = []string{
	`plain text`,
	`{{.Title}} {{.Root}} {{.Strict}} {{.Number}} {{.Ratio}} {{.Text}} {{.URL}} {{.Byte}}{{/* a comment */}}`,
	`<a href="{{.Root}}x/" title="{{.Title}}">{{.Title}}</a><title>{{.Title}} {{.Text}}</title>`,
	`<a href="{{.URL}}" title='{{.Text}}'{{.Attr}}>x</a><a href="/{{.Title}}">y</a><a href="?q={{.Title}}&amp;n={{.Number}}">z</a>`,
	`{{range .Items}}<a href="{{.Href}}">{{.Label}} {{.Kind}} {{.Count}} {{.Twice}}</a>{{else}}none{{end}}`,
	`{{range $i, $x := .Items}}{{if $i}}, {{end}}{{$i}}{{$x.Label}}{{$.Title}}{{end}}{{range $x := .Items}}{{$x.Href}}{{end}}`,
	`{{range .Links}}{{.Label}}{{.Inner}}{{end}}{{range .Array}}[{{.}}]{{end}}`,
	`{{with .Items}}{{range .}}{{.Label}}{{end}}{{else}}no{{end}}{{with .None}}{{.Label}}{{else}}{{.Title}}{{end}}{{with .Title}}{{.}}{{end}}`,
	`{{with $x := .Title}}{{$x}}{{.}}{{end}}{{if $y := .None}}{{$y.Label}}{{else}}{{$y}}{{end}}`,
	`{{$x := .Title}}{{$x}}{{$x = .Root}}{{$x}}{{if .Strict}}{{$x := 3}}{{$x}}{{end}}{{$x}}`,
	`{{if .Strict}}a{{end}}{{if not .Strict}}b{{else if .None}}c{{else if .Items}}d{{end}}{{if .Number}}e{{end}}{{if .Ratio}}f{{end}}{{if .Byte}}g{{end}}{{if .Array}}h{{end}}`,
	`{{if and .Strict .Items .Title}}a{{end}}{{if or .None .Items}}b{{end}}{{or .Title .Root}}{{and .Title .Root}}{{if and .None (.None.Named)}}c{{end}}`,
	`{{if eq .Title "x" "y"}}a{{end}}{{if ne .Title "x"}}b{{end}}{{range .Items}}{{if eq .Kind "example"}}c{{end}}{{if ge .Count 1}}d{{end}}{{if lt .Count 1}}e{{end}}{{if le .Twice 2}}f{{end}}{{end}}{{if gt (len .Items) 1}}g{{end}}{{if eq .Number 7}}h{{end}}`,
	`{{say "key"}}{{say "key" .Title 3 true}}{{.Title | say "k" 1}}{{say "a" | say "b"}}{{range .Items}}{{tag "k." .Kind}}{{count .}}{{end}}{{range .Links}}{{count .}}{{end}}`,
	`{{html5 .Title}}{{html5 "constant"}}{{large 1001}}{{print .Title 1 "x"}}{{printf "%d %s" .Number .Title}}{{len .Title}}`,
	`{{range .Items}}{{.Plus 3}}{{.Says "a" 1 .Label}}{{.Pair "abc" 2}}{{.Named}}{{with .Inner}}{{.Named}}{{.Twice}}{{end}}{{range .Values}}{{.Label}}{{end}}{{end}}`,
	`{{template "card" .Title}}{{range .Items}}{{template "item" .}}{{end}}{{template "nothing"}}`,
	`<title>{{template "card" .Title}}</title><p{{template "attributes" .Root}}>{{template "card" .Root}}</p>`,
	`{{(index1 .).Label}}{{(say "x")}}{{.Label}}`,
	`<meta http-equiv="refresh" content="0; url={{.Root}}"><img src="{{.Root}}a.png" srcset="{{.Root}} 2x" alt="{{.Title}}">`,
	`{{template "tree" (index1 .)}}`,
}

const partials = `
{{define "card"}}<b>{{.}}</b>{{end}}
{{define "nothing"}}{{say "none"}}{{end}}
{{define "item"}}{{$a := .Label}}{{range .Tags}}{{.}}{{$a}}{{end}}{{template "card" .Label}}{{end}}
{{define "attributes"}}{{if .}} lang="{{.}}" title="{{say "t"}}"{{end}}{{end}}
{{define "tree"}}{{.Label}}{{with .Inner}}({{template "tree" .}}){{end}}{{end}}`

// compile returns the template of a text, and the program compiled from it.
func compile(t testing.TB, text string) (*template.Template, *render.Program, error) {
	t.Helper()
	parsed, compiler := newCompiler(t, text)
	program, err := compiler.Compile("page", reflect.TypeFor[*page]())
	return parsed, program, err
}

// newCompiler returns the escaped template "page" of a text, and a compiler for it.
func newCompiler(t testing.TB, text string) (*template.Template, *render.Compiler) {
	t.Helper()
	funcs := template.FuncMap{"index1": func(p *page) *item { return &p.Items[0] }}
	for name, f := range functions {
		funcs[name] = f
	}
	parsed, err := template.New("page").Funcs(funcs).Parse(partials + `{{define "page"}}` + text + `{{end}}`)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	trees := map[string]*parse.Tree{}
	for _, one := range parsed.Templates() {
		if one.Tree != nil {
			trees[one.Name()] = one.Tree.Copy()
		}
	}
	_ = parsed.Execute(io.Discard, sample())
	compiler, err := render.NewCompiler(render.Source{Trees: trees, Escaped: parsed, Funcs: funcs, Invokes: func(string) []string { return slices.Collect(maps.Keys(trees)) }})
	if err != nil {
		t.Fatal(err)
	}
	return parsed, compiler
}

// TestSameBytesAsHTMLTemplate checks the promise of the package: the same output as
// html/template.
func TestSameBytesAsHTMLTemplate(t *testing.T) {
	for _, text := range templates {
		slow, fast, err := compile(t, text)
		if err != nil {
			t.Errorf("%s\n%v", text, err)
			continue
		}
		for _, data := range []*page{sample(), {item: &item{}, Items: []item{{}}}} {
			var want strings.Builder
			if err := slow.Execute(&want, data); err != nil {
				t.Fatalf("%s\n%v", text, err)
			}
			got, _, err := fast.Execute(nil, data)
			if err != nil {
				t.Errorf("%s\n%v", text, err)
			}
			if string(got) != want.String() {
				t.Errorf("%s\n got %s\nwant %s", text, got, want.String())
			}
		}
	}
}

// FuzzEscaping compares values printed in each context with the output of html/template.
func FuzzEscaping(f *testing.F) {
	slow, fast, err := compile(f, `{{.Title}}<title>{{.Title}}</title><a title="{{.Title}}" href="{{.Title}}">x</a>
<a href="x/{{.Title}}">y</a><a href="?q={{.Title}}">z</a><meta http-equiv="refresh" content="0; url={{.Title}}">
<img srcset="{{.Title}}"><i {{.Title}}>w</i>{{range .Items}}{{.Kind}} <a href="{{.Kind}}">k</a>{{end}}`)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"", "plain", "<script>alert('1')</script>", `"'&+<>` + "\x00`", "javascript:alert(1)", "JaVaScRiPt:x", "a:b/c", "a/b:c", "//evil.example/x",
		"http://example.org/a?b=c&d=%20%zz#e", "https://example.org/é?a=b", "https://a:b", "https:/", "mailto:a@b", "https://:%41", "mailto:a@b?subject=c%20d&body=e:f", "tel:+44", "data:text/html,x", "é\u2028\ufdd0\xff\xfe", "onclick", "%", "%41%", "&amp;", "a b\tc\nd", "x, y 2x",
		"\u00a0:", "&#58;", "style", "src",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data := &page{base: base{Title: text}, Items: []item{{Kind: kind(text)}}}
		var want strings.Builder
		if err := slow.Execute(&want, data); err != nil {
			t.Fatal(err)
		}
		got, _, err := fast.Execute(nil, data)
		if err != nil || string(got) != want.String() {
			t.Errorf("%q: %v\n got %s\nwant %s", text, err, got, want.String())
		}
	})
}

func TestUnsupported(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`<script>var x = {{.Title}}</script>`, "jsvalescaper"},
		{`<a href={{.Title}}>`, "nospaceescaper"},
		{`{{range $i := .Count}}{{end}}`, "range over a int"},
		{`{{index .Items 0}}`, "function index"},
		{`{{range .Items}}{{break}}{{end}}`, "{{break}}"},
		{`{{if eq .Strict true}}{{end}}`, "comparison of a bool"},
		{`{{eq 1.5 .Ratio}}`, "number 1.5"},
		{`<p title="{{template "card" .Title}}"></p>`, `"card" in a place like this`},
		{`{{$x := 1}}{{$x = "a"}}`, "$x is a int and becomes a string"},
		{`{{or .Title 1}}`, "no known type"},
		{`{{template "card"}}`, "no known type"},
	} {
		_, _, err := compile(t, test.text)
		if unsupported := (*render.UnsupportedError)(nil); !errors.As(err, &unsupported) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s\n%v, want %q", test.text, err, test.want)
		}
	}
}

// TestAfterUnsupported checks that a template that uses one that cannot be compiled fails
// too, also at the second try, and that other templates are compiled.
func TestAfterUnsupported(t *testing.T) {
	const text = `{{if .Ratio}}{{template "there" .}}{{end}}{{template "there" .}}{{index .Items 0}}{{end}}
{{define "there"}}{{template "card" .Title}}{{if .None}}{{template "page" .}}{{end}}`
	_, compiler := newCompiler(t, text)
	for range 2 {
		if _, err := compiler.Compile("page", reflect.TypeFor[*page]()); err == nil {
			t.Fatal("the page is compiled")
		}
		if _, err := compiler.Compile("there", reflect.TypeFor[*page]()); err == nil {
			t.Fatal("a partial that invokes the page is compiled")
		}
	}
	program, err := compiler.Compile("card", reflect.TypeFor[string]())
	if err != nil {
		t.Fatal(err)
	}
	if out, _, err := program.Execute(nil, "a < b"); err != nil || string(out) != "<b>a &lt; b</b>" {
		t.Errorf("%q, %v", out, err)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{{range .Items}}{{.Broken}}{{end}}`, "Broken: out of order"},
		{`{{fail .Title}}`, "fail: no "},
		{`{{.None.Label}}`, "nil pointer where .Label is wanted"},
		{`{{.None.Twice}}`, "Twice: "},
		{`{{count .None}}`, "nil pointer as an argument"},
	} {
		slow, fast, err := compile(t, test.text)
		if err != nil {
			t.Errorf("%s\n%v", test.text, err)
			continue
		}
		if slow.Execute(io.Discard, sample()) == nil {
			t.Errorf("%s: html/template reports no error", test.text)
		}
		if _, _, err := fast.Execute(nil, sample()); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s\n%v, want %q", test.text, err, test.want)
		}
	}
	if _, _, err := compile(t, `{{fail "constant"}}`); err == nil || !strings.Contains(err.Error(), `no "constant"`) {
		t.Errorf("a constant call that fails: %v", err)
	}
	_, fast, _ := compile(t, `{{.Title}}`)
	if _, _, err := fast.Execute(nil, "a string"); err == nil {
		t.Error("data of another type is accepted")
	}
}

// BenchmarkExecute executes a list of cards with html/template and with this package.
func BenchmarkExecute(b *testing.B) {
	slow, fast, err := compile(b, `<ol>{{range .Items}}<li><a href="{{.Href}}">{{.Label}}</a> {{tag "kind." .Kind}} {{.Count}}{{if .Tags}}<ul>{{range .Tags}}<li>{{.}}</li>{{end}}</ul>{{end}}</li>{{end}}</ol>`)
	if err != nil {
		b.Fatal(err)
	}
	data := sample()
	data.Items = data.Items[:1]
	for range 6 {
		data.Items = append(data.Items, data.Items...)
	}
	b.Run("html-template", func(b *testing.B) {
		for b.Loop() {
			_ = slow.Execute(io.Discard, data)
		}
	})
	b.Run("render", func(b *testing.B) {
		var out []byte
		for b.Loop() {
			out, _, _ = fast.Execute(out[:0], data)
		}
	})
}
