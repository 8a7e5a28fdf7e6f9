// Limits on the work that one document may cause, and guards around block parsers
// that enforce them.

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

// Limits of one document, enforced while parsing. Without them goldmark 1.8.7
// turns a table of 12 KiB into 42 MB of HTML, and takes quadratic time for nested
// lists, emphasis, brackets, footnotes and reference definitions. What exceeds a
// limit is shown as plain text and reported.
const (
	MaxNesting    = 100    // levels of nested lists, quotes and footnotes; levels of nested emphasis
	MaxTableCells = 65_536 // in all tables together
	MaxFootnotes  = 1_000  // footnotes, and references to them
	MaxReferences = 500    // lines of one paragraph that begins with a reference definition
	MaxLinks      = 20_000 // links and images
)

// Units of work that a document may cause: a fixed number and some for each byte.
// Documents that people write need only a small part of it.
const (
	blockAllowance = 1 << 16 // for headings, lists, quotes and their lines; plus one per byte
	markAllowance  = 1 << 19 // for brackets, emphasis and tags; plus four per byte
	blockCost      = 16      // of one heading, list item or quote
	searchWork     = 4 << 20 // bytes searched for markup that prints as text, counted once for each kind of markup
)

// problemsPerCode is how many problems of one code are reported.
const problemsPerCode = 100

// stateKey is the key of the state in goldmark's context.
var stateKey = parser.NewContextKey()

// state is the remaining work of one parse and the problems found so far.
type state struct {
	problems []Problem
	codes    map[string]int // problems by code

	blocks       int             // work left for blocks
	marks        int             // work left for marks, see metered.Parse
	search       int             // work left for leftovers
	cells        int             // table cells opened
	definitions  int             // footnotes defined
	references   int             // footnotes referred to
	withoutColon map[string]bool // marks of footnotes that have no colon; nil until the first mark without a footnote
	backticks    backticks
	quotes       blockQuotes
	notes        map[ast.Node]int    // quote → index of its kind in noteKinds
	slugs        slugs               // ids that are used
	ids          map[ast.Node]string // ids that authors gave to headings
	fenced       ast.Node            // the code that was last ended by a line of ```
	merge        bool                // there are marks of a merge
}

// newState returns the state for a text of n bytes.
func newState(n int) *state {
	return &state{blocks: blockAllowance + n, marks: markAllowance + 4*n, search: searchWork, slugs: slugs{}, ids: map[ast.Node]string{}}
}

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

func (s *state) report(offset int, code, message, hint string) {
	s.reportAs(Error, offset, code, message, hint)
}

func (s *state) reportAs(severity Severity, offset int, code, message, hint string) {
	if s.codes == nil {
		s.codes = map[string]int{}
	}
	if s.codes[code]++; s.codes[code] <= problemsPerCode {
		s.problems = append(s.problems, Problem{Offset: max(0, offset), Severity: severity, Code: code, Message: message, Hint: hint})
	}
}

// exceeded reports that a limit is exceeded, once per document.
func (s *state) exceeded(offset int, code, message, hint string) {
	s.exceededAs(Error, offset, code, message, hint)
}

func (s *state) exceededAs(severity Severity, offset int, code, message, hint string) {
	if s.codes[code] == 0 {
		s.reportAs(severity, offset, code, message, hint)
	}
}

func (s *state) sorted() []Problem {
	slices.SortStableFunc(s.problems, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	return s.problems
}

// counted charges for the blocks that a parser opens, and opens no more when the
// work for blocks is used up.
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

// charge uses up work for blocks, and reports whether there was enough.
func (s *state) charge(cost, offset int) bool {
	if s.blocks -= cost; s.blocks >= 0 {
		return true
	}
	s.exceeded(offset, "markdown-blocks",
		"there are too many short list items and headings, or too many blank lines inside lists", "split the page, or delete the blank lines")
	return false
}

// items charges for list items. It never refuses one, because goldmark panics on
// a list without items: container ends the list instead.
type items struct{ parser.BlockParser }

func (i items) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, pos := reader.Position()
	node, next := i.BlockParser.Open(parent, reader, pc)
	if node != nil {
		stateOf(pc).charge(blockCost, pos.Start)
	}
	return node, next
}

// container limits lists, quotes and footnotes to MaxNesting levels.
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

// Continue charges for each line of the container, and ends the container when
// the work for blocks is used up. goldmark keeps a record for each line and each
// open container, so that a megabyte of blank lines in a deep list would take
// gigabytes, and each container reads the indentation again.
func (c container) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, pos := reader.PeekLine()
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	if !stateOf(pc).charge(1+indent/16, pos.Start) {
		return parser.Close
	}
	return c.BlockParser.Continue(node, reader, pc)
}

// references limits consecutive reference definitions to MaxReferences lines:
// goldmark moves all later lines for each of them.
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
