package book

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/publish"
)

func file(path, text string) publish.File {
	return publish.File{
		Path: path, Hash: sha256.Sum256([]byte(text)), Size: int64(len(text)),
		Bytes: func() ([]byte, error) { return []byte(text), nil },
	}
}

// small returns a book of a principle with two case studies, one of them hostile.
func small(t *testing.T) *Book {
	t.Helper()
	b := &Book{
		Title: "Ours & theirs", Language: "en", Address: "https://example.org/kb", Date: content.Date{Year: 2026, Month: 11, Day: 29},
		chapters: []*chapter{
			{title: "Strategic", depth: 1, path: "principles/strategic/index.html"},
			{title: "A ward <shared>", depth: 2, path: "cases/ward/index.html"},
			{title: "Hostile", depth: 2, path: "cases/hostile/index.html"},
		},
	}
	page := func(main string) string {
		return `<!doctype html><html lang="cy"><head><script>head()</script></head><body><nav>menu</nav><main id="main">` + main + `</main></body></html>`
	}
	err := b.read(t.Context(), []publish.File{
		file("principles/strategic/index.html", page(`<h1>Strategic</h1><a href="../../cases/ward/#gains">ward</a> <a href="../../cases/ward/#no-such-id">ward</a> <a href="../../map/">map</a> <a href="https://example.com/">out</a>`)),
		file("cases/ward/index.html", page(`<h1>A ward</h1><h2 id="gains">Gains</h2><img src="rota.png" alt="A rota" srcset="x.png 9w"><img src="gone.png" alt="Gone"><p class="screen">Save</p><details><summary>More</summary>text</details><br>`)),
		file("cases/hostile/index.html", page("<h1>Hostile\x01</h1><script>bad()</script><form><input></form><svg><script>bad()</script></svg><!-- -- --><p onclick='bad()' style='x' data-x=1 a:b='c'>1 &lt; 2 &amp;&nbsp;3</p><a href='javascript:bad()'>x</a>")),
		file("cases/ward/rota.png", "picture"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEPUB(t *testing.T) {
	var data, again bytes.Buffer
	if err := errors.Join(small(t).WriteEPUB(&data), small(t).WriteEPUB(&again)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data.Bytes(), again.Bytes()) {
		t.Error("the same book gives different bytes")
	}
	if got := data.String()[30:58]; got != "mimetypeapplication/epub+zip" {
		t.Errorf("the media type is not at offset 30: %q", got)
	}
	files := unzip(t, data.Bytes())
	for name, wants := range map[string][]string{
		"EPUB/principles/strategic/index.xhtml": {
			`lang="cy" xml:lang="cy"`, `href="../../cases/ward/index.xhtml#gains"`, `href="../../cases/ward/index.xhtml">ward`, `href="https://example.org/kb/map/"`, `href="https://example.com/"`, `href="../../book.css"`,
		},
		"EPUB/cases/ward/index.xhtml": {`<title>A ward &lt;shared&gt;</title>`, `<img src="rota.png" alt="A rota"/>`, `<div><p>More</p>text</div>`},
		"EPUB/cases/ward/rota.png":    {"picture"},
		"EPUB/nav.xhtml":              {"<li><a href=\"principles/strategic/index.xhtml\">Strategic</a><ol>\n<li><a href=\"cases/ward/index.xhtml\">A ward &lt;shared&gt;</a></li>"},
		"EPUB/package.opf":            {"https://example.org/kb</dc:identifier>", `href="cases/ward/rota.png" media-type="image/png"`, "2026-11-29T00:00:00Z"},
	} {
		for _, want := range wants {
			if !strings.Contains(files[name], want) {
				t.Errorf("%s lacks %s:\n%s", name, want, files[name])
			}
		}
	}
	for name, text := range files {
		for _, bad := range []string{"bad()", "head()", "onclick", "style=", "data-x", "<!--", "Save", "menu", "gone.png", "\x01"} {
			if strings.Contains(text, bad) && name != "EPUB/book.css" {
				t.Errorf("%s contains %q:\n%s", name, bad, text)
			}
		}
		if strings.HasSuffix(name, "ml") || strings.HasSuffix(name, ".opf") {
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Errorf("%s is not XML: %v\n%s", name, err, text)
					break
				}
			}
		}
	}
}

// TestPage checks that the page for printing has one outline, and that its links lead to
// places inside it.
func TestPage(t *testing.T) {
	b := small(t)
	dir := t.TempDir()
	name, err := b.writePage(dir)
	if err != nil {
		t.Fatal(err)
	}
	text := readFile(t, name)
	for _, want := range []string{`href="#c2-gains"`, `href="#c2">ward`, `<h1>Strategic</h1>`, `<h2>A ward</h2><h3 id="c2-gains">`, `src="cases/ward/rota.png"`, `default-src 'none'`} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s:\n%s", want, text)
		}
	}
	if got := readFile(t, dir+"/cases/ward/rota.png"); got != "picture" {
		t.Errorf("the picture is %q", got)
	}
	t.Setenv("PATH", "")
	t.Setenv("CHROME_PATH", "")
	if findBrowser() == "" {
		if err := b.WritePDF(t.Context(), io.Discard); err != ErrNoBrowser {
			t.Error(err)
		}
	}
}

func unzip(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		text, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
