package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Limits of one document. They hold while parsing, before the damage: goldmark
// 1.8.7 turns a table of 12 KiB into 42 MB of HTML, and takes quadratic time
// over nested lists, emphasis, brackets, footnotes and reference definitions.
// What lies beyond a limit is shown as plain text, with a problem.
const (
	MaxNesting    = 100    // lists, quotes and footnotes inside one another; emphasis likewise
	MaxTableCells = 65_536 // in all tables together
	MaxFootnotes  = 1_000  // definitions, and as many marks that refer to them
	MaxReferences = 500    // lines of one paragraph that begins with a reference definition
	MaxLinks      = 20_000 // links and images
)

// Work that has no natural limit is measured in proportion to the text. What
// people write stays far below; the allowance lets short texts be dense.
const (
	blockAllowance = 1 << 16 // and one per byte: for headings, lists, quotes and their lines
	markAllowance  = 1 << 19 // and four per byte: for brackets, emphasis and tags
	blockCost      = 16      // to open a heading, list item or quote
)

const problemsPerCode = 100

// stateKey finds the state of a parse in goldmark's context.
var stateKey = parser.NewContextKey()

// state is what one parse has spent of its limits, and the problems it met.
type state struct {
	problems []Problem
	codes    map[string]int // problems by code

	blocks      int // work left for blocks
	marks       int // work left for marks, see metered.Parse
	cells       int // table cells opened
	definitions int // footnotes defined
	references  int // footnotes referred to
	backticks   backticks
}

// newState returns the state for a text of n bytes.
func newState(n int) *state {
	return &state{blocks: blockAllowance + n, marks: markAllowance + 4*n}
}

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

func (s *state) report(offset int, code, message, hint string) {
	if s.codes == nil {
		s.codes = map[string]int{}
	}
	if s.codes[code]++; s.codes[code] <= problemsPerCode {
		s.problems = append(s.problems, Problem{Offset: max(0, offset), Code: code, Message: message, Hint: hint})
	}
}

// exceeded reports the first excess of a limit; the later ones follow from it.
func (s *state) exceeded(offset int, code, message, hint string) {
	if s.codes[code] == 0 {
		s.report(offset, code, message, hint)
	}
}

func (s *state) sorted() []Problem {
	slices.SortStableFunc(s.problems, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	return s.problems
}

// counted charges the blocks that a parser opens, and opens none when the work
// for blocks is spent.
type counted struct{ parser.BlockParser }

func (c counted) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, pos := reader.Position()
	node, next := c.BlockParser.Open(parent, reader, pc)
	if node == nil || stateOf(pc).charge(blockCost, pos.Start) {
		return node, next
	}
	reader.SetPosition(line, pos)
	return nil, parser.NoChildren
}

// charge reports whether there is work left for blocks.
func (s *state) charge(cost, offset int) bool {
	if s.blocks -= cost; s.blocks >= 0 {
		return true
	}
	s.exceeded(offset, "markdown-blocks",
		"there are too many short list items and headings, or too many blank lines inside lists", "split the page, or delete the blank lines")
	return false
}

// items charges list items. They are never refused: a list without an item would
// make goldmark panic, so it is the list that ends.
type items struct{ parser.BlockParser }

func (i items) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, pos := reader.Position()
	node, next := i.BlockParser.Open(parent, reader, pc)
	if node != nil {
		stateOf(pc).charge(blockCost, pos.Start)
	}
	return node, next
}

// container keeps a parser of lists, quotes or footnotes within MaxNesting.
type container struct{ parser.BlockParser }

func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, pos := reader.Position()
	node, next := counted(c).Open(parent, reader, pc)
	if node == nil || nesting(pc) < MaxNesting {
		return node, next
	}
	reader.SetPosition(line, pos)
	stateOf(pc).exceeded(pos.Start, "markdown-nesting",
		fmt.Sprintf("lists and quotes are nested more than %d deep", MaxNesting), "nest less deeply")
	return nil, parser.NoChildren
}

// nesting counts the open containers; a list and its item are one.
func nesting(pc parser.Context) int {
	open := pc.OpenedBlocks()
	if len(open) < MaxNesting {
		return 0
	}
	n := 0
	for _, b := range open {
		switch b.Node.Kind() {
		case ast.KindList, ast.KindBlockquote, extast.KindFootnote:
			n++
		}
	}
	return n
}

// Continue charges each line that the container goes on for, and ends it when
// the work for blocks is spent. goldmark keeps a record for each line and open
// container, so that a megabyte of blank lines in a deep list would fill
// gigabytes, and reads the indentation again in each.
func (c container) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, pos := reader.PeekLine()
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	if !stateOf(pc).charge(1+indent/16, pos.Start) {
		return parser.Close
	}
	return c.BlockParser.Continue(node, reader, pc)
}

// footnotes keeps the definitions within MaxFootnotes.
type footnotes struct{ container }

func (f footnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, pos := reader.Position()
	node, next := f.container.Open(parent, reader, pc)
	if node == nil {
		return nil, next
	}
	s := stateOf(pc)
	if s.definitions++; s.definitions <= MaxFootnotes {
		return node, next
	}
	reader.SetPosition(line, pos)
	s.footnotesExceeded(pos.Start)
	return nil, parser.NoChildren
}

func (s *state) footnotesExceeded(offset int) {
	s.exceeded(offset, "markdown-footnotes",
		fmt.Sprintf("there are more than %d footnotes or marks that refer to them", MaxFootnotes), "split the page")
}

// references keeps reference definitions that follow one another within
// MaxReferences: goldmark moves all later lines for each.
type references struct{ parser.ParagraphTransformer }

func (r references) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if lines := node.Lines(); lines.Len() > MaxReferences {
		first := lines.At(0)
		if bytes.HasPrefix(bytes.TrimLeft(first.Value(reader.Source()), " "), []byte("[")) {
			stateOf(pc).exceeded(first.Start, "markdown-references",
				fmt.Sprintf("more than %d lines follow a reference definition without a blank line", MaxReferences),
				"put a blank line between groups of definitions")
			return
		}
	}
	r.ParagraphTransformer.Transform(node, reader, pc)
}

// tables keeps the cells of all tables within MaxTableCells. Rows are filled up
// to the number of columns, so cells cannot be counted by their bytes.
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

// columns counts the columns that a line announces as the second of a table, 0
// if it cannot be one.
func columns(line []byte) int {
	line = bytes.TrimSpace(line)
	if len(bytes.Trim(line, "-|: \t")) > 0 {
		return 0
	}
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	return bytes.Count(line, []byte("|")) + 1
}
