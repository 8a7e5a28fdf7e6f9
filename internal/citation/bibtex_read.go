package citation

// Reading BibTeX.

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/problem"
)

// Limits of one file: of its records, and of the mistakes that are told.
const (
	maxRecords  = 10_000
	maxProblems = 100
)

// Field is a field of a record as a reference manager wrote it.
type Field struct {
	Name  string // in lower case: "author", or the tag of RIS: "AU"
	Value string // escapes of TeX resolved
	Raw   string // as written; the same as Value in RIS
}

// Record is a record as a reference manager wrote it.
type Record struct {
	Type   string // in lower case: "article", or the type of RIS: "JOUR"
	Key    string // what its author cites it by; may be empty
	Fields []Field
	Line   int
}

// ReadBibTeX reads the records of a file of BibTeX or biblatex. Text between
// records is a comment, as it is for BibTeX. Each problem is of a record that
// was left out.
func ReadBibTeX(src string) ([]Record, []problem.Problem) {
	r := bibReader{src: strings.ToValidUTF8(src, "\ufffd"), line: 1, strings: bibMonths()}
	for r.next() {
	}
	return r.records, r.problems
}

// bibReader is a file of BibTeX being read.
type bibReader struct {
	src      string
	pos      int               // of the next byte
	line     int               // that pos is on
	lineAt   int               // where that line begins
	strings  map[string]string // values of @string, by name in lower case
	records  []Record
	problems []problem.Problem
}

// bibMonths are the strings that every BibTeX style defines.
func bibMonths() map[string]string {
	months := map[string]string{}
	for i, name := range strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec") {
		months[name] = fmt.Sprintf("%02d", i+1)
	}
	return months
}

// closingOf are the characters that end what others begin.
var closingOf = map[byte]byte{'{': '}', '(': ')'}

// next reads the next record, and reports whether there may be another.
func (r *bibReader) next() bool {
	at := strings.IndexByte(r.src[r.pos:], '@')
	if at < 0 || len(r.problems) >= maxProblems {
		return false
	}
	if len(r.records) == maxRecords {
		r.fail("too-many-records", fmt.Sprintf("there are more than %d records", maxRecords), "import the file in parts")
		return false
	}
	r.skip(at + 1)
	line := r.line
	r.space()
	kind := strings.ToLower(r.name())
	r.space()
	closing, ok := closingOf[r.peek()]
	switch {
	case kind == "" || !ok: // an @ in a comment, such as an e-mail address
	case kind == "comment" || kind == "preamble":
		r.balanced()
	case kind == "string":
		r.skip(1)
		if fields, ok := r.fields(closing, "@string"); ok {
			for _, f := range fields {
				r.strings[f.Name] = f.Raw
			}
		}
	default:
		r.skip(1)
		key := r.key(closing)
		if fields, ok := r.fields(closing, key); ok {
			r.records = append(r.records, Record{kind, key, fields, line})
		}
	}
	return true
}

// key reads the key of a record, with the comma behind it. It is empty if the
// record begins with a field.
func (r *bibReader) key(closing byte) string {
	n := strings.IndexAny(r.src[r.pos:], ",\n"+string(rune(closing)))
	if n < 0 {
		n = len(r.src) - r.pos
	}
	key := strings.TrimSpace(r.src[r.pos : r.pos+n])
	if strings.Contains(key, "=") {
		return ""
	}
	r.skip(n)
	if r.space(); r.peek() == ',' {
		r.skip(1)
	}
	return key
}

// fields reads the fields of a record up to its end.
func (r *bibReader) fields(closing byte, key string) ([]Field, bool) {
	var fields []Field
	for r.space(); r.peek() != closing; r.space() {
		f, ok := r.field()
		if !ok {
			return nil, false
		}
		fields = append(fields, f)
		if r.space(); r.peek() == ',' {
			r.skip(1)
		} else if r.peek() != closing {
			r.fail("bibtex-syntax", fmt.Sprintf("behind the field %q of %q there is neither a comma nor the end of the record", f.Name, key),
				"put a comma between two fields, and close every brace that is opened")
			return nil, false
		}
	}
	r.skip(1)
	return fields, true
}

// field reads "name = value".
func (r *bibReader) field() (Field, bool) {
	f := Field{Name: strings.ToLower(r.name())}
	switch r.space(); {
	case r.peek() == 0:
		r.fail("bibtex-syntax", "the file ends inside a record", "close every brace that is opened")
		return f, false
	case f.Name == "" || r.peek() != '=':
		r.fail("bibtex-syntax", fmt.Sprintf("%q is not the beginning of a field", clip(f.Name+r.src[r.pos:])), "write name = {value}, with a comma between two fields")
		return f, false
	}
	r.skip(1)
	var value strings.Builder
	for {
		part, ok := r.value()
		if !ok {
			return f, false
		}
		value.WriteString(part)
		if r.space(); r.peek() != '#' { // joins two values
			break
		}
		r.skip(1)
	}
	f.Raw, f.Value = value.String(), PlainTeX(value.String())
	return f, true
}

// value reads a text in braces or quotes, a number, or the name of a string.
func (r *bibReader) value() (string, bool) {
	r.space()
	switch r.peek() {
	case '{':
		return r.closed(r.balanced())
	case '"':
		return r.closed(r.quoted())
	}
	word := r.name()
	if word == "" {
		r.fail("bibtex-syntax", fmt.Sprintf("%q is not a value", clip(r.src[r.pos:])), "put the value in braces: {value}")
		return "", false
	}
	if text, ok := r.strings[strings.ToLower(word)]; ok {
		return text, true
	}
	return word, true
}

func (r *bibReader) closed(text string, ok bool) (string, bool) {
	if !ok {
		r.fail("bibtex-syntax", "the file ends inside a value", "close every brace that is opened")
		return "", false
	}
	return text, true
}

// balanced reads a text in braces or parentheses, and reports whether it ends.
func (r *bibReader) balanced() (string, bool) {
	opening := r.peek()
	depth := 0
	for i := r.pos; i < len(r.src); i++ {
		switch r.src[i] {
		case '\\':
			i++
		case opening:
			depth++
		case closingOf[opening]:
			if depth--; depth == 0 {
				return r.inner(i), true
			}
		}
	}
	r.skip(len(r.src) - r.pos)
	return "", false
}

// quoted reads a text in quotes, in which braces are balanced.
func (r *bibReader) quoted() (string, bool) {
	depth := 0
	for i := r.pos + 1; i < len(r.src); i++ {
		switch r.src[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
		case '"':
			if depth <= 0 {
				return r.inner(i), true
			}
		}
	}
	r.skip(len(r.src) - r.pos)
	return "", false
}

// inner is the text between here and the closing character at end, which it
// skips.
func (r *bibReader) inner(end int) string {
	text := r.src[r.pos+1 : end]
	r.skip(end + 1 - r.pos)
	return text
}

// name reads the name of a type, a field or a string.
func (r *bibReader) name() string {
	return r.while(func(c rune) bool { return !unicode.IsSpace(c) && !strings.ContainsRune(`@{}(),="#%'`, c) })
}

func (r *bibReader) space() { r.while(unicode.IsSpace) }

// while reads as long as the characters are of a kind.
func (r *bibReader) while(is func(rune) bool) string {
	n := strings.IndexFunc(r.src[r.pos:], func(c rune) bool { return !is(c) })
	if n < 0 {
		n = len(r.src) - r.pos
	}
	text := r.src[r.pos : r.pos+n]
	r.skip(n)
	return text
}

// peek is the next byte, 0 at the end.
func (r *bibReader) peek() byte {
	if r.pos == len(r.src) {
		return 0
	}
	return r.src[r.pos]
}

func (r *bibReader) skip(n int) {
	n = min(n, len(r.src)-r.pos)
	passed := r.src[r.pos : r.pos+n]
	if last := strings.LastIndexByte(passed, '\n'); last >= 0 {
		r.line += strings.Count(passed, "\n")
		r.lineAt = r.pos + last + 1
	}
	r.pos += n
}

func (r *bibReader) fail(code, message, hint string) {
	r.problems = append(r.problems, problem.Problem{
		Line: r.line, Column: utf8.RuneCountInString(r.src[r.lineAt:r.pos]) + 1, Code: code, Message: message, Hint: hint,
	})
}

// clip is the beginning of a text, for a message.
func clip(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if runes := []rune(s); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return s
}
