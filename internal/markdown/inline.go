package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// metered stops a parser of brackets, emphasis or tags once the document has spent
// the work that its length allows. To resolve one mark, goldmark may walk over all
// that stands before it in its block, so a mark costs the length of its block.
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

// CloseBlock passes the end of a block on to the parsers that ask for it.
func (m metered) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := m.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// footnoteMarks keeps the marks that refer to footnotes within MaxFootnotes and
// reports those that refer to none.
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

// shortRuns takes a run of the same character as text when it is longer than
// longest. goldmark measures the run again at each of its characters, which is
// quadratic, and gives text for runs of "~" of that length anyway.
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

// backticks holds the runs of backticks of one block.
type backticks struct {
	block ast.Node
	last  map[int]int // length of run → offset of the last one
}

// codeSpans looks up whether a run of backticks is ever closed. goldmark would
// read to the end of the block for each run that is not.
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

// cellCode removes the backslash of "\|" from code in table cells, where the
// other escapes stay as they are. goldmark's own transformer compares each such
// cell with all others.
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

// unusedFootnotes reports the footnotes that goldmark leaves out because no mark
// refers to them.
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
				"write [^"+string(f.Ref)+"] where it belongs, or delete it")
		}
		return ast.WalkContinue, nil
	})
}
