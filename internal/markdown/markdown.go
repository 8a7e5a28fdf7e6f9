// Package markdown turns a Markdown body into HTML with open slots for links
// and images, together with its headings, links, plain text and problems.
//
// Input is the body of one file, without front matter: CommonMark 0.31 with
// GitHub's tables, strikethrough, task lists and bare links, with footnotes and
// typographic punctuation. Bodies are untrusted: raw HTML and attributes are
// shown as text, only addresses on an allow-list become links, no image comes
// from another host, and every document is parsed in bounded time and memory
// (see limits.go).
//
// The package does not know where links and images lead. [Parse] lists them, and
// [Document.HTML] asks its caller for the final address of each, so that one
// parsed document can be shown on any page. The package reads no files and knows
// nothing about sites, URLs or front matter.
package markdown

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// IDPrefix precedes the id of every heading and footnote in the HTML, so that
// no id hides a property of the browser's window or document. The heading that
// authors link to as "#aims" has the id IDPrefix + "aims".
const IDPrefix = "s-"

// Document is a parsed body. It is immutable and safe for concurrent use.
type Document struct {
	Headings       []Heading
	Links          []Link // links and images in reading order: those of footnotes come last
	Text           string // plain text: one block per line, code and alternative texts included, footnotes last
	FirstParagraph string // plain text of the first paragraph outside lists and quotes that is more than images
	Words          int    // words in Text, as separated by white space

	html  string
	slots []slot
}

// maxPooled is the size in bytes above which a buffer is not kept for the next parse.
const maxPooled = 1 << 20

// Heading is a heading of the body. Level is the level in the HTML. The page has
// its own h1, so a heading is one level below the nearest earlier heading that
// has fewer marks, and h2 if there is none: the outline has no gaps, whichever
// level the author starts with.
type Heading struct {
	Level  int    // 2 to 6
	ID     string // as written in links: GitHub's slug of Text, unique in the document, without IDPrefix
	Text   string
	Offset int // of the text in the source, in bytes
}

// LinkKind tells what a Link is.
type LinkKind uint8

// The kinds of Link.
const (
	Hyperlink LinkKind = iota
	Image
)

// Link is a hyperlink or an image whose address is on the allow-list: http,
// https, mailto, tel or relative for a hyperlink, relative for an image.
type Link struct {
	Kind        LinkKind
	Destination string // escapes and entities resolved, percent-encoding kept
	Title       string
	Text        string // plain text of the link, alternative text of the image
	Offset      int    // of the destination in the source, in bytes; of the whole link if the destination is a copy
}

// Problem is a mistake in the body. The text that it concerns is shown as plain
// text.
type Problem struct {
	Offset  int    // in the source, in bytes
	Code    string // stable, for tests and scripts: "link-scheme"
	Message string // what is wrong
	Hint    string // what to type instead
}

// Parse parses a body. It never panics, and it returns a document even if there
// are problems. Problems are sorted by offset, at most 100 of each code.
func Parse(src []byte) (doc *Document, problems []Problem) {
	return shared().parse(src)
}

// parse is Parse with the parsers of e.
func (e *engine) parse(src []byte) (doc *Document, problems []Problem) {
	st := newState(len(src))
	defer func() {
		// No input is known to get here. goldmark panics on inconsistent internal state.
		if r := recover(); r != nil {
			st.report(0, "markdown-internal", fmt.Sprintf("this text cannot be read: %v", r),
				"report this file as a bug of the generator; until then, delete half of the text, again and again, to find the part to write differently")
			doc = literalDocument(string(src))
		}
		problems = st.sorted()
	}()
	src = st.readable(src)
	pc := parser.NewContext()
	pc.Set(stateKey, st)
	root := e.markdown.Parser().Parse(text.NewReader(src), parser.WithContext(pc))

	c := newCollector(src, st)
	c.blocks(root)
	doc = c.document()

	out := e.outputs.Get().(*output)
	out.reset(c)
	if err := e.markdown.Renderer().Render(out, src, root); err != nil {
		panic(err) // an output is memory and accepts every write
	}
	doc.html, doc.slots = string(out.html), slices.Clone(out.slots)
	if out.reset(nil); cap(out.html) <= maxPooled {
		e.outputs.Put(out)
	}
	return doc, nil
}

// readable replaces each byte that is not UTF-8 and each control character by
// one byte, so that offsets stay correct.
func (s *state) readable(src []byte) []byte {
	bad := func(r rune, size int) bool {
		return r == utf8.RuneError && size == 1 || r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f
	}
	var fixed []byte
	for i := 0; i < len(src); {
		r, size := rune(src[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(src[i:])
		}
		if bad(r, size) {
			if fixed == nil {
				fixed = slices.Clone(src)
			}
			fixed[i] = '?'
			if r == utf8.RuneError {
				s.report(i, "not-utf8", fmt.Sprintf("byte 0x%02x is not UTF-8", src[i]), "save the file as UTF-8")
			} else {
				s.report(i, "control-character", fmt.Sprintf("control character U+%04X", r), "delete it")
			}
		}
		i += size
	}
	if fixed == nil {
		return src
	}
	return fixed
}

// literalDocument shows s unparsed.
func literalDocument(s string) *Document {
	s = strings.ToValidUTF8(s, "?")
	return &Document{Text: s, Words: words(s), html: "<pre>" + escape(s) + "</pre>\n"}
}
