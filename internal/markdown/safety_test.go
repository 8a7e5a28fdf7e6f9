package markdown

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/cost"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	htmlr "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// allowed lists the elements that a body may have, each with its attributes. The
// HTML must have no others, whatever the source is.
var allowed = map[string]string{
	"p": "dir", "em": "", "strong": "", "del": "", "sub": "", "br": "", "hr": "", "ul": "dir", "pre": "", "blockquote": "dir",
	"figure": "dir", "figcaption": "", "span": "class",
	"table": "", "thead": "", "tbody": "", "tr": "",
	"ol": "start dir", "li": "id dir", "sup": "id", "code": "class",
	"h2": "id dir", "h3": "id dir", "h4": "id dir", "h5": "id dir", "h6": "id dir",
	"th": "scope class", "td": "class", "div": "class role aria-label tabindex dir",
	"a":   "href title rel class role",
	"img": "src srcset sizes alt title width height loading decoding",
}

var (
	ourID    = regexp.MustCompile(`^s-.`)
	ourClass = regexp.MustCompile(`^(?:table|callout callout-[a-z]+|credit|footnotes|footnote-ref|footnote-backref|align-(?:left|center|right)|language-\S+)$`)
	scheme   = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)
	stripped = strings.NewReplacer("\t", "", "\n", "", "\r", "")
)

// browserScheme returns the scheme that a browser finds in an address. By the
// WHATWG URL standard, controls and spaces at the ends are ignored, and tabs and
// line ends anywhere.
func browserScheme(address string) string {
	address = stripped.Replace(strings.TrimFunc(address, func(r rune) bool { return r <= ' ' }))
	return strings.ToLower(strings.TrimSuffix(scheme.FindString(address), ":"))
}

// elsewhere reports whether an address without a scheme leads a browser to another host.
func elsewhere(address string) bool {
	address = strings.ReplaceAll(stripped.Replace(strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })), `\`, "/")
	return strings.HasPrefix(address, "//")
}

// unsafe returns the elements and attributes of a body that are not allowed.
func unsafe(body string) []string {
	if !utf8.ValidString(body) {
		return []string{"not UTF-8"}
	}
	root, err := html.Parse(strings.NewReader("<!DOCTYPE html><title>x</title><main>" + body + "</main>"))
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	for n := range root.Descendants() {
		switch n.Type {
		case html.CommentNode:
			found = append(found, "comment")
		case html.ElementNode:
			if slices.Contains([]string{"html", "head", "body", "title", "main"}, n.Data) && n.Attr == nil {
				continue
			}
			attributes, ok := allowed[n.Data]
			if !ok || n.Namespace != "" {
				found = append(found, "<"+n.Data+">")
				continue
			}
			for _, a := range n.Attr {
				if !slices.Contains(strings.Fields(attributes), a.Key) {
					found = append(found, n.Data+" "+a.Key)
				}
				if bad := unsafeValue(a); bad {
					found = append(found, fmt.Sprintf("%s %s=%q", n.Data, a.Key, a.Val))
				}
			}
		}
	}
	return found
}

func unsafeValue(a html.Attribute) bool {
	switch a.Key {
	case "href":
		return elsewhere(a.Val) || !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, browserScheme(a.Val))
	case "src":
		return elsewhere(a.Val) || browserScheme(a.Val) != ""
	case "id":
		return !ourID.MatchString(a.Val)
	case "class":
		return !ourClass.MatchString(a.Val)
	}
	return false
}

func payloads(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(lines) < 300 {
		t.Fatalf("%d payloads", len(lines))
	}
	return lines
}

// positions are the parts of a body where a payload is inserted.
var positions = map[string]string{
	"paragraph":         "a %s b\n",
	"own line":          "%s\n",
	"heading":           "## %s\n",
	"link text":         "[%s](a.md)\n",
	"link destination":  "[a](%s)\n",
	"bracketed":         "[a](<%s>)\n",
	"link title":        "[a](b.md \"%s\")\n",
	"definition":        "[a]\n\n[a]: %s 'x'\n",
	"autolink":          "<%s>\n",
	"image alternative": "![%s](a.png)\n",
	"image destination": "![a](%s)\n",
	"image title":       "![a](b.png '%s')\n",
	"table cell":        "| a | %[1]s |\n|---|---|\n| %[1]s | b |\n",
	"list item":         "- %s\n- [ ] b\n",
	"code span":         "`%s`\n",
	"fence":             "```%[1]s\n%[1]s\n```\n",
	"quote":             "> %s\n",
	"footnote":          "a[^1]\n\n[^1]: %s\n",
	"footnote label":    "a[^%[1]s]\n\n[^%[1]s]: b\n",
}

func TestPayloads(t *testing.T) {
	all := payloads(t)
	for name, format := range positions {
		t.Run(name, func(t *testing.T) {
			for _, payload := range all {
				src := fmt.Sprintf(format, payload)
				doc, _ := Parse([]byte(src))
				if found := unsafe(doc.HTML(written)); len(found) > 0 {
					t.Errorf("%q: %q", src, found)
				}
				// A function of the caller must not be able to insert such an address either.
				body := doc.HTML(Slots{Link: func(Link) Target { return Target{Href: payload} }, Image: func(Link) Picture { return Picture{Src: payload} }})
				if found := unsafe(body); len(found) > 0 {
					t.Errorf("%q with the payload as target: %q", src, found)
				}
			}
		})
	}
}

// TestPayloadsAreDangerous checks that unsafe detects the payloads in each
// position when goldmark alone renders them.
func TestPayloadsAreDangerous(t *testing.T) {
	careless := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(htmlr.WithUnsafe()),
	)
	for name, format := range positions {
		if name == "code span" {
			continue // goldmark escapes code
		}
		fired := 0
		for _, payload := range payloads(t) {
			var out bytes.Buffer
			if err := careless.Convert([]byte(fmt.Sprintf(format, payload)), &out); err != nil {
				t.Fatal(err)
			}
			if len(unsafe(out.String())) > 0 {
				fired++
			}
		}
		if fired == 0 {
			t.Errorf("%s: unsafe finds no payload in what goldmark alone renders", name)
		}
	}
}

// spellings returns addresses that must not become links.
func spellings() []string {
	refused := []string{
		"javascript", "vbscript", "livescript", "data", "blob", "file", "filesystem", "view-source", "feed", "jar", "ftp",
		"about", "chrome", "ms-officecmd", "ms-word", "intent", "ws", "wss", "irc", "urn", "x", "a+b.c-d", "sms", "magnet", "content",
	}
	disguises := []func(string) string{
		func(s string) string { return s + ":x" },
		func(s string) string { return strings.ToUpper(s) + ":x" },
		func(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "://x" },
		func(s string) string { return s + "&colon;x" },
		func(s string) string { return s + "&#58;x" },
		func(s string) string { return s + "&#x3A;x" },
		func(s string) string { return s + "%3Ax" },
		func(s string) string { return s + "%3ax%" },
		func(s string) string { return fmt.Sprintf("&#%d;%s:x", s[0], s[1:]) },
		func(s string) string { return fmt.Sprintf("&#x%x;%s:x", s[0], s[1:]) },
		func(s string) string { return fmt.Sprintf("%%%x%s:x", s[0], s[1:]) },
		func(s string) string { return s[:1] + "&Tab;" + s[1:] + ":x" },
		func(s string) string { return s[:1] + "&NewLine;" + s[1:] + ":x" },
		func(s string) string { return s[:1] + "&#13;" + s[1:] + ":x" },
		func(s string) string { return s[:1] + "&#0;" + s[1:] + ":x" },
		func(s string) string { return "&#1;" + s + ":x" },
		func(s string) string { return "&#32;" + s + ":x" },
		func(s string) string { return "&nbsp;" + s + ":x" },
		func(s string) string { return "\u00a0" + s + ":x" },
		func(s string) string { return "\u200b" + s + ":x" },
		func(s string) string { return s + "\u200b:x" },
		func(s string) string { return s + "&#9;:x" },
		func(s string) string { return s + `\:x` },
		func(s string) string { return `\` + s + ":x" },
		func(s string) string { return "https:" + s + ":x" },
	}
	all := []string{
		"//a.org", "///a.org", `/\\a.org`, `\\\\a.org`, `\\/a.org`, "&#47;/a.org", "/&sol;a.org", "/%2Fa.org", "%2f%2fa.org", "/&Tab;/a.org", "/&bsol;a.org", "/%5Ca.org",
		"http:a.org", "https:/a.org", "https:", "https://", "http:///a", `https:\\\\a.org`, `https://a.org\\@b.org`, "https://a.org:port/", "https://%00",
		"a%00.md",
	}
	for _, s := range refused {
		for _, disguise := range disguises {
			all = append(all, disguise(s))
		}
	}
	return all
}

func TestAddressesOutsideTheAllowList(t *testing.T) {
	all := spellings()
	if len(all) < 300 {
		t.Fatalf("%d spellings", len(all))
	}
	for _, format := range []string{"[t](%s)", "[t](<%s>)", "![t](%s)", "<%s>", "[t]\n\n[t]: %s", "[t]\n\n[t]: <%s> 'u'", "![t][u]\n\n[u]: %s"} {
		for _, address := range all {
			src := fmt.Sprintf(format, address)
			doc, _ := Parse([]byte(src))
			if body := doc.HTML(written); strings.Contains(body, "<a ") || strings.Contains(body, "<img ") || len(doc.Links) > 0 {
				t.Errorf("%q: %s", src, body)
			}
		}
	}
}

func TestControlCharactersInAddresses(t *testing.T) {
	for _, address := range []string{"mailto:a&#10;b", "tel:&#1;1", "https://a.org/?b&NewLine;c", "a.md?b&Tab;c", "a.md#b&#127;c"} {
		if found := only("link-scheme", "[a]("+address+")"); len(found) != 1 {
			t.Errorf("%s: %+v", address, found)
		}
	}
}

func TestAddressesOnTheAllowList(t *testing.T) {
	for _, address := range []string{
		"http://a.org", "HTTPS://a.org/b?c=d:e#f:g", "https://a.org:8080/%20", "mailto:a@b.org?body=c%0Ad", "tel:+256-700", "a.md", "./a:b", "../a/", "#a", "a.md?a=b:c",
		"/a/b.html#c", "a/b:c", "b.md#c:d", "é/医.md", "a%20b.md", "https://münchen.example/ü", "https://[::1]/a",
	} {
		doc, problems := Parse([]byte("[t](<" + address + ">)"))
		if len(problems) > 0 || len(doc.Links) != 1 || doc.Links[0].Destination != address || !strings.Contains(doc.HTML(Slots{Link: asWritten}), "<a ") {
			t.Errorf("%s: %+v %+v", address, doc.Links, problems)
		}
	}
}

// FuzzParse checks that for any text Parse does not panic, takes bounded time and
// memory, and returns valid UTF-8, allowed HTML only, and offsets in the text.
func FuzzParse(f *testing.F) {
	for _, g := range hostile() {
		f.Add([]byte(g.make(300)))
	}
	for i, payload := range payloads(f) {
		if i%10 == 0 {
			f.Add([]byte(payload))
		}
	}
	f.Add(caseStudy())
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<20 {
			t.Skip("package content refuses files of more than 1 MiB")
		}
		var doc *Document
		var problems []Problem
		var body string
		took, allocated := cost.Of(func() {
			doc, problems = Parse(src)
			body = doc.HTML(written)
		})
		if took > mostTime*slack || allocated > uint64(64<<20+len(src)<<11) {
			t.Errorf("took %v and %d MB for %d bytes", took, allocated>>20, len(src))
		}
		for _, p := range problems {
			if p.Code == "markdown-internal" || p.Offset < 0 || p.Offset > len(src) {
				t.Errorf("%+v", p)
			}
		}
		if found := unsafe(body); len(found) > 0 {
			t.Errorf("%q", found)
		}
		if !utf8.ValidString(doc.Text) {
			t.Error("text is not UTF-8")
		}
		seen := map[string]bool{}
		for _, h := range doc.Headings {
			if seen[h.ID] || h.Level < 2 || h.Level > 6 || h.Offset > len(src) {
				t.Errorf("%+v", h)
			}
			seen[h.ID] = true
		}
		for _, l := range doc.Links {
			if l.Offset < 0 || l.Offset > len(src) || check(l.Kind, l.Destination) != nil {
				t.Errorf("%+v", l)
			}
		}
	})
}
