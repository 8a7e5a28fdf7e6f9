// Raw HTML, which is shown as text, and HTML comments, which are not shown.

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

var (
	commentOpen  = []byte("<!--")
	commentClose = []byte("-->")
)

// visibleHTML returns the part of raw HTML that is shown, which is everything
// after the comments at its start. A comment that is never closed is shown, so
// that it does not hide the rest of the page.
func visibleHTML(raw []byte) []byte {
	rest := raw
	for {
		rest = bytes.TrimSpace(rest)
		if !bytes.HasPrefix(rest, commentOpen) {
			return rest
		}
		body := rest[len(commentOpen):]
		switch {
		case bytes.HasPrefix(body, []byte(">")): // <!--> and <!---> are whole comments
			rest = body[1:]
		case bytes.HasPrefix(body, []byte("->")):
			rest = body[2:]
		default:
			_, after, closed := bytes.Cut(body, commentClose)
			if !closed {
				return rest
			}
			rest = after
		}
	}
}

// rawBlock returns the source of an HTML block.
func rawBlock(n *ast.HTMLBlock, src []byte) []byte {
	raw := n.Lines().Value(src)
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(src)...)
	}
	return raw
}

// rawInline returns the source of an HTML tag or comment in a paragraph.
func rawInline(n *ast.RawHTML, src []byte) []byte {
	return joined(n.Segments, src)
}

func joined(s *text.Segments, src []byte) []byte {
	if s.Len() == 1 {
		first := s.At(0)
		return first.Value(src)
	}
	return s.Value(src)
}
