// Marks without a partner: a mark that begins emphasis, bold text, deleted text
// or code that is never ended, or the reverse. Such marks print as text.

package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a run of the same marks that prints as text.
type mark struct {
	char      byte
	n         int // how many print
	offset    int
	opens     bool // it would begin marked text; if not, it would end it
	lineStart bool
	mixed     bool // other marks of the same run were parsed
	silent    bool // not a mistake, unless it is the partner of one
}

// maxMarks is how many marks of one document are kept.
const maxMarks = 10_000

// unpaired collects the marks of the current block that print as text.
func (c *collector) unpaired() {
	p := &c.printed
	code := false
	for i := range p.lines.Len() {
		start, line := p.lines.At(i).Start, p.line(i)
		for at := 0; at < len(line) && len(c.marks) < maxMarks; {
			if line[at] != '*' && line[at] != '_' && line[at] != '~' && line[at] != '`' {
				at++
				continue
			}
			n := runLength(line[at:])
			if line[at] != '`' {
				c.addMark(line, at, n, start)
			} else if !code {
				code = true // one mistake in a block may leave several backticks
				c.marks = append(c.marks, mark{char: '`', n: n, offset: start + at, opens: true})
			}
			at += n
		}
	}
}

// addMark adds the run of n marks at an index of a line that starts at an offset
// of the source, if it may be a mistake.
func (c *collector) addMark(line []byte, at, n, start int) {
	m := mark{char: line[at], n: n, offset: start + at}
	from, to := m.offset, m.offset+n // the whole run, with the marks that are parsed
	for from > start && c.src[from-1] == m.char {
		from--
	}
	for to < len(c.src) && c.src[to] == m.char {
		to++
	}
	m.mixed = to-from > n && (from == start || c.src[from-1] != '\\')
	m.lineStart = from-start < 4 && len(bytes.TrimSpace(c.src[start:from])) == 0
	before, _ := utf8.DecodeLastRune(c.src[start:from])
	if from == start {
		before = ' '
	}
	rest := c.src[to:max(to, min(to+80, start+len(line)))]
	after, _ := utf8.DecodeRune(rest)
	if len(rest) == 0 {
		after = ' '
	}
	word := unicode.IsLetter(after) || n > 1 && unicode.IsDigit(after)
	apart := unicode.IsSpace(before) || strings.ContainsRune(`([{"'“‘«/—–-`, before)
	switch {
	case m.char == '~' && to-from != 2, m.char == '_' && to-from > 2:
		return // "~" means "about", and a run of "_" is a line to write on
	case m.char == '_' && partOfName.Match(rest), m.char == '*' && significance.Match(rest):
		return
	case apart && (word || m.mixed && !unicode.IsSpace(after)):
		m.opens = true
		// A multiplication, such as 2 *x.
		m.silent = n == 1 && !m.mixed && afterNumber.Match(c.src[max(start, from-2):from])
	case m.char == '*' && n > 1 && m.lineStart && orgHeading.Match(rest):
		m.opens = true
	case unicode.IsSpace(before) || !unicode.IsSpace(after) && !unicode.IsPunct(after):
		return
	case m.char == '*':
		// A star after a word refers to a note below a table, or is a wildcard:
		// word*. Stars after a number indicate its significance: 0.4**.
		noteAfterBold := to-from == 3 && n == 1
		m.silent = n == 1 && !m.mixed || noteAfterBold || unicode.IsDigit(before) || unicode.IsSymbol(before)
	case m.char == '_' && !unicode.IsLetter(before) && before != '`':
		return
	}
	if !m.silent || m.char == '*' {
		c.marks = append(c.marks, m)
	}
}

var (
	significance = regexp.MustCompile(`^\s*\*?[pP]\*?\s*(?:[<=>≤≥]|&[lg]t;|-?values?\b)`)
	partOfName   = regexp.MustCompile(`^[\pL\pN]+[_.][\pL\pN]`)
	orgHeading   = regexp.MustCompile(`^ \pL`)
	afterNumber  = regexp.MustCompile(`[\d)] $`)
)

// reportUnpaired reports the marks of the document that have no partner. A run
// of stars at the start of a line is not reported if an earlier text has the
// same run after a word: it begins the note that the earlier one refers to. A
// mark that ends text marked in another paragraph is not reported if its
// beginning was.
func (c *collector) reportUnpaired() {
	leads := map[int]bool{} // lengths of the runs of stars after a word so far
	notes := map[int]bool{} // lengths of the runs of stars at the beginning of a note
	for _, m := range c.marks {
		if m.char == '*' && !m.mixed && m.opens && m.lineStart && leads[m.n] {
			notes[m.n] = true
		}
		if m.char == '*' && !m.opens {
			leads[m.n] = true
		}
	}
	if bytes.Contains(c.src, []byte(`\*`)) {
		for _, m := range escapedNote.FindAllSubmatch(c.src, -1) {
			notes[len(m[1])/2] = true
		}
	}
	type kind struct {
		char byte
		n    int
	}
	begun := map[kind]bool{}
	items, listed := 0, false // lines that begin with a star as an item of a list does, without a space after it
	for _, m := range c.marks {
		if m.isItem() && !notes[1] {
			items++
		}
	}
	codeEnd := 0 // end of the line of the last backticks
	for _, m := range c.marks {
		k := kind{m.char, m.n}
		isNote := m.char == '*' && !m.mixed && notes[m.n] && (m.lineStart || !m.opens)
		switch {
		case items > 1 && m.isItem():
			c.state.reportAs(Advice, m.offset, "list-text", `"*" prints as text, and the lines run together`, `for a list begin each line with a hyphen and a space: "- "; for the character itself type \*`)
			items = 1
			listed = true
		case listed && m.isItem(), m.silent || isNote || m.char == '`' && m.offset < codeEnd:
		case m.opens:
			begun[k] = true
			if m.char == '`' {
				line, _, _ := bytes.Cut(c.src[m.offset:], []byte("\n"))
				codeEnd = m.offset + len(line)
			}
			c.state.reportAs(Advice, m.offset, "emphasis-text", m.message(), m.hint())
		case begun[k]:
			begun[k] = false
		default:
			c.state.reportAs(Advice, m.offset, "emphasis-text", m.message(), m.hint())
		}
	}
}

// escapedNote matches the beginning of a note whose stars are escaped.
var escapedNote = regexp.MustCompile(`(?m)^[ >|-]*((?:\\\*)+)`)

// isItem reports whether a mark may be meant as that of an item of a list.
func (m mark) isItem() bool {
	return m.char == '*' && m.n == 1 && m.opens && m.lineStart && !m.mixed && !m.silent
}

func (m mark) run() string { return strings.Repeat(string(m.char), m.n) }

func (m mark) message() string {
	what := "emphasis"
	switch {
	case m.mixed:
		return fmt.Sprintf("the %s prints as text: the words have more marks on one side than on the other", m.run())
	case m.char == '`':
		return fmt.Sprintf("the %s prints as text, because it has no partner in its paragraph", m.run())
	case m.char == '~':
		what = "deleted text"
	case m.n > 1:
		what = "bold text"
	}
	if m.opens {
		return fmt.Sprintf("the %s prints as text, because nothing ends the %s", m.run(), what)
	}
	return fmt.Sprintf("the %s prints as text, because nothing begins the %s", m.run(), what)
}

func (m mark) hint() string {
	itself := "; for the character itself type " + escaped(m.run())
	switch {
	case m.char == '`':
		return "for code write the same marks at its other end; for a quotation mark or an apostrophe type \" or '" + itself
	case m.mixed:
		return fmt.Sprintf("write as many %c before the words as after them", m.char) + itself
	case m.opens && m.n > 1 && m.char == '*':
		return fmt.Sprintf("write %s at its end too, in the same paragraph, or delete it; for a heading write ## and a space", m.run()) + itself
	case m.opens:
		return fmt.Sprintf("write %s at its end too, in the same paragraph, or delete it", m.run()) + itself
	}
	return fmt.Sprintf("write %s at its beginning too, in the same paragraph, or delete it", m.run()) + itself
}
