// One walk over the parsed body that collects everything a Document holds except
// its HTML.

package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/text/unicode/bidi"
)

// collector collects the text, headings, links and problems of a body, and
// decides which links and images are accepted.
type collector struct {
	src   []byte
	state *state

	text        []byte
	headings    []Heading
	links       []Link
	index       map[ast.Node]int        // accepted link or image → its index in links; heading → in headings; table → in labels; figure, line break in a cell → 0
	labels      []string                // the text of the header cells of each table
	first       [2]int                  // range of the first paragraph in text
	outline     []int                   // source levels of the headings that contain the current position
	expanded    int                     // bytes of addresses and titles of links by reference
	openTags    int                     // raw HTML start tags without their end tag so far
	printed     printed                 // source of the current block that prints as text
	inFigure    bool                    // the current paragraph is a figure
	claimed     [][2]int                // ranges of the current block that are reported as leftovers
	once        map[*regexp.Regexp]bool // patterns of leftovers that are not reported again in the current block
	rightToLeft bool                    // there is text that is read from right to left
	inCell      bool                    // the current block is a table cell
	belowTable  bool                    // the current paragraph is the first block below a table
	marks       []mark                  // marks without a partner
	openMarks   map[string]int          // marks of other programs that begin something, by name
	definitions []*ast.LinkReferenceDefinition
	cited       map[string]bool // labels of definitions that a link or image uses
	scratch     output
}

func newCollector(src []byte, st *state) *collector {
	return &collector{src: src, state: st, text: make([]byte, 0, len(src)), index: map[ast.Node]int{}, cited: map[string]bool{}, once: map[*regexp.Regexp]bool{}}
}

// document returns the collected document, without its HTML.
func (c *collector) document() *Document {
	text := string(bytes.TrimRight(c.text, "\n "))
	c.rightToLeft = hasRightToLeft(text)
	return &Document{Headings: c.headings, Links: c.links, Text: text, Words: words(text), first: c.first}
}

// textFrom returns the text collected since start.
func (c *collector) textFrom(start int) string { return strings.TrimSpace(string(c.text[start:])) }

// blocks collects from the blocks inside n.
func (c *collector) blocks(n ast.Node) {
	for b := n.FirstChild(); b != nil; b = b.NextSibling() {
		start := len(c.text)
		switch b := b.(type) {
		case *ast.Heading:
			c.heading(b)
		case *ast.Paragraph:
			if c.inFigure = isFigure(b); c.inFigure {
				c.index[b] = 0
			}
			c.belowTable = b.PreviousSibling() != nil && b.PreviousSibling().Kind() == extast.KindTable
			c.inlines(b, paragraph)
			c.inFigure, c.belowTable = false, false
			if n.Kind() == ast.KindDocument && c.first == [2]int{} && !onlyImages(b) {
				if first := c.textFrom(start); first != "" {
					from := start + bytes.Index(c.text[start:], []byte(first))
					c.first = [2]int{from, from + len(first)}
				}
			}
		case *ast.TextBlock:
			c.inlines(b, paragraph)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			c.codeBlock(b)
			for i := range b.Lines().Len() {
				line := b.Lines().At(i)
				c.text = append(c.text, line.Value(c.src)...)
			}
		case *ast.HTMLBlock:
			c.rawHTML(visibleHTML(rawBlock(b, c.src)), b.Lines().At(0).Start)
		case *extast.TableHeader:
			c.row(b)
			c.index[n] = len(c.labels)
			c.labels = append(c.labels, strings.Join(strings.Fields(c.textFrom(start)), " "))
		case *extast.TableRow:
			c.row(b)
			c.swallowed(b)
		case *ast.List:
			if b.Start > 999 {
				c.state.reportAs(Advice, b.FirstChild().Pos(), "list-text", fmt.Sprintf("a list begins here, with the number %d", b.Start),
					fmt.Sprintf(`if this is not a list, write %d\%c`, b.Start, b.Marker))
			}
			c.blocks(b)
		case *ast.LinkReferenceDefinition:
			c.definitions = append(c.definitions, b)
		default:
			c.blocks(b)
		}
		c.endBlock()
	}
}

// codeBlock reports code that is probably not meant as code.
func (c *collector) codeBlock(n ast.Node) {
	switch n := n.(type) {
	case *ast.CodeBlock:
		if p, ok := n.PreviousSibling().(*ast.Paragraph); ok && isAdmonition(p.Lines().Value(c.src)) {
			return // the lines belong to the mark above them, which is reported already
		}
		c.state.reportAs(Advice, n.Lines().At(0).Start, "code-indented", "these lines begin with a tab or four spaces, so they are shown as code",
			"delete the spaces at the start of each line; for code put ``` on a line before and after it")
	case *ast.FencedCodeBlock:
		language := strings.ToLower(string(n.Language(c.src)))
		if strings.HasPrefix(language, "{") || language == "mermaid" || language == "math" || language == "note" || language == "ad-note" {
			c.state.reportAs(Warning, n.Info.Segment.Start, "foreign-markup", fmt.Sprintf("%q is not drawn: its source is shown as code", shorten(language)),
				"put in a picture of it, or for a note write \"> [!NOTE]\" and \"> \" before each line")
		}
	}
}

// isAdmonition reports whether a paragraph begins with a mark that in other
// programs makes the indented lines below it a note.
func isAdmonition(text []byte) bool {
	return bytes.HasPrefix(text, []byte("!!!")) || bytes.HasPrefix(text, []byte("???")) || bytes.HasPrefix(text, []byte("=== "))
}

// endBlock starts a new line of text, unless the text is at a line start.
func (c *collector) endBlock() {
	c.text = bytes.TrimRight(c.text, " \n")
	if len(c.text) > 0 {
		c.text = append(c.text, '\n')
	}
}

func (c *collector) heading(h *ast.Heading) {
	for len(c.outline) > 0 && c.outline[len(c.outline)-1] >= h.Level {
		c.outline = c.outline[:len(c.outline)-1]
	}
	level := min(2+len(c.outline), 6)
	c.outline = append(c.outline, h.Level)
	start := len(c.text)
	c.inlines(h, headingLine)
	c.state.underlined(h, c.src)
	offset := h.Pos()
	if h.Lines().Len() > 0 {
		offset = h.Lines().At(0).Start
	}
	text := c.textFrom(start)
	if text == "" {
		c.state.report(offset, "heading-empty", "the heading has no words", "write its words after the #, or delete the line")
	}
	id, chosen := c.state.ids[h]
	if !chosen {
		id = c.state.slugs.next(text)
	}
	c.index[h] = len(c.headings)
	c.headings = append(c.headings, Heading{Level: level, ID: id, Text: text, Offset: offset})
}

func (c *collector) row(row ast.Node) {
	c.inCell = true
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		c.inlines(cell, tableCell)
		c.text = append(c.text, ' ')
	}
	c.inCell = false
	c.extraCells(row)
}

// onlyImages reports whether a paragraph consists of images only.
func onlyImages(p ast.Node) bool {
	for n := p.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); n.Kind() != ast.KindImage && (!ok || !t.Segment.IsEmpty()) {
			return false
		}
	}
	return true
}

// setDirections lets the browser find the direction of each list and footnote of a
// document with text in both directions; see output.direction.
func (c *collector) setDirections(root ast.Node) {
	if !c.rightToLeft {
		return
	}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.Kind() {
		case ast.KindList:
			n.SetAttributeString("dir", []byte("auto"))
		case extast.KindFootnoteList:
			for f := n.FirstChild(); f != nil; f = f.NextSibling() {
				f.SetAttributeString("dir", []byte("auto"))
			}
		}
	}
}

// firstRightToLeft is the first byte, in UTF-8, of U+0580. No letter before that is
// written from right to left, and no byte of such a letter is as large.
const firstRightToLeft = 0xd6

// hasRightToLeft reports whether a text has a letter for which isRightToLeft is true.
func hasRightToLeft(text string) bool {
	for i := range len(text) {
		if text[i] < firstRightToLeft {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[i:]); isRightToLeft(r) {
			return true
		}
	}
	return false
}

// isRightToLeft reports whether a character is a letter of Arabic, Hebrew or
// another script that is written from right to left.
func isRightToLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// words counts the words of s.
func words(s string) int {
	n, in := 0, false
	for _, r := range s {
		space := r == ' ' || '\t' <= r && r <= '\r' || r > unicode.MaxASCII && unicode.IsSpace(r)
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}
