package frontmatter

// Slips: characters that word processors and keyboards insert where YAML needs a
// colon, a space or a straight quotation mark.

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

const noBreakIndent = "a no-break space (U+00A0) is where YAML needs spaces"

// fieldStart matches text that an author means as the beginning of a field, or of
// the first field of an item. Word inserts no-break spaces there, and keyboards for
// other scripts insert full-width colons. The groups are the indentation with
// hyphens, a hyphen without a space after it, the key, the space before the colon,
// the colon, and the character after it.
var fieldStart = regexp.MustCompile(`^( *(?:- +)*)(-?)([A-Za-z_][A-Za-z0-9_-]*)([ \x{a0}]*)([:：]+)(.?)`)

// slip is a field that YAML reads as plain text because of a wrong character before
// or after its key.
type slip struct {
	lineMistake
	key string
}

// slipIn returns the slip in a line that begins with one of the keys.
func slipIn[V any](line []byte, keys map[string]V) (slip, bool) {
	if isWellWritten(line) {
		return slip{}, false
	}
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

// isWellWritten reports whether a line begins with a key of letters, a colon and a
// space, as most lines do. It saves the pattern, which takes longer.
func isWellWritten(line []byte) bool {
	key, rest, found := bytes.Cut(line, []byte(":"))
	return found && len(bytes.Trim(key, "abcdefghijklmnopqrstuvwxyz_")) == 0 && (len(rest) == 0 || rest[0] == ' ' || rest[0] == '\n')
}

// breakSlips reports slips among the fields that are not indented. It replaces
// their values with broken nodes, so that consequences of the slips are not
// reported.
func (d *decoder) breakSlips(keys map[string]int) {
	slips := map[int]slip{}
	for i := range d.rows {
		line := d.lines(block{first: i, end: i + 1})
		if len(line) == 0 || line[0] == ' ' || line[0] == '-' {
			continue
		}
		if s, found := slipIn(line, keys); found {
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

// inList returns the mistake, adapted if the field of the key is a list that
// continues in the lines below. Then the value of the field is an item.
func (m lineMistake) inList(key string, lines []byte) lineMistake {
	first, rest, _ := bytes.Cut(bytes.TrimLeft(lines, "\n"), []byte("\n"))
	value := strings.TrimSpace(string(first[min(len(first), m.at+1):]))
	if value != "" && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte("- ")) {
		m.hint, m.fix = fmt.Sprintf("write %s: alone in the line, and - %s in the line below", key, Shorten(value)), nil
	}
	return m
}

// explainSlip reports the first slip in a block that YAML cannot parse, and returns
// whether there is one. Because of a slip, YAML may reject a later line.
func (d *decoder) explainSlip(b block) bool {
	for i := b.first; i < b.end && i < len(d.rows) && i < b.first+maxPrefix; i++ {
		if s, found := slipIn(d.lines(block{first: i, end: i + 1}), d.keys); found {
			d.reportLine(i, s.lineMistake)
			return true
		}
	}
	return false
}

// curlyStart matches a line with a value that begins with a curly quotation mark:
// after a key or a hyphen, or after a bracket or comma of a list or mapping.
var curlyStart = regexp.MustCompile(`^( *(?:- +)*(?:[^\s:"'“”][^:"'“”]*: +)?(?:[\[{](?:.*[\[{,:])? *)?)([“”„‟«‘‚])`)

// closings maps each opening quotation mark to the marks that may close it.
var closings = map[string]string{"“": "”", "”": "”", "„": "“”", "‟": "”", "«": "»", "‘": "’", "‚": "‘’"}

// straightenQuotes reports values in curly quotation marks, which YAML does not
// treat as quotes. It replaces the marks with straight ones, so that the value is
// read as its author means it.
func (d *decoder) straightenQuotes() {
	if !bytes.ContainsAny(d.text, "“”„‟«‘‚") {
		return
	}
	var lines [][]byte
	inText := -1 // indentation of a field whose text is on several lines; -1 outside such a text
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

// maxQuotes is the maximum number of values in curly quotes that are reported in
// one line.
const maxQuotes = 10

// severalLines matches a field whose text is in the lines below it.
var severalLines = regexp.MustCompile(`[:-] +[|>][-+0-9]*\s*$`)

// straightenIn reports the first value of a line that is in curly quotes, and
// returns the line with straight quotes. Both kinds of marks are one character, so
// columns stay the same.
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
			return nil, false // the quotation is only a part of the value
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

// endsValue reports whether the rest of a line can follow a value.
func endsValue(rest []byte, inBrackets bool) bool {
	rest = bytes.TrimSpace(rest)
	return len(rest) == 0 || inBrackets && bytes.ContainsRune([]byte(",]}"), rune(rest[0]))
}
