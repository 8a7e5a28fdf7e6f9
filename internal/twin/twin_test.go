package twin_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"casebook/internal/cost"
	"casebook/internal/twin"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
)

func of(t testing.TB, main, address string) string {
	t.Helper()
	text, err := twin.New().Of([]byte("<!doctype html><title>T</title><header>Head</header><main>"+main+"</main><footer>Foot</footer>"), address)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTwin(t *testing.T) {
	const page = "https://example.org/kb/cases/x/"
	for _, test := range []struct{ main, want string }{
		{"<h1>A ward</h1><p class=lede>Short.</p>", "# A ward\n\nShort.\n"},
		{`<a href="../../">Home</a> <a href="citation.bib">BibTeX</a> <a href="https://example.net/">N</a> <a href="#part">P</a>`, "[Home](https://example.org/kb/) [BibTeX](https://example.org/kb/cases/x/citation.bib) [N](https://example.net/) [P](https://example.org/kb/cases/x/#part)\n"},
		{`<nav>N</nav><form>F</form><button>B</button><svg><text>S</text></svg><span aria-hidden=true>A</span><p hidden>H</p><!-- C -->Text`, "Text\n"},
		{"<dl><div><dt>Country</dt><dd>Malawi</dd></div></dl>", "**Country**\n\nMalawi\n"},
		{"<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1|2</td></tr></tbody></table>", "| A    |\n|------|\n| 1\\|2 |\n"},
		{"<table><thead><tr><th>A</th></tr></thead><tbody><tr><td><code>1|2</code></td></tr></tbody></table><code>a|b</code>", "| A      |\n|--------|\n| `1\\|2` |\n\n`a|b`\n"},
		{"<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1<br>2</td></tr></tbody></table>", "| A          |\n|------------|\n| 1  <br />2 |\n"},
		{`<p>H<sub>2</sub>O, 10<sup>-3</sup>, <del>gone</del>, about ~50<sup><a href="#n">1</a></sup></p>`, "H~2~O, 10^-3^, ~~gone~~, about \\~50[1](https://example.org/kb/cases/x/#n)\n"},
		{"<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n- b\n"},
	} {
		if got := of(t, test.main, page); got != test.want {
			t.Errorf("%s\ngot  %q\nwant %q", test.main, got, test.want)
		}
	}
	if got := of(t, `<a href="../">Up</a>`, ""); got != "[Up](../)\n" {
		t.Errorf("without the address of the page: got %q", got)
	}
	if got, err := twin.New().Of([]byte("<nav>N</nav><p>A theme without a main element"), ""); err != nil || string(got) != "A theme without a main element\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

var textOf = regexp.MustCompile(`<[^>]*>`)

// FuzzTextIsNotMarkup writes a text of a page as Markdown and the Markdown as HTML, and
// checks that the text has not become an element.
func FuzzTextIsNotMarkup(f *testing.F) {
	for _, s := range []string{"<script>alert(1)</script>", "<!-- x", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "```\n<b>", "&lt;b&gt;", "a\n===\n<i>", "|<b>|", "<https://example.org>", "  <b>", "\\<b>"} {
		f.Add(s)
	}
	w := twin.New()
	renderer := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()))
	f.Fuzz(func(t *testing.T, text string) {
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
		var markdown []byte
		var err error
		took, _ := cost.Of(func() { markdown, err = w.Of([]byte("<main><h1>T</h1><p>"+escaped+"</p></main>"), "") })
		if err != nil {
			t.Fatal(err)
		}
		if took > time.Second+time.Duration(len(text))*time.Millisecond {
			t.Errorf("%d bytes took %v", len(text), took)
		}
		var out bytes.Buffer
		if err := renderer.Convert(markdown, &out); err != nil {
			t.Fatal(err)
		}
		for _, tag := range textOf.FindAllString(out.String(), -1) {
			switch tag {
			case "<h1>", "</h1>", "<p>", "</p>", "<br>", "<br />":
			default:
				t.Fatalf("%q is written as %q, which has the HTML %s", text, markdown, out.String())
			}
		}
	})
}
