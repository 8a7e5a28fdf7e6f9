package pipeline_test

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/publish"

	"golang.org/x/net/html"
)

// canary is a text outside the source folder that no output may contain.
const canary = "canary-7f3a9c"

// errorsOf returns the errors of a build, by file.
func errorsOf(result *pipeline.Result) map[string]string {
	found := map[string]string{}
	for _, p := range result.Problems {
		if p.Severity == problem.Error {
			found[p.File] = p.Code
		}
	}
	return found
}

// checkNoCanary fails if any file of a site contains the canary.
func checkNoCanary(t *testing.T, snapshot *pipeline.Snapshot) {
	t.Helper()
	if snapshot == nil {
		return
	}
	for f := range snapshot.Files() {
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(canary)) {
			t.Errorf("%s contains text from outside the source folder", f.Path)
		}
	}
}

// TestHostileNames gives files names that are not valid ids, or that other systems do not
// accept.
func TestHostileNames(t *testing.T) {
	text := "---\ntitle: Hostile\nprinciples: [listen-first]\nauthors: [A]\n---\n"
	names := []string{
		"aux.md", "con.md", "nul.md", "COM1.md", "lpt9.md", "c#.md", "a:b.md", "a b.md", "a.b.md", "A.md", "-a.md", "a-.md", "a--b.md",
		"é.md", "e\u0301.md", "\u202egpj.md", "a\x01b.md", "a\nb.md", "a\"b.md", "<script>alert(1)<.md", "javascript:alert(1).md", "..md", "...md",
		"%2e%2e%2fx.md", "a?b.md", "a*b.md", "a|b.md", "a\\b.md", " a.md", "a .md", "page.md", "in.md", "index.md", "a.md.md", "a.html.md",
		strings.Repeat("a", 101) + ".md", strings.Repeat("a", 210) + ".md", "\xff.md", "{{.}}.md", "${x}.md", "con/index.md", "a/b/index.md", "site.yaml", "x.html", "x.svg", "x.php", "x.js",
	}
	dir, wrong := t.TempDir(), 0
	readFolder(t, goldenInput).write(t, dir)
	for _, name := range names {
		file := filepath.Join(dir, "content/cases", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Logf("this file system does not accept %q: %v", name, err)
		} else if !strings.HasPrefix(name, ".") { // hidden files are ignored
			wrong++
		}
	}
	found := errorsOf(buildAnyway(t, dir, pipeline.Options{}))
	t.Logf("%q", found)
	for file, code := range found {
		if !strings.HasPrefix(file, "content/cases/") || strings.HasPrefix(code, "duplicate") {
			t.Errorf("%q: %s", file, code)
		}
	}
	if len(found) != wrong {
		t.Errorf("%d of %d names are refused: %q", len(found), wrong, found)
	}
}

// polyglots returns files whose content is not, or not only, of the type of their name.
func polyglots(picture string) map[string]string {
	const script, svg, page = "<script>alert(1)</script>", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "<!doctype html><script>alert(1)</script>"
	const gif = "GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00"
	return map[string]string{
		"a.svg": svg, "b.svgz": svg, "c.html": page, "d.htm": page, "e.xhtml": page, "f.js": "alert(1)", "g.css": "*{}", "h.xml": "<x/>", "i.swf": "FWS\x09",
		"j.png": svg, "k.png": page, "l.png": "\x89PNG\r\n\x1a\n" + page, "m.jpg": page, "n.jpg": "\xff\xd8\xff\xe0" + page, "o.gif": "GIF89a/*" + page, "p.gif": gif + "=1;alert(1)//",
		"q.webp": "RIFF\x00\x00\x00\x00WEBP" + page, "r.pdf": page, "s.pdf": "%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF",
		"t.pdf": "MZ\x90\x00%PDF-1.7\n%%EOF", "u.docx": "PK\x03\x04" + page, "v.docx": page, "w.odt": "PK\x03\x04mimetypetext/html", "x.png.html": picture, "y.exe": "MZ\x90\x00",
		"z.txt": "a\x00b", "aa.jpg": picture, "bb.gif": picture, "cc.pdf": picture, "dd.php": "<?php", "ee.PNG.svg": svg, "ff.mht": page, "gg.wasm": "\x00asm", "hh.png": picture[:len(picture)/2],
	}
}

func TestHostileAssets(t *testing.T) {
	plain := readFolder(t, goldenInput)
	picture := plain["content/cases/shared-ward/rota.png"]
	for name, data := range polyglots(picture) {
		plain["content/cases/shared-ward/"+name] = data
	}
	found := errorsOf(plain.build(t, pipeline.Options{}))
	for name := range polyglots(picture) {
		if _, ok := found["content/cases/shared-ward/"+name]; !ok {
			t.Errorf("%s is not refused", name)
		}
		delete(found, "content/cases/shared-ward/"+name)
	}
	if len(found) > 0 {
		t.Errorf("other files are refused: %v", found)
	}

	// Other data inside a valid picture is not published.
	plain = readFolder(t, goldenInput)
	plain["content/cases/shared-ward/rota.png"] = picture + "<script>" + canary + "</script>"
	result := plain.build(t, pipeline.Options{})
	checkNoCanary(t, result.Snapshot)
	if !strings.Contains(picture, "secret") {
		t.Fatal("the picture has no metadata, so that the test shows nothing")
	}
	if result.Snapshot != nil {
		data, err := result.Snapshot.File("cases/shared-ward/rota.png").Bytes()
		if err != nil || bytes.Contains(data, []byte("secret")) {
			t.Errorf("the picture keeps its metadata: %q, %v", data, err)
		}
	}
}

// traversals returns ways to write a path that leads out of a folder.
func traversals() []string {
	targets := []string{"secret.txt", "etc/passwd", "secret/index.html"}
	ups := []string{
		"../", "../../", "../../../../../../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..%5c", `..\`, `..\..\`, "....//", "..././", ".../", "/", "//", "///",
		"./../", "x/../../", "/../", "/..//../", "file:///", "file:", "C:/", `C:\`, `\\host\share\`, `\`, "~/", "\u2024\u2024/", "\uff0e\uff0e/", "..\u2215", "..%c0%af", "..%00/", "a/%2e%2e/%2e%2e/", "..;/",
	}
	var all []string
	for _, up := range ups {
		for _, target := range targets {
			all = append(all, up+target)
		}
	}
	return append(all, "..", "../", ".", "./", "/", "//", "%2e%2e", "...", " ..", ".. ")
}

// TestTraversal puts such paths into all fields that hold a path.
func TestTraversal(t *testing.T) {
	if testing.Short() {
		t.Skip("it renders hundreds of hostile pages")
	}
	if n := len(traversals()); n < 100 {
		t.Fatalf("%d strings", n)
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "source")
	folder{"secret.txt": canary, "secret/index.html": canary, "etc/passwd": canary}.write(t, parent)
	s := &hostileSite{readFolder(t, goldenInput), map[string]hostileFile{}, map[string]int{}}
	s.plain["content/site.yaml"] = strings.Replace(s.plain["content/site.yaml"], "page_size: 2", "page_size: 200", 1)
	for i, path := range traversals() {
		put := func(position, layout string) block { return format(position, layout, path, i, "") }
		s.files[fmt.Sprintf("content/cases/t%d.md", i)] = hostileFile{
			{text: "---\ntitle: T\nprinciples: [listen-first]\nauthors: [A]\n"},
			put("alias", "aliases: [%q]\n"), put("related", "related: [%q]\n"), put("programme", "programme: %q\n"), put("hallmark", "hallmarks: [%q]\n"),
			put("source", "sources: [%q]\n"), put("resource", "resources: [%q]\n"),
			{text: "---\n"},
			put("image destination", "\n![a](<%s>)\n"), put("link destination", "\n[a](<%s>)\n"), put("link definition", "\n[b]\n\n[b]: %s\n"),
		}
		s.files[fmt.Sprintf("content/resources/t%d.md", i)] = hostileFile{
			{text: fmt.Sprintf("---\ntitle: T %d\ntype: tool\n", i)}, put("resource file", "file: %q\n"), {text: "---\n"},
		}
	}
	result := s.fixIn(t, dir)
	snapshot := whole(t, result)
	benign(t).checkSite(t, snapshot)
	checkNoCanary(t, snapshot)
	checkLocal(t, snapshot)
	publishWithin(t, snapshot)
	t.Logf("%d strings; refused: %v", len(traversals()), s.refused)
}

// TestTraversalInNavigation puts such paths into the navigation of site.yaml, with one
// build for each, and checks that an accepted one leads to a page.
func TestTraversalInNavigation(t *testing.T) {
	dir, builder := t.TempDir(), pipeline.New(pipeline.Options{Theme: defaultTheme(t), BaseURL: "https://example.org/some/where/"})
	readFolder(t, goldenInput).write(t, dir)
	passed := 0
	for i, path := range traversals() {
		if i%6 > 0 && i < len(traversals())-11 {
			continue
		}
		folder{"content/site.yaml": "title: Small\nnavigation: [{label: A, path: " + quoted(path) + "}]\n"}.write(t, dir)
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if result.Failed() {
			if onlyKey(errorsOf(result)) != "content/site.yaml" {
				t.Errorf("%q: errors in %v", path, errorsOf(result))
			}
			continue
		}
		passed++
		c := newCrawl(t, whole(t, result), "https://example.org/some/where/")
		if found := append(c.check("404.html"), c.check("about/index.html")...); len(found) > 0 {
			t.Errorf("%q is accepted, and gives dead links: %q", path, found)
		}
	}
	t.Logf("%d paths lead to a page", passed)
}

// TestAliasesOverFiles gives a page aliases that are the paths of files of the site or its
// host, or above or below such a path.
func TestAliasesOverFiles(t *testing.T) {
	site := buildDir(t, goldenInput, pipeline.Options{}).Snapshot
	aliases := []string{"/", "//", "/404.html", "/index.html", "/404.html/x", "/assets/", "/cases/", "/Cases/", "/cases/governance", "/cases/index.html", "/search/", "/search/root.bin", "/robots.txt", "/sitemap.xml", "/.casebook/", "/con/", "/x/COM1.html", "/x./"}
	for _, keeper := range publish.Keepers() {
		aliases = append(aliases, "/"+keeper+"/", "/"+strings.ToLower(keeper), "/"+strings.ToUpper(keeper)+"/x/", "/x/"+keeper+"/", "/"+keeper+".html")
	}
	tried := map[string]bool{} // one file of each name, for each kind of page
	for f := range site.Files() {
		kind, _, _ := strings.Cut(f.Path, "/")
		if key := kind + "/" + path.Base(f.Path); path.Ext(f.Path) != ".html" && !tried[key] {
			tried[key] = true
			aliases = append(aliases, "/"+f.Path, "/"+f.Path+"/x", "/"+path.Dir(f.Path))
		}
	}
	slices.Sort(aliases)
	aliases = slices.Compact(aliases)
	files, dir := readFolder(t, goldenInput), t.TempDir()
	builder := newBuilder(pipeline.Options{Theme: defaultTheme(t)})
	defer builder.Close()
	build := func() *pipeline.Result {
		files.write(t, dir)
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	// A few at a time, so that few hide what another would do.
	for few := range slices.Chunk(aliases, 8) {
		name := func(i int) string { return fmt.Sprintf("content/cases/alias-%d.md", i) }
		write := func(i int, alias string) {
			files[name(i)] = fmt.Sprintf("---\ntitle: A %d\nprinciples: [listen-first]\nauthors: [A]\naliases: [%s]\n---\n", i, alias)
		}
		for i, alias := range few {
			write(i, alias)
		}
		result := build()
		refused := errorsOf(result)
		for i := range few {
			if _, ok := refused[name(i)]; ok {
				delete(refused, name(i))
				write(i, fmt.Sprintf("/fine-%d/", i))
			}
		}
		if len(refused) > 0 {
			t.Fatalf("%q: errors in %v", few, refused)
		}
		if result.Failed() {
			result = build()
		}
		if result.Failed() {
			t.Fatalf("%q: errors in %v", few, errorsOf(result))
		}
		if _, err := result.Snapshot.Publish(t.Context(), publish.Options{Dir: filepath.Join(t.TempDir(), "public")}); err != nil {
			t.Errorf("of %q some are accepted, and cannot be published: %v", few, err)
		}
	}
}

// TestCollidingNewTermsAreLocated checks that two new names that would have the same
// address are reported with their line.
func TestCollidingNewTermsAreLocated(t *testing.T) {
	for _, field := range []string{"partners", "disciplines"} {
		files := readFolder(t, goldenInput)
		for i, name := range []string{"Ward Nine Больница", "Ward Nine 医院"} {
			files[fmt.Sprintf("content/cases/new-%d.md", i)] = "---\ntitle: A\nprinciples: [listen-first]\nauthors: [A]\n" + field + ": [" + quoted(name) + "]\n---\n"
		}
		result := files.build(t, pipeline.Options{})
		for _, p := range result.Problems {
			if p.Severity == problem.Error && (p.File == "content/" || p.Line == 0) {
				t.Errorf("%s: %q:%d: %s", field, p.File, p.Line, p.Message)
			}
		}
	}
}

// checkLocal fails if a local address of the site is not the path of a file, or leads out
// of the site.
func checkLocal(t *testing.T, snapshot *pipeline.Snapshot) {
	t.Helper()
	c := newCrawl(t, snapshot, "https://example.org/kb/")
	for name := range c.pages {
		for _, p := range c.check(name) {
			t.Error(p)
		}
	}
	for name, data := range htmlFiles(t, snapshot) {
		for n := range parsePage(t, name, data).Descendants() {
			if n.Type == html.ElementNode && n.Data == "meta" && attribute(n, "http-equiv") == "refresh" {
				_, to, _ := strings.Cut(attribute(n, "content"), "url=")
				if target, _, ok := c.follow(name, to); !ok || !c.files[target] {
					t.Errorf("%s leads to %q", name, to)
				}
			}
		}
	}
}

// publishWithin publishes the site, and fails if other files appear beside the output.
func publishWithin(t *testing.T, snapshot *pipeline.Snapshot) {
	t.Helper()
	outside := t.TempDir()
	if _, err := snapshot.Publish(t.Context(), publish.Options{Dir: filepath.Join(outside, "public")}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(outside)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "public" && !strings.HasPrefix(e.Name(), ".public.") {
			t.Errorf("%s was written beside the output", e.Name())
		}
	}
}

// TestTraversalInOptions puts such paths into the theme of site.yaml and into the base URL.
func TestTraversalInOptions(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "source")
	plain := readFolder(t, goldenInput)
	plain.write(t, dir)
	folder{"secret.txt": canary, "theme/strings/en.yaml": "site.report: " + canary + "\n", "secret/strings/en.yaml": "site.report: " + canary + "\n"}.write(t, parent)
	v := benign(t)
	names := append(traversals(), "../../theme", "../theme", "../../secret", "own/../../../theme", "own/..", "own/.", "./own", "own/", "../content", "OWN")
	for i, name := range names {
		if i%12 == 0 || i > len(names)-11 {
			folder{"content/site.yaml": strings.Replace(plain["content/site.yaml"], "theme: own", "theme: "+quoted(name), 1)}.write(t, dir)
			result := buildAnyway(t, dir, pipeline.Options{})
			checkNoCanary(t, result.Snapshot)
			if found := errorsOf(result); !slices.Contains([]string{"content/site.yaml"}, onlyKey(found)) {
				t.Errorf("theme %q: errors in %v", name, found)
			}
		}
		if i%24 == 0 {
			folder{"content/site.yaml": plain["content/site.yaml"]}.write(t, dir)
			result := buildAnyway(t, dir, pipeline.Options{BaseURL: "https://example.org/" + name})
			if !result.Failed() {
				v.checkSite(t, result.Snapshot)
			}
		}
	}
}

// onlyKey returns the key of a map that has exactly one, or "".
func onlyKey(m map[string]string) string {
	for key := range m {
		if len(m) == 1 {
			return key
		}
	}
	return ""
}
