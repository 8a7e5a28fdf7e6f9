package offline

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"casebook/internal/publish"
)

func file(path, data string) publish.File {
	return publish.File{Path: path, Hash: sha256.Sum256([]byte(data)), Size: int64(len(data)), Bytes: func() ([]byte, error) { return []byte(data), nil }}
}

// built returns the files of the offline site that is made of these files, by path.
func built(t *testing.T, site ...publish.File) map[string]string {
	t.Helper()
	files, err := Files(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files {
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if f.Hash != sha256.Sum256(data) || f.Size != int64(len(data)) {
			t.Errorf("%s: its hash and size do not match its bytes", f.Path)
		}
		all[f.Path] = string(data)
	}
	return all
}

func TestLinksLeadToFiles(t *testing.T) {
	pages := newLinks([]publish.File{file("index.html", ""), file("cases/x/index.html", ""), file("cases/index.html", ""), file("cases/élan/index.html", "")}, "offline/offline.js")
	for _, test := range []struct{ written, want string }{
		{"./", "./index.html"},
		{"../", "../index.html"},
		{"..", "../index.html"},
		{"../../", "../../index.html"},
		{"../../?q=a/b#c", "../../index.html?q=a/b#c"},
		{"../#part", "../index.html#part"},
		{"../%C3%A9lan/", "../%C3%A9lan/index.html"},
		{"../y/", "../y/"}, // no such page
		{"#part", "#part"},
		{"?q=1", "?q=1"},
		{"", ""},
		{"picture.jpg", "picture.jpg"},
		{"../../../", "../../../"},
		{"/", "/"},
		{"//example.org/", "//example.org/"},
		{"https://example.org/", "https://example.org/"},
		{"mailto:a@example.org", "mailto:a@example.org"},
		{"%zz/", "%zz/"},
	} {
		if got := pages.address("cases/x/index.html", test.written); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.written, got, test.want)
		}
	}
}

func TestPagesWorkFromFiles(t *testing.T) {
	page := `<!doctype html>
<html><head><meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<meta http-equiv="refresh" content="0; url=../../">
<link rel="alternate" type="text/markdown" href="index.md">
<link rel="preload" href="../../search/root.bin" as="fetch">
<link rel="stylesheet" href="../../assets/site.css">
<script type="module" src="../../assets/site.js"></script>
<script type="application/ld+json">{"a": "<\/head>"}</script>
</head><body><!-- <a href="../../"> --><a class=x href="../../">Home &amp; more</a>
<form action="../../" data-client="assets/search.js"></form></body></html>`
	all := built(t, file("cases/x/index.html", page), file("index.html", "<p>"))
	got := all["cases/x/index.html"]
	for _, want := range []string{
		`script-src &#39;self&#39; file:`,
		`content="0; url=../../index.html"`,
		`<link rel="stylesheet" href="../../assets/site.css">`,
		`<script type="text/javascript" src="../../assets/site.js" defer="">`,
		`<script src="../../offline/offline.js"></script></head>`,
		`{"a": "<\/head>"}`,
		`<!-- <a href="../../"> -->`,
		`<a class="x" href="../../index.html">Home &amp; more</a>`,
		`<form action="../../index.html" data-client="">`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, gone := range []string{"preload", "module", "markdown"} {
		if strings.Contains(got, gone) {
			t.Errorf("the page contains %q", gone)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}

func TestScriptsAreClassic(t *testing.T) {
	all := built(t, file("assets/a.js", `const f = new URL("../s/", import.meta.url); const host = {fetch: p => fetch(new URL(p, f))}; console.log(host); export {host as h};`))
	got := all["assets/a.js"]
	for _, gone := range []string{"export", "import", " fetch("} {
		if strings.Contains(got, gone) {
			t.Errorf("the script contains %q: %s", gone, got)
		}
	}
	if !strings.Contains(got, "casebookFetch(") || !strings.Contains(got, "document.currentScript.src") || !strings.Contains(got, "fetch:") {
		t.Error(got)
	}
}

func TestFetchedFilesAreInScripts(t *testing.T) {
	all := built(t, file("search/root.bin", "\x00\xff"), file("cases/x/index.html", "<p>"), file("data/cases.csv", "a"))
	for path, want := range map[string]bool{
		"offline/search/root.bin.js": true, "search/root.bin": false,
		"offline/cases/x/index.html.js": true, "cases/x/index.html": true,
		"data/cases.csv": true, "offline/data/cases.csv.js": false,
		"offline/offline.js": true,
	} {
		if _, found := all[path]; found != want {
			t.Errorf("%s: %v, want %v", path, found, want)
		}
	}
	if script := all["offline/search/root.bin.js"]; !strings.HasPrefix(script, `casebookFile("search/root.bin","`) {
		t.Error(script)
	}
}

func TestFilesForHostsAreLeftOut(t *testing.T) {
	all := built(t, file("404.html", ""), file("robots.txt", ""), file("sitemap.xml", ""), file("_headers", ""), file(".nojekyll", ""), file("cases/x/index.md", ""), file("site.webmanifest", ""), file(".well-known/security.txt", ""))
	if len(all) != 1 {
		t.Errorf("the offline site has %d files, want only its script", len(all))
	}
}

func TestZipHasTheSameBytes(t *testing.T) {
	date := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	entry := func(path, text string) Entry {
		return Entry{path, func(to io.Writer) error {
			_, err := io.WriteString(to, text)
			return err
		}}
	}
	a, b := entry("a/b.html", strings.Repeat("text ", 100)), entry("a.html", "x")
	var one, two bytes.Buffer
	zipper := NewZipper(Fast)
	if err := zipper.Write(&one, []Entry{a, b}, date); err != nil {
		t.Fatal(err)
	}
	if err := zipper.Write(&two, []Entry{b, a}, date.In(time.FixedZone("", 3600))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the order of the files or the time zone changes the bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		listed = append(listed, fmt.Sprint(f.Name, " ", len(data), " ", f.Modified.UTC().Format(time.DateOnly)))
	}
	if got := strings.Join(listed, " "); got != "a.html 1 2026-11-29 a/b.html 500 2026-11-29" {
		t.Error(got)
	}
}

func FuzzPagesOfAnyText(f *testing.F) {
	f.Add(`<a href="../"><script type=module><meta http-equiv=refresh content="0;url=./">`)
	f.Fuzz(func(t *testing.T, page string) {
		l := newLinks([]publish.File{file("index.html", "")}, "offline/offline.js")
		once, err := l.rewrite("index.html", []byte(page))
		if err != nil {
			t.Fatal(err)
		}
		if len(once) > 8*len(page)+200*(1+strings.Count(strings.ToLower(page), "</head")) {
			t.Errorf("%d bytes become %d", len(page), len(once))
		}
	})
}

// TestListOfWorker checks that the list of the service worker names the files that are
// loaded in advance, and changes when one of them changes and at no other time.
func TestListOfWorker(t *testing.T) {
	list := func(files ...publish.File) string {
		t.Helper()
		data, err := List(files)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	home, shard, page := file("index.html", "a"), file("search/8d8ce2.bin", "b"), file("cases/x/index.html", "c")
	got := list(home, shard, page, file("assets/site.0123456789abcdef.css", "d"), file("assets/logo.svg", "e"), file("search/index.html", "f"))
	if !strings.HasPrefix(got, `{"version":"`) || !strings.Contains(got, `"files":["assets/site.0123456789abcdef.css","","search/8d8ce2.bin","search/"]}`) {
		t.Errorf("%.300s", got)
	}
	if list(home, shard) == list(home, file("search/8d8ce2.bin", "other")) {
		t.Error("the list does not change with a file")
	}
	if list(home, shard) != list(shard, home, page) {
		t.Error("the list changes with the order of the files, or with one that is not loaded in advance")
	}
	if none := list(); none != `{"version":"","files":[]}`+"\n" {
		t.Errorf("no files give %s", none)
	}
	if large := list(home, file("search/root.bin", strings.Repeat("x", mostAhead+1))); strings.Contains(large, "root.bin") {
		t.Error("a large search index is loaded in advance")
	}
}
