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

// visibleHTML returns what a reader is shown of raw HTML: all of it, as text,
// but for a comment at its start. Authors leave each other notes in comments.
// One that is never closed is no comment, or it would swallow the page.
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

// rawBlock joins the lines of an HTML block.
func rawBlock(n *ast.HTMLBlock, src []byte) []byte {
	raw := n.Lines().Value(src)
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(src)...)
	}
	return raw
}

// rawInline joins the segments of an HTML tag or comment in a paragraph.
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
