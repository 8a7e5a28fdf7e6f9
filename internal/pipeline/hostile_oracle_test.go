package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"casebook/internal/pipeline"

	"golang.org/x/net/html"
)

const goldenInput = "testdata/golden/input"

// folder is the files of a knowledge base: texts by path.
type folder map[string]string

// readFolder reads all files of a folder, such as the small knowledge base that has each
// feature once.
func readFolder(t testing.TB, dir string) folder {
	t.Helper()
	files := folder{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// write writes the files to a folder.
func (f folder) write(t testing.TB, dir string) {
	t.Helper()
	for name, text := range f {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// build builds the files with a new builder. The result may have errors.
func (f folder) build(t testing.TB, opts pipeline.Options) *pipeline.Result {
	t.Helper()
	dir := t.TempDir()
	f.write(t, dir)
	return buildAnyway(t, dir, opts)
}

// buildAnyway builds a folder that may have errors.
func buildAnyway(t testing.TB, dir string, opts pipeline.Options) *pipeline.Result {
	t.Helper()
	opts.Theme = defaultTheme(t)
	result, err := newBuilder(opts).Build(context.Background(), pipeline.Input{Tree: scan(t, dir), Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// vocabulary is the markup that the theme writes. A page may contain only this and text.
type vocabulary struct {
	attributes map[string]map[string]bool // attributes, by element
	metas      map[string]bool            // name or http-equiv of a meta
	links      map[string]bool            // rel of a link
	scripts    map[string]bool            // complete start tags
	ids        map[string]bool            // ids of the theme; for those made from content see ownID
}

// learn derives the vocabulary from a site of benign content.
func learn(t testing.TB, snapshot *pipeline.Snapshot) *vocabulary {
	t.Helper()
	v := &vocabulary{map[string]map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for name, data := range htmlFiles(t, snapshot) {
		for n := range parsePage(t, name, data).Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if v.attributes[element(n)] == nil {
				v.attributes[element(n)] = map[string]bool{}
			}
			for _, a := range n.Attr {
				v.attributes[element(n)][a.Key] = true
				if a.Key == "id" {
					v.ids[a.Val] = true
				}
			}
			switch n.Data {
			case "meta":
				v.metas[metaName(n)] = true
			case "link":
				v.links[attribute(n, "rel")] = true
			case "script":
				v.scripts[startTag(n)] = true
			}
		}
	}
	return v
}

// benign returns the vocabulary of the small knowledge base, with lists so long that they
// have many pages.
func benign(t testing.TB) *vocabulary {
	t.Helper()
	learned.Do(func() { learned.vocabulary = learnBenign(t) })
	return learned.vocabulary
}

// learned is what benign learns once.
var learned struct {
	sync.Once
	vocabulary *vocabulary
}

func learnBenign(t testing.TB) *vocabulary {
	t.Helper()
	files := readFolder(t, goldenInput)
	files["content/cases/more.md"] = "---\ntitle: More\nprinciples: [share-credit]\ncountries: [Kenya]\nauthors: [A]\n---\n"
	hallmarks := ""
	for i := range 61 { // more than the form shows as check boxes
		hallmarks += fmt.Sprintf("  - {id: more-%d, title: Hallmark %[1]d}\n", i)
		files[fmt.Sprintf("content/resources/more-%d.md", i)] = fmt.Sprintf("---\ntitle: More %d\ntype: tool\nurl: https://example.org/%[1]d\n---\n", i)
		files[fmt.Sprintf("content/cases/more-%d.md", i)] = fmt.Sprintf("---\ntitle: More %d\nprinciples: [listen-first]\ndisciplines: [more-%[1]d]\npartners: [partner-%[1]d]\nauthors: [A]\n---\n", i)
		files["content/disciplines.yaml"] += fmt.Sprintf("- {id: more-%d, label: More %[1]d}\n", i)
		files["content/organisations.yaml"] += fmt.Sprintf("- {id: partner-%d, name: Partner %[1]d}\n", i)
	}
	files["content/principles/more.md"] = "---\nnumber: 8\ntitle: More\nhallmarks:\n" + hallmarks + "---\n"
	return learn(t, files.build(t, pipeline.Options{}).Snapshot)
}

func htmlFiles(t testing.TB, snapshot *pipeline.Snapshot) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{}
	for f := range snapshot.Files() {
		if path.Ext(f.Path) != ".html" {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		pages[f.Path] = data
	}
	return pages
}

func parsePage(t testing.TB, name string, data []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return root
}

// element returns the name of an element. For SVG it includes the attributes, because an
// SVG element with other attributes is not one of the theme's.
func element(n *html.Node) string {
	name := n.Data
	if n.Namespace != "" {
		for _, a := range n.Attr {
			name += " " + a.Key
		}
		name += " in " + n.Namespace
	}
	return name
}

func metaName(n *html.Node) string {
	return attribute(n, "name") + attribute(n, "http-equiv") + attribute(n, "charset")
}

// ownID matches ids made from content. Their prefixes keep them different from the names
// that scripts use.
var ownID = regexp.MustCompile(`^(?:s-|letter-|group-[a-z0-9-]+$|check-[a-z0-9-]+$)`)

// siteRoot matches the path from a page to the assets of the site: relative, or from the
// root of the host in 404.html.
var siteRoot = regexp.MustCompile(`^(?:\./|(?:\.\./)+|/(?:[^/\\]+/)*)assets/`)

// startTag returns the start tag of an element, which does not depend on the path of its
// page.
func startTag(n *html.Node) string {
	tag := n.Data
	for _, a := range n.Attr {
		tag += fmt.Sprintf(" %s=%q", a.Key, siteRoot.ReplaceAllString(a.Val, "assets/"))
	}
	return tag
}

// foreign returns the markup of a page that the theme did not write.
func (v *vocabulary) foreign(root *html.Node) []string {
	var found []string
	report := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			report("comment %q", n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		attributes, ok := v.attributes[element(n)]
		if !ok {
			report("<%s>", n.Data)
			continue
		}
		switch {
		case n.Data == "script" && !v.scripts[startTag(n)]:
			report("script: %s", startTag(n))
		case n.Data == "meta" && !v.metas[metaName(n)]:
			report("meta: %s", startTag(n))
		case n.Data == "meta" && strings.EqualFold(attribute(n, "http-equiv"), "refresh"):
			if to, ok := strings.CutPrefix(attribute(n, "content"), "0; url="); !ok || !relative(to) {
				report("refresh to %q", attribute(n, "content"))
			}
		case n.Data == "link" && !v.links[attribute(n, "rel")]:
			report("link: %s", startTag(n))
		}
		for _, a := range n.Attr {
			switch {
			case !attributes[a.Key] || a.Namespace != "" || strings.HasPrefix(a.Key, "on") || a.Key == "style":
				report("<%s %s=%q>", n.Data, a.Key, a.Val)
			case a.Key == "href" && !addressable(a.Val):
				report("<%s href=%q>", n.Data, a.Val)
			case (a.Key == "src" || a.Key == "action") && !relative(a.Val):
				report("<%s %s=%q>", n.Data, a.Key, a.Val)
			case a.Key == "id" && !v.ids[a.Val] && !ownID.MatchString(a.Val):
				report("<%s id=%q>", n.Data, a.Val)
			}
		}
	}
	return found
}

// asBrowser returns an address as a browser reads it: without control characters and
// spaces at the ends, and without line ends and tabs
// (https://url.spec.whatwg.org/#concept-basic-url-parser).
func asBrowser(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\r':
			return -1
		case '\\':
			return '/'
		}
		return r
	}, address)
}

func schemeOf(address string) string {
	before, _, found := strings.Cut(asBrowser(address), ":")
	if !found || strings.ContainsAny(before, "/?#") {
		return ""
	}
	return strings.ToLower(before)
}

// addressable reports whether a link may lead to an address.
func addressable(address string) bool {
	return slices.Contains([]string{"", "http", "https", "mailto", "tel"}, schemeOf(address)) &&
		!strings.HasPrefix(asBrowser(address), "//")
}

// relative reports whether an address is inside the site.
func relative(address string) bool {
	return schemeOf(address) == "" && !strings.HasPrefix(asBrowser(address), "//")
}

// unportable returns why a path cannot be written on some system, or "".
func unportable(name string) string {
	switch {
	case !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name || path.IsAbs(name):
		return "leaves the output folder"
	case !utf8.ValidString(name) || len(name) > 255:
		return "is not text or too long"
	}
	for part := range strings.SplitSeq(name, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(part), ".")
		reserved := slices.Contains([]string{"con", "prn", "aux", "nul"}, stem) ||
			len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
		switch {
		case strings.ContainsFunc(part, func(r rune) bool { return r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"|?*\`, r) }):
			return "contains a character that Windows refuses"
		case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasPrefix(part, "."):
			return "has a part that begins or ends with a full stop, or ends with a space"
		case reserved:
			return "is the name of a Windows device"
		}
	}
	return ""
}

// checkSite reports all foreign markup of a site, and unportable paths.
func (v *vocabulary) checkSite(t *testing.T, snapshot *pipeline.Snapshot) {
	t.Helper()
	folded := map[string]string{}
	for f := range snapshot.Files() {
		if why := unportable(f.Path); why != "" {
			t.Errorf("the path %q %s", f.Path, why)
		}
		if other, ok := folded[strings.ToLower(f.Path)]; ok {
			t.Errorf("%q and %q are the same file on some systems", f.Path, other)
		}
		folded[strings.ToLower(f.Path)] = f.Path
	}
	for name, data := range htmlFiles(t, snapshot) {
		if !utf8.Valid(data) {
			t.Errorf("%s is not UTF-8", name)
		}
		if found := v.foreign(parsePage(t, name, data)); len(found) > 0 {
			t.Errorf("%s: %s", name, strings.Join(found[:min(3, len(found))], "; "))
		}
	}
}

// TestOracleFindsForeignMarkup inserts foreign markup into a benign page, and checks that the oracle
// finds it, and that it finds at least half of the payloads without an escape.
func TestOracleFindsForeignMarkup(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all pages of a site")
	}
	result := buildDir(t, goldenInput, pipeline.Options{})
	v := learn(t, result.Snapshot)
	v.checkSite(t, result.Snapshot)
	page := string(htmlFiles(t, result.Snapshot)["cases/shared-ward/index.html"])
	plant := func(planted string) []string {
		return v.foreign(parsePage(t, "planted", []byte(strings.Replace(page, "</main>", planted+"</main>", 1))))
	}
	if found := plant("<p>benign</p>"); len(found) > 0 {
		t.Errorf("benign: %q", found)
	}
	for _, planted := range []string{
		`<script>alert(1)</script>`, `<script src="x.js"></script>`, `<style>*{}</style>`, `<p style="x">`, `<p onclick="x">`,
		`<a href="javascript:x">`, `<a href=" java&#9;script:x">`, `<a href="data:text/html,x">`, `<a href="//evil.example">`, `<a href="\\evil.example">`,
		`<img src="https://evil.example/x.png" alt>`, `<iframe src="x"></iframe>`, `<svg></svg>`, `<math></math>`, `<base href="x">`,
		`<meta http-equiv="refresh" content="0; url=https://evil.example">`, `<meta http-equiv="refresh" content="0; url=//evil.example">`,
		`<meta http-equiv="set-cookie" content="a=b">`, `<link rel="prefetch" href="x">`, `<form action="https://evil.example">`, `<form action="javascript:x">`, `<button formaction="x">`, `<p id="location">`, `<!-- x -->`, `<object data="x">`,
	} {
		if len(plant(planted)) == 0 {
			t.Errorf("%s is not found", planted)
		}
	}
	fired, all := 0, payloads(t)
	for _, payload := range all {
		if len(plant(payload)) > 0 {
			fired++
		}
	}
	if fired < len(all)/2 {
		t.Errorf("only %d of %d unescaped payloads are found", fired, len(all))
	}
	t.Logf("%d of %d unescaped payloads are found", fired, len(all))
	for _, name := range []string{"../x", "/x", "a/../../x", "a/con/x", "a/b.", "a\\b", "a:b", "x\x00", ".git/config", "a//b"} {
		if unportable(name) == "" {
			t.Errorf("the path %q is accepted", name)
		}
	}
}
