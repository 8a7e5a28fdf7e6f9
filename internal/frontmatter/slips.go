package frontmatter

// Slips: what word processors and keyboards put where YAML needs a colon, a space
// or a straight quotation mark.

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

const noBreakIndent = "a no-break space (U+00A0) is where YAML needs spaces"

// fieldStart matches the beginning of a field, or of the first field of an item,
// as its writer sees it. Word puts no-break spaces there, and keyboards of other
// scripts a full-width colon. Its groups are the indentation with hyphens, the
// hyphen that has no space after it, the key, the space before the colon, the
// colon, and the character after it.
var fieldStart = regexp.MustCompile(`^( *(?:- +)*)(-?)([A-Za-z_][A-Za-z0-9_-]*)([ \x{a0}]*)([:：]+)(.?)`)

// slip is a field that YAML takes for plain text, since what is before or after
// its key is not what YAML needs.
type slip struct {
	lineMistake
	key string
}

// slipIn finds a slip in a line that begins with one of the keys.
func slipIn[V any](line []byte, keys map[string]V) (slip, bool) {
	m := fieldStart.FindSubmatchIndex(line)
	if m == nil {
		return slip{}, false
	}
	group := func(i int) string { return string(line[m[2*i]:m[2*i+1]]) }
	key, space, sign, after := group(3), group(4), group(5), group(6)
	if _, known := keys[key]; !known {
		return slip{}, false
	}
	value := strings.TrimSpace(string(line[m[11]:]))
	hint := strings.TrimSpace(fmt.Sprintf("write %s: %s", key, Shorten(value)))
	fix := replaceLine(m[8], m[11], ": ")
	if after == " " || after == "\t" {
		fix.text = ":"
	}
	found := func(at int, message, more string) (slip, bool) {
		return slip{syntax(at, message, hint+more, fix), key}, true
	}
	switch {
	case group(2) != "":
		hint = "write - " + strings.TrimPrefix(hint, "write ")
		fix = replaceLine(m[4], m[5], "- ")
		return found(m[4], "a space is missing after the hyphen", "")
	case len(sign) > 1 && strings.Trim(sign, ":") == "":
		return found(m[10]+1, "one colon comes after "+key, "")
	case sign == "：":
		return found(m[10], "the colon after "+key+" is a full-width one (U+FF1A)", ", with the usual colon and a space")
	case strings.Contains(space, "\u00a0"):
		return found(m[8]+strings.Index(space, "\u00a0"), "the space before the colon of "+key+" is a no-break space (U+00A0)", ", without it")
	case after == "\u00a0":
		fix.to = m[13]
		return found(m[12], "the space after "+key+": is a no-break space (U+00A0)", ", with a usual space: delete it and type it again")
	case after != "" && after != " " && after != "\t" && after != "\n":
		return found(m[10], "a space is missing after "+key+":", "")
	}
	return slip{}, false
}

// breakSlips reports slips among the fields that are not indented and makes
// their values broken, so that nothing that follows from them is reported.
func (d *decoder) breakSlips(keys map[string]int) {
	slips := map[int]slip{}
	for i := range d.rows {
		line := d.lines(block{first: i, end: i + 1})
		if s, found := slipIn(line, keys); found && line[0] != ' ' && line[0] != '-' {
			slips[i] = s
		}
	}
	if len(slips) == 0 {
		return
	}
	var repaired [][]byte
	for _, b := range d.divide(0) {
		first := d.firstLine(b)
		if s, found := slips[first]; found {
			d.reportLine(first, s.lineMistake.inList(s.key, d.lines(b)))
			repaired = append(repaired, d.breakValue(b, []byte(s.key)))
		} else {
			repaired = append(repaired, d.lines(b))
		}
	}
	d.setText(bytes.Join(repaired, nil))
}

// inList is the mistake where the field of the key is a list that goes on in the
// lines below: its value is then an item.
func (m lineMistake) inList(key string, lines []byte) lineMistake {
	first, rest, _ := bytes.Cut(bytes.TrimLeft(lines, "\n"), []byte("\n"))
	value := strings.TrimSpace(string(first[min(len(first), m.at+1):]))
	if value != "" && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte("- ")) {
		m.hint, m.fix = fmt.Sprintf("write %s: alone in the line, and - %s in the line below", key, Shorten(value)), nil
	}
	return m
}

// explainSlip reports the first slip in a block that YAML cannot parse, and
// whether there is one. A slip may make YAML refuse a later line.
func (d *decoder) explainSlip(b block) bool {
	for i := b.first; i < b.end && i < len(d.rows) && i < b.first+maxPrefix; i++ {
		if s, found := slipIn(d.lines(block{first: i, end: i + 1}), d.keys); found {
			d.reportLine(i, s.lineMistake)
			return true
		}
	}
	return false
}

// curlyStart matches a line of which a value begins with a curly quotation mark:
// after a key or a hyphen, or after a bracket or comma that comes after one.
var curlyStart = regexp.MustCompile(`^( *(?:- +)*(?:[^\s:"'“”][^:"'“”]*: +)?(?:[\[{](?:.*[\[{,:])? *)?)([“”„‟«‘‚])`)

// closings are the marks that end a quotation, by the mark that begins it.
var closings = map[string]string{"“": "”", "”": "”", "„": "“”", "‟": "”", "«": "»", "‘": "’", "‚": "‘’"}

// straightenQuotes reports values in curly quotation marks, which are no quotes
// for YAML, and makes the marks straight, so that the value is read as its
// writer means it.
func (d *decoder) straightenQuotes() {
	if !bytes.ContainsAny(d.text, "“”„‟«‘‚") {
		return
	}
	var lines [][]byte
	inText := -1 // indentation of the field of a text on several lines; -1 outside of one
	for i := range d.rows {
		line := d.lines(block{first: i, end: i + 1})
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		if inText >= 0 && (indent > inText || isBlank(line)) {
			lines = append(lines, line)
			continue
		}
		inText = -1
		if severalLines.Match(line) {
			inText = indent
		}
		for range maxQuotes {
			straight, found := d.straightenIn(i, line)
			if !found {
				break
			}
			line = straight
		}
		lines = append(lines, line)
	}
	d.setText(bytes.Join(lines, nil))
}

// maxQuotes is how many values in curly quotes of one line are reported.
const maxQuotes = 10

// severalLines matches a field whose text is on the lines below it.
var severalLines = regexp.MustCompile(`[:-] +[|>][-+0-9]*\s*$`)

// straightenIn reports the first value of the line in curly quotes, and returns
// the line with straight ones. A curly mark is one character, as a straight one
// is, so that columns stay the same.
func (d *decoder) straightenIn(number int, line []byte) ([]byte, bool) {
	m := curlyStart.FindSubmatchIndex(line)
	if m == nil {
		return nil, false
	}
	start, open := m[4], string(line[m[4]:m[5]])
	inBrackets := bytes.ContainsAny(line[:start], "[{")
	for i := m[5]; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if (strings.ContainsRune(closings[open], r) || r == '"' || r == '\'') && endsValue(line[i+size:], inBrackets) {
			inner := string(line[m[5]:i])
			if strings.ContainsAny(inner, "\"\\") {
				return nil, false
			}
			quoted := `"` + inner + `"`
			d.reportLine(number, coded(
				start, "curly-quotes", curlyMessage(open, r),
				"type straight quotes: "+Quote(inner), replaceLine(start, i+size, quoted),
			))
			return []byte(string(line[:start]) + quoted + string(line[i+size:])), true
		}
		if r == '”' && open == "“" {
			return nil, false // the value quotes words of its own, and goes on
		}
		i += size
	}
	return nil, false
}

func curlyMessage(open string, end rune) string {
	if end == '"' || end == '\'' {
		return fmt.Sprintf("%s is a curly quote, which becomes part of the text", open)
	}
	return fmt.Sprintf("%s and %c are curly quotes, which become part of the text", open, end)
}

// endsValue reports whether the rest of a line can come after a value.
func endsValue(rest []byte, inBrackets bool) bool {
	rest = bytes.TrimSpace(rest)
	return len(rest) == 0 || inBrackets && bytes.ContainsRune([]byte(",]}"), rune(rest[0]))
}
