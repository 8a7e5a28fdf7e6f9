// One walk over the parsed body that collects everything a Document holds except
// its HTML.

package markdown

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	htmlr "github.com/yuin/goldmark/renderer/html"
)

// collector collects the text, headings, links and problems of a body, and
// decides which links and images are accepted.
type collector struct {
	src   []byte
	state *state

	text     []byte
	headings []heading
	links    []link
	index    map[ast.Node]int // accepted link or image → its index in links; heading → in headings; table → in labels
	labels   []span           // the text of the header cells of each table
	first    span             // the first paragraph
	outline  []int            // source levels of the headings that contain the current position
	ids      slugs
	expanded int // bytes of addresses and titles of links by reference
	openTags int // raw HTML start tags without their end tag so far
	scratch  output
}

// span is a part of the text. It is cut out when the text is complete.
type span struct{ start, end int }

type heading struct {
	Heading
	span
}

type link struct {
	Link
	span
}

func newCollector(src []byte, st *state) *collector {
	return &collector{src: src, state: st, text: make([]byte, 0, len(src)), index: map[ast.Node]int{}, ids: slugs{}}
}

// document returns the collected document, without its HTML.
func (c *collector) document() *Document {
	text := strings.TrimRight(string(c.text), "\n ")
	cut := func(s span) string {
		return strings.TrimSpace(text[min(s.start, len(text)):min(s.end, len(text))])
	}
	d := &Document{Text: text, FirstParagraph: cut(c.first), Words: words(text)}
	if len(c.headings) > 0 {
		d.Headings = make([]Heading, len(c.headings))
	}
	for i, h := range c.headings {
		d.Headings[i] = h.Heading
		d.Headings[i].Text = cut(h.span)
	}
	if len(c.links) > 0 {
		d.Links = make([]Link, len(c.links))
	}
	for i, l := range c.links {
		d.Links[i] = l.Link
		d.Links[i].Text = cut(l.span)
	}
	return d
}

// blocks collects from the blocks inside n.
func (c *collector) blocks(n ast.Node) {
	for b := n.FirstChild(); b != nil; b = b.NextSibling() {
		start := len(c.text)
		switch b := b.(type) {
		case *ast.Heading:
			c.heading(b)
		case *ast.Paragraph:
			c.inlines(b, 0)
			if n.Kind() == ast.KindDocument && c.first == (span{}) && !onlyImages(b) {
				c.first = span{start, len(c.text)}
			}
		case *ast.TextBlock:
			c.inlines(b, 0)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			for i := range b.Lines().Len() {
				line := b.Lines().At(i)
				c.text = append(c.text, line.Value(c.src)...)
			}
		case *ast.HTMLBlock:
			c.rawHTML(visibleHTML(rawBlock(b, c.src)), b.Lines().At(0).Start)
		case *extast.TableHeader:
			c.row(b)
			c.index[n] = len(c.labels)
			c.labels = append(c.labels, span{start, len(c.text)})
		case *extast.TableRow:
			c.row(b)
		case *ast.LinkReferenceDefinition:
		default:
			c.blocks(b)
		}
		c.endBlock()
	}
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
	c.inlines(h, 0)
	offset := h.Pos()
	if h.Lines().Len() > 0 {
		offset = h.Lines().At(0).Start
	}
	id := c.ids.next(strings.TrimSpace(string(c.text[start:])))
	c.index[h] = len(c.headings)
	c.headings = append(c.headings, heading{Heading{Level: level, ID: id, Offset: offset}, span{start, len(c.text)}})
}

func (c *collector) row(row ast.Node) {
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		c.inlines(cell, 0)
		c.text = append(c.text, ' ')
	}
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

// inside says what an inline node is part of.
type inside uint8

const (
	insideLink inside = 1 << iota
	insideImage
)

// inlines collects from the inline nodes inside n.
func (c *collector) inlines(n ast.Node, in inside) {
	c.inlinesDeep(n, in, 1)
}

func (c *collector) inlinesDeep(n ast.Node, in inside, depth int) {
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		switch i := i.(type) {
		case *ast.Text:
			c.words(i)
		case *ast.String:
			c.text = append(c.text, i.Value...)
		case *ast.CodeSpan:
			c.code(i)
		case *ast.Link:
			c.hyperlink(i, in, depth)
		case *ast.Image:
			c.image(i, in, depth)
		case *ast.AutoLink:
			c.autoLink(i, in)
		case *ast.RawHTML:
			c.rawHTML(visibleHTML(rawInline(i, c.src)), i.Segments.At(0).Start)
		default:
			if depth == MaxNesting {
				c.state.exceeded(i.Pos(), "markdown-nesting",
					fmt.Sprintf("emphasis is nested more than %d deep", MaxNesting), "nest less deeply")
			}
			c.inlinesDeep(i, in, depth+1)
		}
	}
}

func (c *collector) words(t *ast.Text) {
	value := t.Segment.Value(c.src)
	c.noLinks(t)
	if t.IsRaw() {
		c.text = append(c.text, value...)
	} else {
		c.text = append(c.text, c.resolved(value)...)
	}
	if t.SoftLineBreak() || t.HardLineBreak() {
		c.text = append(c.text, ' ')
	}
}

// resolved returns Markdown text with escapes and entities resolved.
func (c *collector) resolved(value []byte) []byte {
	if !bytes.ContainsAny(value, "\\&\x00") {
		return value
	}
	// goldmark has no exported function that resolves without escaping for HTML.
	c.scratch.html = c.scratch.html[:0]
	htmlr.DefaultWriter.Write(&c.scratch, value)
	return []byte(html.UnescapeString(string(c.scratch.html)))
}

func (c *collector) code(n ast.Node) {
	for t := n.FirstChild(); t != nil; t = t.NextSibling() {
		start := len(c.text)
		c.text = append(c.text, t.(*ast.Text).Segment.Value(c.src)...)
		if end := len(c.text); end > start && c.text[end-1] == '\n' {
			c.text[end-1] = ' '
		}
	}
}

func (c *collector) hyperlink(n *ast.Link, in inside, depth int) {
	start := len(c.text)
	accepted := in&insideImage == 0 && c.accept(Hyperlink, n, n.Destination, n.Title, n.Reference)
	at := len(c.links) - 1
	c.inlinesDeep(n, in|insideLink, depth+1)
	if !accepted {
		return
	}
	c.links[at].span = span{start, len(c.text)}
	if len(bytes.TrimSpace(c.text[start:])) == 0 && (n.FirstChild() == nil || n.FirstChild().Kind() != ast.KindImage) {
		c.state.report(n.Pos(), "link-text", "the link has no text, so nobody can see or hear it", "write the text between [ and ]")
	}
}

func (c *collector) image(n *ast.Image, in inside, depth int) {
	start := len(c.text)
	accepted := in&insideImage == 0 && c.accept(Image, n, n.Destination, n.Title, n.Reference)
	at := len(c.links) - 1
	if accepted {
		in |= insideImage // the alternative text is an attribute, which cannot contain links
	}
	c.inlinesDeep(n, in, depth+1)
	if accepted {
		c.links[at].span = span{start, len(c.text)}
	}
	if len(bytes.TrimSpace(c.text[start:])) == 0 {
		c.state.report(n.Pos(), "image-alt", "the image has no alternative text", "say between [ and ] what it shows, for readers who cannot see it")
	}
}

func (c *collector) autoLink(n *ast.AutoLink, in inside) {
	start := len(c.text)
	label := n.Label(c.src)
	c.text = append(c.text, label...)
	if in != 0 {
		return // a link cannot contain another
	}
	dest := string(n.URL(c.src))
	if n.AutoLinkType == ast.AutoLinkEmail && schemeOf(dest) != "mailto" {
		dest = "mailto:" + dest
	}
	c.offer(n, Link{Kind: Hyperlink, Destination: dest, Offset: c.offset(label, n)}, start)
}

// accept adds the link if its address is on the allow-list, and reports it if not.
func (c *collector) accept(kind LinkKind, n ast.Node, dest, title []byte, ref *ast.ReferenceLink) bool {
	offset := c.offset(dest, n)
	if ref != nil {
		// One long definition and many short references make an unbounded output.
		if c.expanded += len(dest) + len(title); c.expanded > 100_000+len(c.src) {
			c.state.exceeded(n.Pos(), "markdown-references", "references to long addresses are too many", "shorten the addresses")
			return false
		}
	}
	return c.offer(n, Link{
		Kind: kind, Destination: string(c.resolved(dest)), Title: string(c.resolved(title)), Offset: offset,
	}, len(c.text))
}

func (c *collector) offer(n ast.Node, l Link, start int) bool {
	if r := check(l.Kind, l.Destination); r != nil {
		c.state.report(l.Offset, r.code, r.message, r.hint)
		return false
	}
	if len(c.links) >= MaxLinks {
		c.state.exceeded(l.Offset, "markdown-links", fmt.Sprintf("there are more than %d links and images", MaxLinks), "split the page")
		return false
	}
	c.index[n] = len(c.links)
	c.links = append(c.links, link{l, span{start, len(c.text)}})
	return true
}

// offset returns the offset of part in the source. goldmark does not keep the
// offset of a destination, but the destination is a subslice of the source, so
// its capacity gives the offset. For a part that was copied, it is that of n.
func (c *collector) offset(part []byte, n ast.Node) int {
	at := cap(c.src) - cap(part)
	if len(part) > 0 && at >= 0 && at+len(part) <= len(c.src) && bytes.Equal(c.src[at:at+len(part)], part) {
		return at
	}
	return max(0, n.Pos())
}

// rawHTML collects raw HTML, which is shown as text. A start tag is reported; its
// end tag is not reported again.
func (c *collector) rawHTML(visible []byte, offset int) {
	c.text = append(c.text, visible...)
	switch {
	case len(visible) == 0:
	case bytes.HasPrefix(visible, []byte("</")) && c.openTags > 0:
		c.openTags--
	case bytes.HasPrefix(visible, commentOpen):
		c.state.report(offset, "raw-html", "the comment is never closed, so it is shown", "write --> at its end")
	case visible[0] != '<':
		c.state.report(offset, "raw-html", "text on the last line of a comment is not read as Markdown", "begin it on a line of its own")
	default:
		c.openTags++
		tag, _, _ := bytes.Cut(visible, []byte("\n"))
		c.state.report(offset, "raw-html", fmt.Sprintf("%q is HTML, which is shown as text", shorten(string(tag))), "write Markdown; HTML is shown as text")
	}
}

// words counts the words of s.
func words(s string) int {
	n, in := 0, false
	for _, r := range s {
		space := unicode.IsSpace(r)
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

// label returns the text of the header cells of a table.
func (c *collector) label(table ast.Node) string {
	s := c.labels[c.index[table]]
	return strings.Join(strings.Fields(string(c.text[s.start:min(s.end, len(c.text))])), " ")
}
