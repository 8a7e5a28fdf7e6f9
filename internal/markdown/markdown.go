// Package markdown turns a Markdown body into HTML with open slots for links
// and images, together with its headings, links, plain text and problems.
//
// Input is the body of one file, without front matter: CommonMark 0.31 with
// GitHub's tables, strikethrough, task lists and bare links, with footnotes and
// typographic punctuation. Bodies are untrusted: raw HTML and attributes are
// shown as text, only addresses on an allow-list become links, no image comes
// from another host, and time and memory stay in proportion to the input
// because the parser stops opening what a limit forbids.
//
// What a link or image points to is not known here. [Parse] lists them, and
// [Document.HTML] asks for the final address of each, so that one parsed
// document serves on any page. The package reads no files and knows nothing of
// sites, URLs or front matter.
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
// no heading can take the name of a property of the page's window or document.
// The heading that authors address as "#aims" has the id IDPrefix + "aims".
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

// Heading is a heading of the body. Level is the one it is rendered with: the
// page has its own h1, so a heading is one level below the nearest earlier
// heading that its author wrote with fewer marks, and h2 when there is none.
// The outline is thus valid whichever level the author starts with.
type Heading struct {
	Level  int    // 2 to 6
	ID     string // as written in links: GitHub's slug of Text, unique in the document, without IDPrefix
	Text   string
	Offset int // of the text, in bytes
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
	Destination string // as the author means it: escapes and entities resolved, percent-encoding kept
	Title       string
	Text        string // plain text of the link, alternative text of the image
	Offset      int    // of the destination in bytes, or of the link where the destination has no place of its own
}

// Problem is something in the body that its author has to mend. What it concerns
// is rendered as plain text. Offset is in bytes.
type Problem struct {
	Offset  int
	Code    string
	Message string
	Hint    string
}

// Parse reads a body. It never panics and always returns a document, problems or
// not. Problems are in order of offset, and at most 100 of a code are given.
func Parse(src []byte) (doc *Document, problems []Problem) {
	return shared().parse(src)
}

// parse is Parse with the set-up of e.
func (e *engine) parse(src []byte) (doc *Document, problems []Problem) {
	st := newState(len(src))
	defer func() {
		// Not known to happen: goldmark panics where its own state contradicts itself.
		if r := recover(); r != nil {
			st.report(0, "markdown-internal", fmt.Sprintf("this text cannot be read: %v", r),
				"report this file as a bug of the generator; until then, halve the text to find the place and write it differently")
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

// readable returns src with bytes that are not UTF-8 and control characters
// replaced one by one, so that offsets still hold.
func (s *state) readable(src []byte) []byte {
	bad := func(r rune, size int) bool {
		return r == utf8.RuneError && size == 1 || r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f
	}
	var mended []byte
	for i := 0; i < len(src); {
		r, size := rune(src[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(src[i:])
		}
		if bad(r, size) {
			if mended == nil {
				mended = slices.Clone(src)
			}
			mended[i] = '?'
			if r == utf8.RuneError {
				s.report(i, "not-utf8", fmt.Sprintf("byte 0x%02x is not UTF-8", src[i]), "save the file as UTF-8")
			} else {
				s.report(i, "control-character", fmt.Sprintf("control character U+%04X", r), "delete it")
			}
		}
		i += size
	}
	if mended == nil {
		return src
	}
	return mended
}

// literalDocument is s shown as it is.
func literalDocument(s string) *Document {
	s = strings.ToValidUTF8(s, "?")
	return &Document{Text: s, Words: words(s), html: "<pre>" + escape(s) + "</pre>\n"}
}
