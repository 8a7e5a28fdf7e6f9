package frontmatter

// Lines that are meant as fields but are not valid YAML fields: "title Burns care",
// "“title”: Burns care", "- title: Burns care".

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fieldLike matches such a line. The groups are the text before the key (white
// space, the mark of a list item, a brace, a bar, a quotation mark), the key, the text
// between the key and the value, and the value.
var fieldLike = regexp.MustCompile(`^([ \t\x{a0}]*(?:(?:[-*+•–—]|[0-9]+[.)])[ \t]+)?(?:[{|][ \t]*)?["'“”„‘’«»]?)([A-Za-z_][A-Za-z0-9_-]*)(["'“”‘’«»]?[ \t\x{a0}]*(?:[:：;.,–—→⇒|-]|[-=]>)?)(?:[ \t\x{a0}]+(.*))?$`)

// anotherField matches the beginning of a second field in braces.
var anotherField = regexp.MustCompile(`, *[A-Za-z_][A-Za-z0-9_-]*: `)

// nextField matches the beginning of a field inside a line.
var nextField = regexp.MustCompile(`(?:^ *|[,;] *)([A-Za-z_][A-Za-z0-9_-]*): `)

// fieldsInLine returns the mistake of a line with several fields of the file, such as
// "- organisation: Mirembe, role: lead" or "led_by: planning: Malawi".
func (d *decoder) fieldsInLine(line string) (mistake lineMistake, found bool) {
	first := key.FindStringSubmatchIndex(strings.Replace(line, "- ", "  ", 1))
	if first == nil || d.top == nil && first[2] == 0 || !d.keys[line[first[2]:first[3]]] {
		return lineMistake{}, false
	}
	start, value := first[2], first[3]+strings.Index(line[first[3]:], ":")+1
	outer, at := line[start:value], 0
	fields := []string{outer}
	from := value
	for _, next := range nextField.FindAllStringSubmatchIndex(line[value:], -1) {
		if !d.keys[line[value+next[2]:value+next[3]]] {
			return lineMistake{}, false
		}
		at = cmp.Or(at, value+next[2])
		fields[len(fields)-1] += withValue(line[from : value+next[0]])
		fields = append(fields, line[value+next[2]:value+next[3]]+":")
		from = value + next[1]
	}
	if len(fields) < 2 {
		return lineMistake{}, false
	}
	fields[len(fields)-1] += withValue(line[from:])
	const twoFields = "a line holds one field, and here another one begins"
	written := "{" + strings.Join(fields, ", ") + "}"
	switch isItem := strings.Contains(line[:start], "- "); {
	case fields[0] == outer:
		written = outer + " {" + strings.Join(fields[1:], ", ") + "}"
	case !isItem && start == 0 && !d.top.Has(strings.SplitN(fields[1], ":", 2)[0]):
		return lineMistake{}, false // a word of the text that is a key elsewhere
	case !isItem:
		return syntax(at, twoFields, "begin a new line with "+Shorten(fields[1]), nil), true
	}
	return syntax(at, twoFields, "write "+Shorten(written), replaceLine(start, len(line), written)), true
}

// withValue returns the value of a field, with a space before it if it is not empty.
func withValue(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return " " + Scalar(text)
}

// meantField returns what is wrong with a line that is meant as a field of the
// file, and the key of that field.
func (d *decoder) meantField(line string) (mistake lineMistake, key string, found bool) {
	m := fieldLike.FindStringSubmatch(line)
	if m == nil || d.top == nil || !d.top.Has(strings.ToLower(m[2])) {
		return lineMistake{}, "", false
	}
	before, between, value := m[1], strings.TrimSpace(m[3]), strings.TrimSpace(m[4])
	if before == "" && between == ":" || strings.HasPrefix(between+value, "=") {
		return lineMistake{}, "", false // a correct field, or a mistake that assigned matches
	}
	key = strings.ToLower(m[2])
	inBraces := strings.Contains(before, "{")
	if inBraces {
		value = strings.TrimRight(strings.TrimSuffix(value, "}"), " ")
	}
	inTable := strings.Contains(before, "|")
	if inTable {
		value = strings.TrimRight(value, " \t|")
	}
	written := strings.TrimSpace(key + ": " + asValue(value))
	at, message, hint := 0, "", "write "+Shorten(written)
	marks := strings.TrimLeft(before, " \t\u00a0")
	switch {
	case strings.Contains(before, "\t") && marks == "":
		at, message, hint = strings.Index(before, "\t"), "a tab is before "+key+":", hint+" at the beginning of the line"
	case inBraces:
		at, message, hint = strings.Index(before, "{"), "a field on a line of its own has no braces", hint+", without braces"
	case inTable:
		at, message = strings.Index(before, "|"), "a row of a table is not read here"
	case strings.ContainsAny(before, `"'“”„‘’«»`):
		at, message = len(before)-len(marks), "the name of a field has no quotation marks here"
	case marks != "":
		at, message, hint = len(before)-len(marks), fmt.Sprintf("%s before %s: makes it an item of a list", strings.TrimSpace(marks), key), hint+" at the beginning of the line"
	case before != "":
		at, message, hint = len(before), key+": is indented, unlike the fields below it", hint+" at the beginning of the line"
	case between == "":
		at, message = len(before)+len(m[2]), "a colon is missing after "+key
	default:
		at, message = len(before)+len(m[2]), fmt.Sprintf("a colon comes after %s, not %s", key, between)
	}
	fix := replaceLine(0, len(line), written)
	if inBraces && anotherField.MatchString(value) {
		hint, fix = "write each field on a line of its own, without braces", nil
	}
	return syntax(at, message, hint, fix), key, true
}

// asValue returns a text as the value of a field: unchanged if YAML can read it,
// otherwise in quotes.
func asValue(text string) string {
	if n, err := parseYAML([]byte("x: " + text + "\n")); err == nil && n != nil && len(n.Content) == 2 && n.Content[1].Kind != yaml.MappingNode {
		return text
	}
	return quoteAll(text)
}

// repairFirstField reports the first line of a text that YAML rejects, if the line
// is meant as a field, because all lines below it may be correct. It replaces the
// value of the field with a broken node.
func (d *decoder) repairFirstField() {
	first := d.firstLine(block{end: len(d.rows)})
	m, key, found := d.meantField(d.line(first))
	if !found {
		return
	}
	end := first + 1
	for end < len(d.rows) && !d.beginsField(end) {
		end++
	}
	if end == len(d.rows) {
		return // all other lines are written in the same way
	}
	own := block{first: first, end: end}
	d.reportLine(first, m)
	d.loseKeys(own)
	text := [][]byte{d.text[:d.rows[first]], d.breakValue(own, []byte(key)), d.text[d.rows[end]:]}
	d.setText(bytes.Join(text, nil))
}

// beginsField reports whether a line is not blank, not indented, and not an item of
// a list.
func (d *decoder) beginsField(line int) bool {
	text := d.line(line)
	return !isBlank([]byte(text)) && !strings.ContainsRune(" \t\u00a0", []rune(text)[0]) && !d.isItem(line)
}

// line returns the text of a line, counted from 0, without the newline and trailing
// white space.
func (d *decoder) line(number int) string {
	return string(bytes.TrimRight(d.lines(block{first: number, end: number + 1}), " \t\n"))
}
