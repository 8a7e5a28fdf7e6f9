package theme_test

import (
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"golang.org/x/net/html"

	"casebook/internal/content"
	"casebook/internal/site"
)

// payloads returns texts that try to end the text or attribute that contains them.
func payloads() []string {
	return []string{
		`<script>alert(1)</script>`,
		`"><img src=x onerror=alert(1)>`,
		`' onmouseover='alert(1)`,
		`" onfocus=alert(1) autofocus x="`,
		`</title><svg onload=alert(1)>`,
		`--><iframe srcdoc="<script>alert(1)</script>">`,
		`javascript:alert(1)`,
		`JaVaScRiPt:alert(1)//`,
		"java\tscript:alert(1)",
		`data:text/html,<script>alert(1)</script>`,
		`vbscript:msgbox(1)`,
		`0; url=javascript:alert(1)`,
		`"; url=https://evil.example/`,
		`{{.Site.Title}}{{t "site.skip"}}`,
		"\u202eevil\x00\ufeff",
		`</style><style>*{background:url(https://evil.example)}</style>`,
	}
}

// shape returns the elements and attributes of a page, without their values.
func shape(t *testing.T, source string) []string {
	var all []string
	for n := range dom(t, source).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		names := n.Data
		for _, a := range n.Attr {
			names += " " + a.Key
		}
		all = append(all, names)
	}
	return all
}

func TestHostileTextAddsNoElements(t *testing.T) {
	if testing.Short() {
		t.Skip("renders each kind of page with many payloads")
	}
	checkHostileTexts(t, 4)
}

// checkHostileTexts puts each every-th payload into all texts of each page, others into
// those of the next, and checks that a page has the same elements and attributes as with
// harmless text.
func checkHostileTexts(t *testing.T, every int) {
	loaded := loadDefault(t)
	for i, page := range samples(t) {
		fill(reflect.ValueOf(page), "harmless")
		want := shape(t, render(t, loaded, page))
		for k, payload := range payloads() {
			if (i+k)%every != 0 {
				continue
			}
			hostile := samples(t)[i]
			fill(reflect.ValueOf(hostile), payload)
			source := render(t, loaded, hostile)
			if got := shape(t, source); !slices.Equal(got, want) {
				t.Errorf("%T with %q: the elements differ:\n%v\n%v", page, payload, got, want)
			}
			for n := range dom(t, source).Descendants() {
				for _, a := range n.Attr {
					url := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
					if (a.Key == "href" || a.Key == "src") && regexp.MustCompile(`^(javascript|data|vbscript):`).MatchString(url) {
						t.Errorf("%T with %q: %s=%q", page, payload, a.Key, a.Val)
					}
					if a.Key == "content" && strings.Contains(attribute(n, "http-equiv"), "efresh") && regexp.MustCompile(`(?i)url=\s*['"]?\s*(javascript|https?|data):`).MatchString(a.Val) {
						t.Errorf("%T with %q: a link leads to %q", page, payload, a.Val)
					}
				}
			}
		}
	}
}

// fill sets all strings inside v, except for bodies, which package markdown makes safe,
// and languages, which are checked when they are parsed.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*site.Body]() {
			fill(v.Elem(), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name != "Key" && v.Field(i).CanSet() && v.Type() != reflect.TypeFor[content.Date]() {
				fill(v.Field(i), text)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.String:
		v.SetString(text)
	}
}

// TestTemplatesHaveNoScripts checks that no template has a script, a style or
// an event handler, so that no value can be inside one.
func TestTemplatesHaveNoScripts(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)<\s*(script|style|iframe|object|embed|base)\b|\son[a-z]+\s*=|\sstyle\s*=|srcdoc`)
	bodies := 0
	err := fs.WalkDir(defaultLayer(t).FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".html") {
			return err
		}
		data, err := fs.ReadFile(defaultLayer(t).FS, name)
		if err != nil {
			return err
		}
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(string(data), "", "", map[string]*parse.Tree{}); err != nil {
			return err
		}
		// The template without its values, each of which is replaced by a mark.
		skeleton := regexp.MustCompile(`(?s)\{\{.*?\}\}`).ReplaceAllString(tree.Root.String(), "§")
		// Only an empty element that loads a script of the site is allowed.
		own := regexp.MustCompile(`<script type="module" src="§§"></script>`)
		if found := forbidden.FindString(own.ReplaceAllString(skeleton, "")); found != "" {
			t.Errorf("%s: contains %q", name, found)
		}
		if found := regexp.MustCompile(`[^;]\s[a-z-]+=\s*§`).FindString(skeleton); found != "" {
			t.Errorf("%s: the value of an attribute has no quotes", name)
		}
		bodies += strings.Count(tree.Root.String(), "body ")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if bodies == 0 {
		t.Error("no template shows a body: the test did not read the templates")
	}
}
