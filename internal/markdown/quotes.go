// Typographic quotation marks and apostrophes. goldmark's own rules do not open
// a single quotation before some letters, and create a node with two lists for
// each mark.

package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// longestQuotes is how many straight quotation marks may follow one another. A
// longer run is shown as it is.
const longestQuotes = 8

// quotes turns straight quotation marks into typographic ones.
type quotes struct{}

func (quotes) Trigger() []byte { return []byte{'\'', '"'} }

func (quotes) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := stateOf(pc)
	line, segment := block.PeekLine()
	if s.quotes.block != parent {
		s.quotes = blockQuotes{parent, marksOf(parent.Lines(), block.Source())}
	}
	if run := len(line) - len(bytes.TrimLeft(line, `'"`)); run > longestQuotes {
		block.Advance(run)
		return ast.NewTextSegment(segment.WithStop(segment.Start + run))
	}
	at, found := slices.BinarySearchFunc(s.quotes.marks, segment.Start, func(m quote, offset int) int { return m.offset - offset })
	if !found {
		return nil
	}
	node := ast.NewString(s.quotes.marks[at].typographic())
	node.SetCode(true)
	block.Advance(1)
	return node
}

// blockQuotes are the quotation marks of one block.
type blockQuotes struct {
	block ast.Node
	marks []quote
}

// quote is a straight quotation mark that becomes a typographic one.
type quote struct {
	offset int
	double bool
	opens  bool
}

func (q quote) typographic() []byte {
	switch {
	case q.double && q.opens:
		return []byte("“")
	case q.double:
		return []byte("”")
	case q.opens:
		return []byte("‘")
	}
	return []byte("’")
}

// marksOf decides for each quotation mark in the lines whether it opens or
// closes. One that does neither, as in 5" or a stray mark, is left out.
func marksOf(lines *text.Segments, source []byte) []quote {
	d := quoteDecider{source: source, single: -1}
	code, last := 0, lastRuns(lines, source)
	for i := range lines.Len() {
		line := lines.At(i)
		for at := line.Start; at < line.Stop; at++ {
			switch source[at] {
			case '\\':
				at++
			case '`':
				run := runLength(source[at:line.Stop])
				if code == 0 && last[run] > at {
					code = run
				} else if code == run {
					code = 0
				}
				at += run - 1
			case '\'', '"':
				if code == 0 {
					d.mark(at, line, i == 0)
				}
			}
		}
	}
	return d.marks
}

// quoteDecider goes through the quotation marks of a block in order.
type quoteDecider struct {
	source  []byte
	marks   []quote
	doubles int // open double quotations
	single  int // index in marks of the last mark that may open a single quotation, or -1
}

// mark decides about the quotation mark at an offset in a line.
func (d *quoteDecider) mark(at int, line text.Segment, first bool) {
	before, after := ' ', ' '
	if at > line.Start {
		before, _ = utf8.DecodeLastRune(d.source[line.Start:at])
	}
	if at+1 < line.Stop {
		after, _ = utf8.DecodeRune(d.source[at+1 : line.Stop])
	}
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	punctBefore, punctAfter := util.IsPunctRune(before), util.IsPunctRune(after)
	opens := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	closes := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	word := opens && closes && !punctBefore && !punctAfter
	if d.source[at] == '"' {
		d.double(at, opens && (!closes || strings.ContainsRune("([{*_~-–—/“‘", before)), closes, word)
		return
	}
	switch {
	case word: // don't
		d.marks = append(d.marks, quote{offset: at})
	case closes && (!opens || d.single >= 0):
		if d.single >= 0 {
			d.marks[d.single].opens = true
		} else if unicode.IsDigit(before) {
			return // 5 feet
		}
		d.single = -1
		d.marks = append(d.marks, quote{offset: at})
	case opens && isElision(d.source[at+1:line.Stop]):
		d.marks = append(d.marks, quote{offset: at})
	case opens:
		d.single = len(d.marks)
		// A quotation that goes on in the next paragraph has no closing mark in this one.
		d.marks = append(d.marks, quote{offset: at, opens: first && at == line.Start})
	}
}

// double decides about a double quotation mark.
func (d *quoteDecider) double(at int, opens, closes, word bool) {
	switch {
	case word:
	case closes && d.doubles > 0:
		d.doubles--
		d.marks = append(d.marks, quote{offset: at, double: true})
	case opens:
		d.doubles++
		d.marks = append(d.marks, quote{offset: at, double: true, opens: true})
	}
}

// isElision reports whether the text after a mark is a word that begins with an
// apostrophe, or a decade, as in '90s.
func isElision(text []byte) bool {
	end := bytes.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(text)
	}
	switch string(bytes.ToLower(text[:min(end, 10)])) {
	case "twas", "tis", "twere", "til", "em", "n", "cause", "bout":
		return true
	}
	return end >= 2 && end <= 3 && unicode.IsDigit(rune(text[0])) && unicode.IsDigit(rune(text[1])) && (end == 2 || text[2] == 's')
}

// typeset returns text with typographic quotation marks.
func typeset(s string) string {
	source := []byte(s)
	lines := text.NewSegments()
	lines.Append(text.NewSegment(0, len(source)))
	marks := marksOf(lines, source)
	if len(marks) == 0 {
		return s
	}
	var out []byte
	done := 0
	for _, m := range marks {
		out = append(append(out, source[done:m.offset]...), m.typographic()...)
		done = m.offset + 1
	}
	return string(append(out, source[done:]...))
}
