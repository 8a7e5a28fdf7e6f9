// Inline marks: emphasis, strikethrough, subscript, superscript and code, with
// guards around the parsers that take more than linear time.

package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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
		s.backticks = backticks{parent, lastRuns(parent.Lines(), block.Source())}
	}
	run := runLength(line)
	if s.backticks.last[run] > segment.Start {
		return c.InlineParser.Parse(parent, block, pc)
	}
	block.Advance(run)
	return ast.NewTextSegment(segment.WithStop(segment.Start + run))
}

// lastRuns returns the offset of the last run of backticks of each length.
func lastRuns(lines *text.Segments, source []byte) map[int]int {
	last := map[int]int{}
	for i := range lines.Len() {
		seg := lines.At(i)
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

// emphasis lets "*" open and close next to Chinese, Japanese and Korean text,
// which is written without spaces: **“強調”**する. It follows the rules of
// https://github.com/tats-u/markdown-cjk-friendly: next to such a character,
// other punctuation does not stop a mark from opening or closing.
type emphasis struct{ metered }

func (e emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	before := block.PrecendingCharacter()
	node := e.metered.Parse(parent, block, pc)
	mark, ok := node.(*parser.Delimiter)
	if !ok || mark.Char != '*' {
		return node
	}
	after, _ := utf8.DecodeRune(line[mark.OriginalLength:])
	if len(line) == mark.OriginalLength {
		after = '\n'
	}
	if isEastAsian(before) || isEastAsian(after) {
		mark.CanOpen = !util.IsSpaceRune(after) && (isEastAsian(before) || isEastAsian(after) || !util.IsPunctRune(after) || util.IsSpaceRune(before) || util.IsPunctRune(before))
		mark.CanClose = !util.IsSpaceRune(before) && (isEastAsian(before) || isEastAsian(after) || !util.IsPunctRune(before) || util.IsSpaceRune(after) || util.IsPunctRune(after))
	}
	return node
}

// isEastAsian reports whether a character belongs to a script that is written
// without spaces around marks, or to its punctuation.
func isEastAsian(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r > 0x3000 && r <= 0x303f, r >= 0xff00 && r <= 0xffef: // punctuation, full-width forms
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}

// tildes parses "~~" as strikethrough. Runs of another length are text, since
// "~" also means "about" and "to": age (1~3).
type tildes struct{ metered }

func (t tildes) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	run := runLength(line)
	if run == 2 {
		return t.metered.Parse(parent, block, pc)
	}
	block.Advance(run)
	return ast.NewTextSegment(segment.WithStop(segment.Start + run))
}

// script is a subscript or superscript.
type script struct {
	ast.BaseInline
	tag string // "sub" or "sup"
}

var kindScript = ast.NewNodeKind("Script")

func (*script) Kind() ast.NodeKind { return kindScript }

func (n *script) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// maxScript is the longest subscript or superscript, in bytes.
const maxScript = 32

// scripts parses H~2~O and m^2^, as Pandoc does. The marks hold letters, digits
// and signs of formulas, without spaces. A subscript follows what it belongs to;
// a superscript may also precede it: ^99m^Tc. Ranges stay text: 1~3 or 4~6.
type scripts struct{}

func (scripts) Trigger() []byte { return []byte{'~', '^'} }

func (scripts) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	mark, before := line[0], block.PrecendingCharacter()
	if mark == '~' && !unicode.In(before, unicode.Letter, unicode.Number) && before != ')' && before != ']' {
		return nil
	}
	end := 1
	for end < len(line) && line[end] != mark {
		r, size := utf8.DecodeRune(line[end:])
		if end += size; end > maxScript || isEastAsian(r) || !unicode.In(r, unicode.Letter, unicode.Number) && !strings.ContainsRune("+-−=()", r) {
			return nil
		}
	}
	if end == 1 || end == len(line) {
		return nil
	}
	after, _ := utf8.DecodeRune(line[end+1:])
	if after == rune(mark) || unicode.IsDigit(before) && unicode.IsDigit(after) {
		return nil
	}
	node := &script{tag: "sub"}
	if mark == '^' {
		node.tag = "sup"
	}
	node.AppendChild(node, ast.NewTextSegment(text.NewSegment(segment.Start+1, segment.Start+end)))
	block.Advance(end + 1)
	return node
}
