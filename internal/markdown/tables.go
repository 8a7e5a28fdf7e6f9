// Tables: their limit, and code in their cells.

package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tables limits the cells of all tables to MaxTableCells. Short rows are filled
// up to the number of columns, so a short text can have many cells.
type tables struct{ parser.ParagraphTransformer }

func (t tables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	cells, offset := 0, 0
	lines := node.Lines()
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		if n := columns(line.Value(reader.Source())) * (lines.Len() - i); n > cells {
			cells, offset = n, line.Start
		}
	}
	if cells == 0 {
		return
	}
	s := stateOf(pc)
	if s.cells+cells > MaxTableCells {
		s.exceeded(offset, "markdown-table-cells",
			fmt.Sprintf("the tables have more than %d cells", MaxTableCells), "split the page or link to a spreadsheet")
		return
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
	if next := node.NextSibling(); node.Parent() == nil || next != nil && next.Kind() == extast.KindTable {
		s.cells += cells
	}
}

// columns returns the number of columns of a delimiter row, the second line of a
// table, and 0 if the line is not one.
func columns(line []byte) int {
	line = bytes.TrimSpace(line)
	if len(bytes.Trim(line, "-|: \t")) > 0 {
		return 0
	}
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	return bytes.Count(line, []byte("|")) + 1
}

// cells counts the cells of a line that is a row of a table, 0 if it has no "|".
func cells(line []byte) int {
	line = bytes.TrimSpace(line)
	n := pipes(line)
	if n == 0 {
		return 0
	}
	if line[0] == '|' {
		n--
	}
	if len(line) > 1 && line[len(line)-1] == '|' && line[len(line)-2] != '\\' {
		n--
	}
	return n + 1
}

// pipes counts the "|" that are not escaped.
func pipes(line []byte) int {
	n := 0
	for i, b := range line {
		if b == '|' && (i == 0 || line[i-1] != '\\') {
			n++
		}
	}
	return n
}

// swallowed reports a line of text that is a row because it is right below the
// table.
func (c *collector) swallowed(row ast.Node) {
	first := row.FirstChild()
	if row.ChildCount() < 2 || first.Lines() == nil || first.Lines().Len() == 0 {
		return
	}
	at := first.Lines().At(0).Start
	start := bytes.LastIndexByte(c.src[:at], '\n') + 1
	if line, _, _ := bytes.Cut(c.src[start:], []byte("\n")); pipes(line) == 0 {
		c.state.reportAs(Warning, at, "table-cells", "this line is shown as a row of the table above it", "write a blank line above it; if it is a row, | at its end")
	}
}

// extraCells reports a row with more cells than the table has columns. goldmark
// leaves out the rest.
func (c *collector) extraCells(row ast.Node) {
	last := row.LastChild()
	if last == nil || last.Lines() == nil || last.Lines().Len() == 0 {
		return
	}
	at := last.Lines().At(0).Stop
	rest, _, _ := bytes.Cut(c.src[at:], []byte("\n"))
	end := bytes.IndexByte(rest, '|')
	if end < 0 || len(bytes.Trim(rest[end:], "| \t\r")) == 0 {
		return
	}
	start := at + end + 1 + len(rest[end+1:]) - len(bytes.TrimLeft(rest[end+1:], " \t|"))
	c.state.reportAs(Warning, start, "table-cells", fmt.Sprintf("the row has more cells than the table has columns (%d), so this is not shown", row.ChildCount()),
		"add a heading for it, or delete it; for the character itself type \\|")
}

// cellCode removes the backslash of "\|" from code in table cells; other escapes
// in code stay. goldmark's own transformer takes quadratic time: it compares each
// such cell with all others.
type cellCode struct{}

func (cellCode) Transform(root *ast.Document, reader text.Reader, pc parser.Context) {
	if stateOf(pc).cells == 0 {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case extast.KindTableCell:
			if entering {
				unescapePipes(n, reader.Source())
			}
			return ast.WalkSkipChildren, nil
		case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

func unescapePipes(cell ast.Node, source []byte) {
	_ = ast.Walk(cell, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Kind() != ast.KindCodeSpan {
			return ast.WalkContinue, nil
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			t := c.(*ast.Text)
			at := bytes.Index(t.Segment.Value(source), []byte(`\|`))
			if at < 0 {
				continue
			}
			at += t.Segment.Start
			rest := ast.NewRawTextSegment(t.Segment.WithStart(at + 1))
			t.Segment = t.Segment.WithStop(at)
			n.InsertAfter(n, c, rest)
		}
		return ast.WalkSkipChildren, nil
	})
}
