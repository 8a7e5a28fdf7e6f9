// Text, links and images of one block.

package markdown

import (
	"bytes"
	"fmt"
	"html"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	htmlr "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"
)

// inside says what an inline node is part of.
type inside uint8

const (
	insideLink inside = 1 << iota
	insideImage
)

// inlines collects from the inline nodes inside a block, and reports its markup
// that prints as text.
func (c *collector) inlines(block ast.Node, kind blockKind) {
	c.printed.begin(block.Lines())
	reported := len(c.state.problems)
	c.inlinesDeep(block, 0, 1)
	c.leftovers(kind, reported)
}

func (c *collector) inlinesDeep(n ast.Node, in inside, depth int) {
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		switch i := i.(type) {
		case *ast.Text:
			c.words(i, in)
		case *ast.String:
			c.text = append(c.text, i.Value...)
			c.printed.typographic(i, c.src)
		case *ast.CodeSpan:
			c.code(i)
		case *ast.Link:
			c.hyperlink(i, in, depth)
		case *ast.Image:
			c.image(i, in, depth)
		case *ast.AutoLink:
			c.autoLink(i, in)
		case *ast.RawHTML:
			c.tag(i)
		default:
			if depth == MaxNesting {
				c.state.exceeded(i.Pos(), "markdown-nesting",
					fmt.Sprintf("emphasis is nested more than %d deep", MaxNesting), "nest less deeply")
			}
			c.inlinesDeep(i, in, depth+1)
		}
	}
}

func (c *collector) words(t *ast.Text, in inside) {
	value := t.Segment.Value(c.src)
	if in&insideImage == 0 {
		c.printed.text(t.Segment.Start, value)
	}
	if t.IsRaw() {
		c.text = append(c.text, value...)
	} else {
		c.text = append(c.text, c.resolved(value)...)
	}
	if t.HardLineBreak() || t.SoftLineBreak() && !joinsLines(t, c.src) {
		c.text = append(c.text, ' ')
	}
}

// joinsLines reports whether a line ends between East Asian characters. The
// HTML leaves out such line ends, because these scripts have no spaces.
func joinsLines(t *ast.Text, src []byte) bool {
	next, ok := t.NextSibling().(*ast.Text)
	if !ok {
		return false
	}
	last, _ := utf8.DecodeLastRune(t.Segment.Value(src))
	first, _ := utf8.DecodeRune(next.Segment.Value(src))
	return util.IsEastAsianWideRune(last) && util.IsEastAsianWideRune(first)
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
	c.links[at].Text = c.textFrom(start)
	if c.links[at].Text == "" && (n.FirstChild() == nil || n.FirstChild().Kind() != ast.KindImage) {
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
		c.links[at].Text = c.textFrom(start)
	}
	empty := c.textFrom(start) == ""
	if accepted && c.inFigure {
		c.text = append(append(c.text, '\n'), typeset(c.links[at].Title)...)
	}
	if empty {
		c.state.report(n.Pos(), "image-alt", "the image has no alternative text", "say between [ and ] what it shows, for readers who cannot see it")
	}
}

func (c *collector) autoLink(n *ast.AutoLink, in inside) {
	start := len(c.text)
	label := n.Label(c.src)
	c.text = append(c.text, label...)
	c.printed.address(c.offset(label, n), len(label))
	if in != 0 {
		return // a link cannot contain another
	}
	dest := string(n.URL(c.src))
	if n.AutoLinkType == ast.AutoLinkEmail && schemeOf(dest) != "mailto" {
		dest = "mailto:" + dest
	}
	c.offer(n, Link{Kind: Hyperlink, Destination: dest, Text: c.textFrom(start), Offset: c.offset(label, n)})
}

// accept adds the link if its address is on the allow-list, and reports it if not.
func (c *collector) accept(kind LinkKind, n ast.Node, dest, title []byte, ref *ast.ReferenceLink) bool {
	offset := c.offset(dest, n)
	if ref != nil {
		c.cited[util.ToLinkReference(ref.Value)] = true
		// A long definition with many short references would make the output
		// grow without bound.
		if c.expanded += len(dest) + len(title); c.expanded > 100_000+len(c.src) {
			c.state.exceeded(n.Pos(), "markdown-references", "references to long addresses are too many", "shorten the addresses")
			return false
		}
	}
	destination := string(c.resolved(dest))
	if schemeOf(destination) == "" {
		destination = norm.NFC.String(destination) // heading ids and names of files are compared in this form
	}
	return c.offer(n, Link{
		Kind: kind, Destination: destination, Title: string(c.resolved(title)), Offset: offset,
	})
}

func (c *collector) offer(n ast.Node, l Link) bool {
	if r := check(l.Kind, l.Destination); r != nil {
		c.state.report(l.Offset, r.code, r.message, r.hint)
		return false
	}
	if d := doubt(l.Destination); d != nil {
		c.state.reportAs(Warning, l.Offset, d.code, d.message, d.hint)
	}
	if len(c.links) >= MaxLinks {
		c.state.exceeded(l.Offset, "markdown-links", fmt.Sprintf("there are more than %d links and images", MaxLinks), "split the page")
		return false
	}
	c.index[n] = len(c.links)
	c.links = append(c.links, l)
	return true
}

// offset returns the offset of part in the source. goldmark does not keep the
// offset of a destination, but the destination is a subslice of the source, so
// its capacity gives the offset. For a part that was copied, offset returns
// that of n.
func (c *collector) offset(part []byte, n ast.Node) int {
	at := cap(c.src) - cap(part)
	if len(part) > 0 && at >= 0 && at+len(part) <= len(c.src) && bytes.Equal(c.src[at:at+len(part)], part) {
		return at
	}
	return max(0, n.Pos())
}
