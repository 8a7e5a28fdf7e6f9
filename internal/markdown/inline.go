// Guards around inline parsers that take more than linear time, and transformers
// of the parsed inline nodes.

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// metered stops a parser of brackets, emphasis or tags when the document has used
// up its work for marks. To resolve one mark, goldmark may walk over everything
// before it in its block, so a mark costs the length of its block.
type metered struct{ parser.InlineParser }

func (m metered) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	lines := parent.Lines()
	s.marks -= 1 + (lines.At(lines.Len()-1).Stop-lines.At(0).Start)/32
	if s.marks < 0 {
		_, pos := block.Position()
		s.exceeded(pos.Start, "markdown-marks", "there are too many brackets, emphasis marks or tags in long paragraphs",
			"split the paragraphs, or put \\ before marks that are meant as text")
		return nil
	}
	return m.InlineParser.Parse(parent, block, pc)
}

// CloseBlock implements parser.CloseBlocker.
func (m metered) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := m.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// footnoteMarks limits footnote references to MaxFootnotes and reports references
// to footnotes that do not exist.
type footnoteMarks struct{ metered }

func (f footnoteMarks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	mark := bytes.TrimPrefix(line, []byte("!"))
	if !bytes.HasPrefix(mark, []byte("[^")) {
		return nil
	}
	s := stateOf(pc)
	if s.references >= MaxFootnotes {
		s.footnotesExceeded(segment.Start)
		return nil
	}
	node := f.metered.Parse(parent, block, pc)
	if node != nil {
		s.references++
		return node
	}
	if end := bytes.IndexAny(mark[2:min(len(mark), 100)], "[] \t\n"); end > 0 && mark[2+end] == ']' {
		s.report(segment.Start, "footnote-undefined", "there is no footnote \""+string(mark[2:2+end])+"\"",
			"define it on a line of its own: "+string(mark[:2+end+1])+": text; or write \\[ for a bracket")
	}
	return nil
}

// shortRuns shows a run of the same character as text if it is longer than
// longest. goldmark measures the run again at each of its characters, which takes
// quadratic time, and shows longer runs of "~" as text anyway.
type shortRuns struct {
	parser.InlineParser
	longest int
}

func (r shortRuns) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	run := 1
	if c := line[0]; c == '~' || c == '\'' || c == '"' {
		run = runLength(line)
	}
	if run <= r.longest {
		return r.InlineParser.Parse(parent, block, pc)
	}
	block.Advance(run)
	return ast.NewTextSegment(segment.WithStop(segment.Start + run))
}

func runLength(line []byte) int {
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	return n
}

// backticks are the runs of backticks of one block.
type backticks struct {
	block ast.Node
	last  map[int]int // length of run → offset of the last one
}

// codeSpans opens a code span only if a later run of backticks closes it.
// goldmark reads to the end of the block for each run that is never closed.
type codeSpans struct{ parser.InlineParser }

func (c codeSpans) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	line, segment := block.PeekLine()
	if s.backticks.block != parent {
		s.backticks = backticks{parent, lastRuns(parent, block.Source())}
	}
	run := runLength(line)
	if s.backticks.last[run] > segment.Start {
		return c.InlineParser.Parse(parent, block, pc)
	}
	block.Advance(run)
	return ast.NewTextSegment(segment.WithStop(segment.Start + run))
}

func lastRuns(block ast.Node, source []byte) map[int]int {
	last := map[int]int{}
	for i := range block.Lines().Len() {
		seg := block.Lines().At(i)
		for pos := seg.Start; pos < seg.Stop; {
			next := bytes.IndexByte(source[pos:seg.Stop], '`')
			if next < 0 {
				break
			}
			pos += next
			run := runLength(source[pos:seg.Stop])
			last[run] = pos
			pos += run
		}
	}
	return last
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

// unusedFootnotes reports footnotes that no mark refers to: goldmark does not
// show them.
type unusedFootnotes struct{}

func (unusedFootnotes) Transform(root *ast.Document, _ text.Reader, pc parser.Context) {
	s := stateOf(pc)
	if s.definitions == 0 {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		if f, ok := n.(*extast.Footnote); ok && entering && f.Index < 0 {
			s.report(f.Pos(), "footnote-unused", "nothing refers to the footnote \""+string(f.Ref)+"\", so it is not shown",
				"write [^"+string(f.Ref)+"] in the text that it explains, or delete it")
		}
		return ast.WalkContinue, nil
	})
}
