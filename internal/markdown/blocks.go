// Blocks that do not mean what their author intends: code without an end, and
// text that is a heading because of the line below it.

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// fences reports code that is not ended by a line of ```, so that it contains
// the rest of the page.
type fences struct{ parser.BlockParser }

// Continue implements parser.BlockParser. goldmark ends the code here only at a
// line of ```.
func (f fences) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	next := f.BlockParser.Continue(node, reader, pc)
	if next == parser.Close {
		stateOf(pc).fenced = node
	}
	return next
}

// Close implements parser.BlockParser.
func (f fences) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	f.BlockParser.Close(node, reader, pc)
	s := stateOf(pc)
	if s.fenced == node {
		return
	}
	at := max(0, node.Pos())
	fence := "```"
	if bytes.HasPrefix(bytes.TrimLeft(reader.Source()[at:], " "), []byte("~")) {
		fence = "~~~"
	}
	s.reportAs(Warning, at, "code-open", "the code that begins here has no end, so everything below it is shown as code",
		"write "+fence+" on a line of its own where the code ends, or delete this line")
}

// underlined reports text that is a heading only because the line below it is
// "---", which is also the line between two paragraphs. A line below a heading is
// usually as long as the heading.
func (s *state) underlined(h ast.Node, src []byte) {
	lines := h.Lines()
	if s.merge || lines.Len() == 0 {
		return
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	words := bytes.TrimSpace(last.Value(src))
	hint := "for a line between paragraphs leave a blank line above it"
	if lines.Len() == 1 {
		hint += `; for a heading write "## ` + shorten(string(words)) + `" and delete the line`
	}
	_, below, _ := bytes.Cut(src[last.Start:], []byte("\n"))
	line, _, _ := bytes.Cut(below, []byte("\n"))
	line = bytes.TrimSpace(bytes.TrimLeft(line, " \t>"))
	if len(line) == 0 || len(bytes.Trim(line, "-=")) > 0 {
		return // a heading that begins with #
	}
	short := line[0] == '-' && len(line) <= 3
	if !short && lines.Len() == 1 && !bytes.HasSuffix(words, []byte(".")) {
		return
	}
	s.reportAs(Warning, first.Start, "heading-line", "this text is a heading, because the line "+shorten(string(line))+" is directly below it",
		hint)
}
