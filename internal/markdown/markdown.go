// Package markdown turns a Markdown body into HTML with open slots for links
// and images, together with its headings, links, plain text and problems.
//
// Input is the body of one file, without front matter: CommonMark 0.31, and
//
//	| A | B |               a table as on GitHub, with |---|--:| below its headings;
//	                        <br> in a cell is a line break
//	~~gone~~                strikethrough
//	H~2~O  m^2^  ^99m^Tc    subscript and superscript
//	- [x] done              a list of tasks
//	https://example.org     a link, as are www.example.org and a@example.org
//	text[^1]                a footnote, with [^1]: note on a line of its own
//	## Aims {#aims}         a heading with an id of its own, for links to #aims
//	![what it shows](a.jpg "Caption. Credit: name")
//	                        in a paragraph of its own, a figure with caption and
//	                        credit; the credit begins with Credit:, Photo:,
//	                        Source: or ©
//	> [!NOTE]               a note: also TIP, IMPORTANT, WARNING and CAUTION, on
//	> text                  the first line of a quote
//	'a' "b" don't -- ...    typographic quotes, apostrophes, dashes and ellipses
//
// Chinese, Japanese and Korean text needs no spaces around marks, and its lines are
// joined without one. A document with text in both directions lets the browser
// find the direction of each block.
//
// Bodies are untrusted: raw HTML and attributes are shown as text, only addresses
// on an allow-list become links, no image comes from another host, and every
// document is parsed in bounded time and memory (see limits.go). Markup that
// prints as text, of other programs or mistyped, is reported (see leftovers.go).
//
// The package does not know where links and images lead. [Parse] lists them, and
// [Document.HTML] asks its caller for the final address of each, so that one
// parsed document can be shown on any page. The package reads no files and knows
// nothing about sites, URLs or front matter.
package markdown

import (
	"bytes"
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
	Headings []Heading
	Links    []Link // links and images in reading order: those of footnotes come last
	Text     string // plain text: one block per line, code and alternative texts included, footnotes last
	Words    int    // words in Text, as separated by white space

	first [2]int // start and end of the first paragraph in Text
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

// LinkKind says what a Link is.
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
	Destination string // escapes and entities resolved, percent-encoding kept; in Unicode's composed form (NFC) if it is relative
	Title       string
	Text        string // plain text of the link, alternative text of the image
	Offset      int    // of the destination in the source, in bytes; of the whole link if the destination is a copy
}

// Problem is a mistake in the body. The text that it concerns is shown as plain
// text.
type Problem struct {
	Offset   int // in the source, in bytes
	Severity Severity
	Code     string // stable, for tests and scripts: "link-scheme"
	Message  string // what is wrong
	Hint     string // what to type instead
}

// Severity says how bad a problem is.
type Severity uint8

// The severities, as in package problem.
const (
	Error   Severity = iota // what it concerns cannot be shown
	Warning                 // it is shown, but almost certainly not as its author means it
	Advice                  // it is probably not what its author means
)

// Parse parses a body. It never panics, and it returns a document even if there
// are problems. Problems are sorted by offset, at most 100 of each code.
func Parse(src []byte) (doc *Document, problems []Problem) {
	return shared().parse(src)
}

// parse is like Parse, but uses the parsers of e.
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
	st.garbled(src)
	st.mergeMarks(src)
	pc := parser.NewContext()
	pc.Set(stateKey, st)
	root := e.markdown.Parser().Parse(text.NewReader(src), parser.WithContext(pc))

	c := newCollector(src, st)
	c.blocks(root)
	c.reportUncited()
	c.reportUnpaired()
	doc = c.document()
	c.setDirections(root)

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
	const replacement = "\uFFFD"
	if i := bytes.Index(src, []byte(replacement)); i >= 0 {
		s.reportAs(Warning, i, "lost-character", "� stands where a character was lost", "type the character again, and save the file as UTF-8")
	}
	bad := func(r rune, size int) bool {
		return r == utf8.RuneError && size == 1 || r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f
	}
	var fixed []byte
	for i := 0; i < len(src); {
		if ' ' <= src[i] && src[i] < 0x7f {
			i++
			continue
		}
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
