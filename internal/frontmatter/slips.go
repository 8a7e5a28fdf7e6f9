package frontmatter

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"casebook/internal/problem"
)

// slip is a field that YAML takes for plain text, since what follows its key is
// not a colon and a space.
type slip struct {
	key           string
	at            int // offset of what is wrong in the line
	message, hint string
}

// fieldStart matches the beginning of a field, or of the first field of an item,
// as its writer sees it. Word puts no-break spaces there, and keyboards of other
// scripts a full-width colon.
var fieldStart = regexp.MustCompile(`^( *(?:- +)*)([A-Za-z_][A-Za-z0-9_-]*)([ \x{a0}]*)([:：])(.?)`)

// slipIn finds a slip in a line that begins with one of the keys.
func slipIn[V any](line []byte, keys map[string]V) (slip, bool) {
	m := fieldStart.FindSubmatchIndex(line)
	if m == nil {
		return slip{}, false
	}
	s := slip{key: string(line[m[4]:m[5]]), at: m[8]}
	if _, known := keys[s.key]; !known {
		return slip{}, false
	}
	value := strings.TrimSpace(string(line[m[9]:]))
	s.hint = strings.TrimSpace(fmt.Sprintf("write %s: %s", s.key, Shorten(value)))
	switch after := string(line[m[10]:m[11]]); {
	case string(line[m[8]:m[9]]) == "：":
		s.message = "the colon after " + s.key + " is a full-width one (U+FF1A)"
		s.hint += ", with the usual colon and a space"
	case bytes.ContainsRune(line[m[6]:m[7]], '\u00a0'):
		s.at = m[6] + bytes.IndexRune(line[m[6]:m[7]], '\u00a0')
		s.message = "the space before the colon of " + s.key + " is a no-break space (U+00A0)"
		s.hint += ", without it"
	case after == "\u00a0":
		s.at = m[10]
		s.message = "the space after " + s.key + ": is a no-break space (U+00A0)"
		s.hint += ", with a usual space: delete it and type it again"
	case after != "" && after != " " && after != "\t" && after != "\n":
		s.message = "a space is missing after " + s.key + ":"
	default:
		return slip{}, false
	}
	return s, true
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
			d.reportSlip(first, s)
			repaired = append(repaired, d.breakValue(b, []byte(s.key)))
		} else {
			repaired = append(repaired, d.lines(b))
		}
	}
	d.text = bytes.Join(repaired, nil)
	d.rows = lineStarts(d.text)
}

// explainSlip reports the first slip in a block that YAML cannot parse, and
// whether there is one. A slip may make YAML refuse a later line.
func (d *decoder) explainSlip(b block) bool {
	for i := b.first; i < b.end && i < len(d.rows) && i < b.first+maxPrefix; i++ {
		if s, found := slipIn(d.lines(block{first: i, end: i + 1}), d.keys); found {
			d.reportSlip(i, s)
			return true
		}
	}
	return false
}

func (d *decoder) reportSlip(row int, s slip) {
	line := d.lines(block{first: row, end: row + 1})
	d.Report(problem.Position{Line: d.before + row + 1, Column: utf8.RuneCount(line[:s.at]) + 1}, problem.Error, "yaml-syntax", s.message, s.hint)
}

const noBreakIndent = "a no-break space (U+00A0) is where YAML needs spaces"
