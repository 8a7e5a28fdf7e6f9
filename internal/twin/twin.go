// Package twin converts an HTML page to Markdown, for programs that read it and
// for people who copy from it.
//
// Its input is the bytes of a page and its address. Its output, the twin, is the
// content of the page's <main> element, or the whole page if its theme has none,
// without what only a browser needs: navigation, forms, buttons, drawings and what is
// hidden from screen readers.
// The package does not depend on kinds of pages, so that the pages of any theme
// have twins. No text of a page becomes markup or HTML in its twin.
package twin

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Writer makes twins. It is safe for concurrent use.
type Writer struct{ converter *converter.Converter }

// New returns a writer.
func New() *Writer {
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
		strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin(table.WithNewlineBehavior(table.NewlineBehaviorPreserve)),
	))
	for tag, mark := range map[string]string{"sub": "~", "sup": "^"} {
		c.Register.RendererFor(tag, converter.TagTypeInline, func(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
			if find(n, atom.A) != nil { // the mark of a footnote
				return converter.RenderTryNext
			}
			_, _ = w.WriteString(mark)
			ctx.RenderChildNodes(ctx, w, n)
			_, _ = w.WriteString(mark)
			return converter.RenderSuccess
		}, converter.PriorityEarly)
	}
	c.Register.RendererFor("dt", converter.TagTypeBlock, renderTerm, converter.PriorityEarly)
	return &Writer{c}
}

// renderTerm writes the term of a definition list in bold, on a line of its own.
func renderTerm(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	var text bytes.Buffer
	ctx.RenderChildNodes(ctx, &text, n)
	fmt.Fprintf(w, "\n\n**%s**\n\n", bytes.TrimSpace(text.Bytes()))
	return converter.RenderSuccess
}

// Of returns the twin of a page. If the address of the page is known, the links
// of the twin are absolute; otherwise they are relative to the page.
func (w *Writer) Of(page []byte, address string) ([]byte, error) {
	doc, err := html.Parse(bytes.NewReader(mainOf(page)))
	if err != nil {
		return nil, err
	}
	main := cmp.Or(find(doc, atom.Main), find(doc, atom.Body), doc)
	root, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	prepare(main, root)
	text, err := w.converter.ConvertNode(main)
	if err != nil {
		return nil, err
	}
	return append(bytes.TrimSpace(text), '\n'), nil
}

// mainOf returns the <main> element of a page, or the whole page if it has none.
func mainOf(page []byte) []byte {
	from, to := bytes.Index(page, []byte("<main")), bytes.LastIndex(page, []byte("</main>"))
	if from < 0 || to < from {
		return page
	}
	return page[from:to]
}

// find returns the first element of the kind, or nil.
func find(n *html.Node, kind atom.Atom) *html.Node {
	if n.DataAtom == kind {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := find(c, kind); found != nil {
			return found
		}
	}
	return nil
}

// prepare removes what only a browser needs, and makes addresses absolute.
func prepare(n *html.Node, root *url.URL) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if isForBrowsers(c) {
			n.RemoveChild(c)
		} else {
			prepare(c, root)
		}
		c = next
	}
	if n.Type == html.TextNode && n.Parent.DataAtom == atom.Code && isInCell(n) {
		n.Data = strings.ReplaceAll(n.Data, "|", `\|`) // the converter escapes it outside code only
	}
	for i, a := range n.Attr {
		if root.Host != "" && (a.Key == "href" || a.Key == "src") {
			if to, err := root.Parse(a.Val); err == nil {
				n.Attr[i].Val = to.String()
			}
		}
	}
}

func isInCell(n *html.Node) bool {
	for p := range n.Ancestors() {
		if p.DataAtom == atom.Td || p.DataAtom == atom.Th {
			return true
		}
	}
	return false
}

func isForBrowsers(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Form, atom.Button, atom.Script, atom.Style, atom.Svg, atom.Template, atom.Input, atom.Select, atom.Textarea:
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "aria-hidden" && strings.EqualFold(a.Val, "true") {
			return true
		}
	}
	return n.Type == html.CommentNode
}
