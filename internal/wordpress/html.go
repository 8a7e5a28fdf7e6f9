// From HTML to Markdown. Elements that the converter does not know are changed
// first.

package wordpress

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/JohannesKaufmann/dom"
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// convert sets the Markdown of a text from its HTML.
func (t *Text) convert(source string, notes []*footnote, local func(string) string) error {
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	t.paragraphs(body)
	t.adapt(body)
	t.markFootnotes(body, notes)
	for n := range body.Descendants() {
		if local != nil && n.DataAtom == atom.Img {
			setAttr(n, "src", local(attr(n, "src")))
		}
	}
	markdown, err := newConverter().ConvertNode(body)
	if err != nil {
		return err
	}
	texts, err := t.footnoteTexts(notes)
	t.Markdown = strings.TrimSpace(string(markdown)) + "\n" + texts
	return err
}

// newConverter returns a converter that writes the Markdown that Casebook
// reads.
func newConverter() *converter.Converter {
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false), commonmark.WithLinkEmptyHrefBehavior(commonmark.LinkBehaviorSkip), commonmark.WithLinkEmptyContentBehavior(commonmark.LinkBehaviorSkip),
			commonmark.WithHorizontalRule("---")),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithNewlineBehavior(table.NewlineBehaviorPreserve), table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal)),
	))
	for tag, mark := range map[string]string{"sub": "~", "sup": "^"} {
		c.Register.RendererFor(tag, converter.TagTypeInline, func(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
			text := dom.CollectText(n)
			if !scriptText.MatchString(text) {
				return converter.RenderTryNext
			}
			_, _ = w.WriteString(mark + text + mark)
			return converter.RenderSuccess
		}, converter.PriorityEarly)
	}
	c.Register.RendererFor(footnoteMark, converter.TagTypeInline, func(_ converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
		_, _ = w.WriteString("[^" + attr(n, "number") + "]")
		return converter.RenderSuccess
	}, converter.PriorityEarly)
	c.Register.RendererFor(headingMark, converter.TagTypeInline, func(_ converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
		if id := attr(n, "id"); headingID.MatchString(id) {
			_, _ = w.WriteString(" {#" + id + "}")
		}
		return converter.RenderSuccess
	}, converter.PriorityEarly)
	// "^" begins a superscript. To find out whether "[" begins a link, the
	// converter would search the whole text for each one.
	c.Register.EscapedChar('^')
	c.Register.UnEscaper(func(text []byte, at int) int {
		if text[at] == '^' || text[at] == '[' {
			return 1
		}
		return -1
	}, converter.PriorityEarly)
	return c
}

// headingMark is an element that is written as the id of the heading around it.
const headingMark = "heading-id"

var headingID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,60}$`)

// scriptText matches the text that a subscript or superscript may have in
// Markdown.
var scriptText = regexp.MustCompile(`^[\pL\pN+-]{1,20}$`)

// blocks are elements that are separate from the text around them.
var blocks = []atom.Atom{
	atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Dd, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
	atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Iframe, atom.Li, atom.Main, atom.Nav, atom.Ol,
	atom.P, atom.Pre, atom.Script, atom.Section, atom.Style, atom.Summary, atom.Table, atom.Ul, atom.Video, atom.Audio,
}

// paragraphs puts text that is directly in the body or in a block into
// paragraphs. The older editor stores an empty line between paragraphs, and a
// line end for a line break.
func (t *Text) paragraphs(parent *html.Node) {
	var p *html.Node // the paragraph that is being filled
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		switch {
		case n.Type == html.ElementNode && slices.Contains(blocks, n.DataAtom):
			if p = nil; slices.Contains([]atom.Atom{atom.Blockquote, atom.Div, atom.Section, atom.Article, atom.Aside, atom.Center}, n.DataAtom) {
				t.paragraphs(n)
			}
		case n.Type == html.TextNode:
			p = t.divide(parent, n, p)
		default:
			if p == nil {
				p = newElement(atom.P)
				parent.InsertBefore(p, n)
			}
			parent.RemoveChild(n)
			p.AppendChild(n)
		}
		n = next
	}
}

var emptyLines = regexp.MustCompile(`\n[ \t\x{a0}]*\n\s*`)

// divide moves a text into paragraphs, the first part into p unless p is nil.
// It returns the paragraph to which the following text belongs.
func (t *Text) divide(parent, n, p *html.Node) *html.Node {
	parts := emptyLines.Split(n.Data, -1)
	for i, part := range parts {
		if i > 0 {
			p = nil
		}
		if strings.TrimSpace(part) == "" && p == nil {
			continue
		}
		if p == nil {
			p = newElement(atom.P)
			parent.InsertBefore(p, n)
		}
		for j, line := range strings.Split(part, "\n") {
			if isBreak := p.LastChild != nil && p.LastChild.DataAtom == atom.Br; j > 0 && !t.hasBlocks && !isBreak && p.FirstChild != nil && strings.TrimSpace(line) != "" {
				p.AppendChild(newElement(atom.Br))
			} else if j > 0 {
				line = "\n" + line
			}
			if line != "" {
				p.AppendChild(&html.Node{Type: html.TextNode, Data: line})
			}
		}
	}
	parent.RemoveChild(n)
	return p
}

// adapt changes elements that the converter does not know, or that it would
// convert with a loss.
func (t *Text) adapt(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.ElementNode {
			t.adapt(child)
			t.adaptElement(child)
		}
		child = next
	}
}

func (t *Text) adaptElement(n *html.Node) {
	switch n.DataAtom {
	case atom.Figure:
		adaptFigure(n)
	case atom.A:
		adaptLink(n)
	case atom.Iframe, atom.Video, atom.Audio:
		address := sourceOf(n)
		if strings.HasPrefix(address, "//") {
			address = "https:" + address
		}
		if address == "" {
			return
		}
		t.Count["recording or embedded page"]++
		dom.ReplaceNode(n, newElement(atom.P, linkTo(address)))
	case atom.Dt, atom.Summary:
		dom.WrapNode(n, newElement(atom.P))
		rename(n, atom.Strong)
	case atom.Dd, atom.Figcaption:
		rename(n, atom.P)
	case atom.Dl, atom.Details, atom.Center:
		rename(n, atom.Div)
	case atom.Abbr, atom.Acronym:
		if title := attr(n, "title"); title != "" && title != dom.CollectText(n) {
			n.AppendChild(&html.Node{Type: html.TextNode, Data: " (" + title + ")"})
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if id := attr(n, "id"); headingID.MatchString(id) {
			mark := &html.Node{Type: html.ElementNode, Data: headingMark}
			setAttr(mark, "id", id)
			n.AppendChild(mark)
		}
	case atom.Img:
		switch class := " " + attr(n, "class") + " "; {
		case attr(n, "alt") != "" && (strings.Contains(class, " emoji ") || strings.Contains(class, " wp-smiley ")):
			dom.ReplaceNode(n, &html.Node{Type: html.TextNode, Data: attr(n, "alt")})
		case strings.HasPrefix(attr(n, "src"), "data:"):
			setAttr(n, "src", cmp.Or(attr(n, "data-src"), attr(n, "data-lazy-src"), attr(n, "data-orig-file")))
		}
	}
}

// adaptFigure makes the caption of a picture its title, which is the caption in
// Markdown.
func adaptFigure(n *html.Node) {
	picture := dom.FindFirstNode(n, isA(atom.Img))
	switch {
	case picture == nil || dom.ContainsNode(n, isA(atom.Figure, atom.Table)):
		return
	case len(dom.FindAllNodes(n, isA(atom.Img))) > 1:
		return
	case dom.ContainsNode(n, func(e *html.Node) bool { return e.DataAtom == atom.A && !leadsToPicture(e) && dom.CollectText(e) != "" }):
		return // the caption contains a link, which a title cannot have
	}
	caption := cmp.Or(strings.Join(strings.Fields(dom.CollectText(n)), " "), attr(n, "title"))
	dom.RemoveNode(picture)
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	if caption != "" {
		setAttr(picture, "title", caption)
	}
	n.AppendChild(newElement(atom.P, picture))
	rename(n, atom.Div)
}

// adaptLink removes the link from a picture to a larger copy of the same
// picture.
func adaptLink(n *html.Node) {
	if leadsToPicture(n) && strings.TrimSpace(dom.CollectText(n)) == "" && dom.ContainsNode(n, isA(atom.Img)) {
		dom.UnwrapNode(n)
	}
}

var pictureName = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?.*)?$`)

func leadsToPicture(n *html.Node) bool { return pictureName.MatchString(attr(n, "href")) }

// sourceOf returns the address of a recording or an embedded page.
func sourceOf(n *html.Node) string {
	address := cmp.Or(attr(n, "src"), attr(n, "data-src"))
	if source := dom.FindFirstNode(n, isA(atom.Source)); address == "" && source != nil {
		address = attr(source, "src")
	}
	return strings.TrimSpace(address)
}

func linkTo(address string) *html.Node {
	a := newElement(atom.A, &html.Node{Type: html.TextNode, Data: html.UnescapeString(nameOf(address))})
	setAttr(a, "href", address)
	return a
}

func newElement(name atom.Atom, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: name, Data: name.String()}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

// isA returns a function that reports whether a node is an element with one of the names.
func isA(names ...atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(names, n.DataAtom) }
}

func rename(n *html.Node, name atom.Atom) { n.DataAtom, n.Data = name, name.String() }

func attr(n *html.Node, key string) string { return dom.GetAttributeOr(n, key, "") }

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}
