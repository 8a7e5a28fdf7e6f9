package frontmatter

// Explanations of syntax errors: what is wrong with a line that YAML rejects.

import (
	"fmt"
	"regexp"
	"strings"

	"casebook/internal/problem"
)

// lineMistake is a mistake in one line of YAML, and how to correct it.
type lineMistake struct {
	at                  int // offset in the line, in bytes
	code, message, hint string
	fix                 *lineEdit // may be nil
	missesKey           bool      // the line is text without a key
}

// lineEdit replaces the bytes of a line from one offset to another.
type lineEdit struct {
	from, to int
	text     string
}

func replaceLine(from, to int, text string) *lineEdit { return &lineEdit{from, to, text} }

// explain reports why YAML cannot parse a line, counted from 0, at the character
// that is most likely wrong, and what to write instead. The messages of the YAML
// library contain neither. Of several lines without keys, it reports the first.
func (d *decoder) explain(line int) {
	text := d.line(line)
	m := mistakeIn(text)
	if several, found := d.fieldsInLine(text); found && m.message == secondColon {
		m = several
	} else if meant, key, found := d.meantField(text); found {
		indented := strings.TrimLeft(text, " ") != text
		switch {
		case text[0] == '\t':
			m = syntax(0, m.message, fmt.Sprintf("write %s: at the beginning of the line, or indent with spaces if it belongs to the field above", key), nil)
		case indented && m.message == doesNotFit && strings.TrimSpace(text[:meant.at]) == "":
			m = syntax(meant.at, key+": is indented, so that YAML reads it as part of the field above", "write it at the beginning of the line", replaceLine(0, meant.at, ""))
		case !indented && (m.message == doesNotFit || text[0] != '-'):
			m = meant
		}
	}
	if above := d.keyOf(d.line(max(0, line-1))); m.missesKey && above != "" && d.line(line-1) == above+":" {
		hint, fix := "write two spaces before it", replaceLine(0, 0, "  ")
		if d.top != nil && d.top.Has(above) && d.top.fields[d.top.byKey[above]].List {
			item := func(text string) string { return "  - " + listMark.ReplaceAllString(text, "") }
			hint = fmt.Sprintf("write %q with two spaces before it, and each other item in the same way", Shorten(item(text)))
			fix = replaceLine(0, len(text), item(text))
			for next := line + 1; next < len(d.rows) && d.beginsField(next) && mistakeIn(d.line(next)).missesKey; next++ {
				fix.to, fix.text = d.rows[next]-d.rows[line]+len(d.line(next)), fix.text+"\n"+item(d.line(next))
			}
		}
		m = syntax(m.at, fmt.Sprintf("this line does not belong to %s: above it, since it is not indented", above), hint, fix)
		m.missesKey = true
	}
	follows := m.missesKey && line > 0 && d.keyless == line
	if m.missesKey {
		d.keyless = line + 1
	}
	if !follows {
		d.reportLine(line, m)
	}
}

// reportLine reports a mistake in a line, counted from 0.
func (d *decoder) reportLine(line int, m lineMistake) {
	start := d.rows[line]
	p := problem.Problem{Code: m.code, Message: m.message, Hint: m.hint}
	if m.fix != nil {
		p.Fix = d.edit(start+m.fix.from, start+m.fix.to, m.fix.text)
	}
	d.Add(p, d.position(start+m.at))
}

// syntax returns a mistake with the code "yaml-syntax".
func syntax(at int, message, hint string, fix *lineEdit) lineMistake {
	return coded(at, "yaml-syntax", message, hint, fix)
}

func coded(at int, code, message, hint string, fix *lineEdit) lineMistake {
	return lineMistake{at: at, code: code, message: message, hint: hint, fix: fix}
}

const (
	doesNotFit  = "the line does not fit the lines above it"
	secondColon = "YAML takes this second colon for the start of another field"
)

// notFitting returns the mistake of a line that is valid on its own.
func notFitting(indent int) lineMistake {
	return syntax(indent, doesNotFit, "give the fields of one entry the same indentation, with spaces", nil)
}

// mistakeIn returns the mistake in a line of YAML.
func mistakeIn(line string) lineMistake {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if m, found := mistakeAtStart(line, indent); found {
		return m
	}
	start := indent
	for strings.HasPrefix(line[start:], "- ") {
		start += 2
		start += len(line[start:]) - len(strings.TrimLeft(line[start:], " "))
	}
	keyEnd := keyColon(line, start)
	value := start
	if keyEnd >= 0 {
		value = keyEnd + 1
		value += len(line[value:]) - len(strings.TrimLeft(line[value:], " \t"))
	} else if isItem := start > indent || line[indent:] == "-"; !isItem {
		if m, found := mistakeWithoutKey(line, start); found {
			return m
		}
	}
	if value >= len(line) {
		return notFitting(indent)
	}
	m := mistakeInValue(line[value:], strings.TrimLeft(line[start:value], " "))
	if m.message == "" {
		return notFitting(indent)
	}
	m.at += value
	if m.fix != nil {
		m.fix.from, m.fix.to = m.fix.from+value, m.fix.to+value
	}
	return m
}

// emphasised matches a field whose key is written as bold or italic Markdown.
var emphasised = regexp.MustCompile(`^( *(?:- +)?)([*_]{1,3})([A-Za-z][A-Za-z0-9_-]*) *(:[*_]{1,3}|[*_]{1,3} *:) *(.*)$`)

// assigned matches a field with an equals sign, as in other formats.
var assigned = regexp.MustCompile(`^( *(?:- +)?)([A-Za-z_][A-Za-z0-9_-]*) *=+>? *(.+)$`)

// mistakeAtStart returns the mistake in the spaces, hyphens and marks at the
// beginning of a line.
func mistakeAtStart(line string, indent int) (lineMistake, bool) {
	rest := line[indent:]
	switch {
	case strings.HasPrefix(rest, "\t"):
		return syntax(indent, "a tab is where YAML needs spaces", "indent with spaces", nil), true
	case strings.HasPrefix(rest, "\u00a0"):
		text := strings.TrimLeft(rest, " \u00a0")
		spaces := strings.Repeat(" ", len([]rune(rest))-len([]rune(text)))
		return syntax(indent, noBreakIndent, "delete it and type a usual space", replaceLine(indent, len(line)-len(text), spaces)), true
	case len(rest) > 1 && rest[0] == '-' && !strings.ContainsRune(" \t-", rune(rest[1])):
		text := strings.TrimLeft(rest[1:], "\u00a0")
		return syntax(indent, "a space is missing after the hyphen", "write - "+Shorten(text), replaceLine(indent+1, len(line)-len(text), " ")), true
	}
	if m := emphasised.FindStringSubmatch(line); m != nil {
		written := m[3] + ": " + m[5]
		return syntax(len(m[1]), fmt.Sprintf("%s is for text in the body; here the name of a field is plain", m[2]), "write "+Shorten(written),
			replaceLine(len(m[1]), len(line), written)), true
	}
	if m := assigned.FindStringSubmatch(line); m != nil {
		written := m[2] + ": " + m[3]
		return syntax(len(m[1]), "a field is written with a colon, not with =", "write "+Shorten(written), replaceLine(len(m[1]), len(line), written)), true
	}
	return lineMistake{}, false
}

// keyColon returns the offset of the colon after the key that begins at start, or
// -1.
func keyColon(line string, start int) int {
	if isQuote(line, start) {
		if end := quoteEnd(line, start); end >= 0 && strings.HasPrefix(strings.TrimLeft(line[end:], " ")+" ", ": ") {
			return end + strings.Index(line[end:], ":")
		}
		return -1
	}
	if start < len(line) && strings.ContainsRune("[{", rune(line[start])) {
		return -1
	}
	return colon(line, start)
}

// mistakeWithoutKey returns the mistake in a line that should begin with a key.
func mistakeWithoutKey(line string, start int) (lineMistake, bool) {
	rest := line[start:]
	if mark := listMark.FindString(rest); mark != "" && start > 0 {
		return syntax(start, "an item of a list begins with a hyphen and a space, not with "+strings.TrimSpace(mark), "write - "+Shorten(rest[len(mark):]), replaceLine(start, start+len(mark), "- ")), true
	}
	switch i := strings.Index(line, ":"); {
	case strings.HasPrefix(rest, "---") || rest == "...":
		return syntax(start, "a second YAML document begins here", "delete this line", replaceLine(0, len(line), "")), true
	case i > start && !isQuote(line, start) && !strings.ContainsRune("[{", rune(line[start])):
		return syntax(i, "a space is missing after the colon", fmt.Sprintf("write %s: %s", line[start:i], Shorten(line[i+1:])), replaceLine(i+1, i+1, " ")), true
	case isQuote(line, start), rest != "" && strings.ContainsRune("[]{},", rune(rest[0])):
		return lineMistake{}, false
	}
	m := syntax(start, fmt.Sprintf("%q has no key and a colon before it", Shorten(rest)),
		`write "key: value", indent the line if it belongs to the field above, or end the front matter above it with a line of ---`, nil)
	m.missesKey = true
	return m, true
}

// mistakeInValue returns the mistake in a value. before is the text before it in
// the line, for hints. The message is empty if there is no mistake.
func mistakeInValue(value, before string) lineMistake {
	whole := func(text string) *lineEdit { return replaceLine(0, len(value), quoteAll(text)) }
	quoted := func(text string) string { return "put quotes round it: " + before + Quote(text) }
	if found, plain := markupIn(value); found != "" && strings.ContainsRune("*`[!", rune(value[0])) {
		return coded(0, "markup", markupMessage(found), "write "+before+Shorten(asValue(plain)), replaceLine(0, len(value), asValue(plain)))
	}
	switch first := value[0]; {
	case first == '"' || first == '\'':
		return mistakeInQuotes(value, before)
	case strings.HasPrefix(value, "* "):
		text := strings.TrimLeft(value, "* ")
		return syntax(0, "* before a value becomes part of it", "write "+before+Shorten(asValue(text)), whole(text))
	case first == '*' || first == '&' || first == '!':
		names := map[byte]string{'*': "alias", '&': "anchor", '!': "tag"}
		return coded(0, "yaml-alias", fmt.Sprintf("%c at the start of a value makes it a YAML %s, which is not read here", first, names[first]), quoted(value), whole(value))
	case strings.HasPrefix(value+" ", "- "):
		text := strings.TrimLeft(value, "- ")
		if items := strings.Split(text, " - "); len(items) > 1 {
			list := asList(items)
			return syntax(0, "items of a list do not stand behind a colon with hyphens", "write "+before+Shorten(list), whole(list))
		}
		return syntax(0, "an item of a list does not stand behind a colon", fmt.Sprintf("for a list, write the item on the line below: - %s; for a text, put quotes round it", Shorten(text)), nil)
	case strings.ContainsRune("@`%|>,]}#", rune(first)) || strings.HasPrefix(value+" ", "? "):
		return syntax(0, fmt.Sprintf("a value cannot begin with %c unless it is quoted", first), quoted(value), whole(value))
	case first == '[' || first == '{':
		m := mistakeInBrackets(value)
		if m.message != "" && m.hint == "" {
			m.hint, m.fix = quoted(value), whole(value)
		}
		return m
	}
	if i := colon(value, 0); i >= 0 {
		return syntax(i, secondColon, quoted(value), whole(value))
	}
	return lineMistake{}
}

// mistakeInQuotes returns the mistake in a value that begins with a quotation mark.
func mistakeInQuotes(value, before string) lineMistake {
	mark := value[:1]
	end := quoteEnd(value, 0)
	inner := value[1:]
	switch last := []rune(inner + " ")[len([]rune(inner))-min(1, len(inner))]; {
	case end < 0 && strings.ContainsRune("\"'”’“»", last):
		text := strings.TrimSuffix(inner, string(last))
		return coded(0, "curly-quotes", fmt.Sprintf("the quotation begins with %s and ends with %c", mark, last), "type the same straight quotes on both sides: "+before+Quote(text), replaceLine(0, len(value), quoteAll(text)))
	case end < 0 && !strings.Contains(inner, mark):
		return syntax(0, fmt.Sprintf("the quotation that %s opens here has no end", mark), "close it with "+mark, replaceLine(len(value), len(value), mark))
	case end < 0:
		return syntax(0, fmt.Sprintf("the quotation that %s opens here has no end", mark), "write "+before+Quote(inner), replaceLine(0, len(value), quoteAll(inner)))
	}
	if after := strings.TrimLeft(value[end:], " \t"); after != "" && after[0] != '#' {
		if quotedItems.MatchString(value) {
			var items []string
			for _, item := range strings.Split(value, mark) {
				if item = strings.Trim(item, ",; "); item != "" {
					items = append(items, item)
				}
			}
			return syntax(len(value)-len(after), "the value ends at the quotation mark before this", fmt.Sprintf("for a list, write %s; for a text, put quotes round all of it: %s", Shorten(before+asList(items)), Quote(value)), nil)
		}
		text := value
		if strings.HasSuffix(value, mark) && !hasTwoQuotations(value, mark) {
			text = value[1 : len(value)-1] // the outer marks are meant as quotes
		}
		return syntax(len(value)-len(after), "the value ends at the quotation mark before this", "put quotes round all of it: "+before+Quote(text), replaceLine(0, len(value), quoteAll(text)))
	}
	if i := invalidEscape(value[:end]); i >= 0 {
		return syntax(i, "YAML reads a backslash between double quotes as the start of a code", `write \\ for a backslash, or use single quotes`, replaceLine(i, i, `\`))
	}
	return lineMistake{}
}

// quotedItems matches quotations with commas between them.
var quotedItems = regexp.MustCompile(`^(?:"[^"]+"(?:[,;] *"[^"]+")+|'[^']+'(?:[,;] *'[^']+')+)$`)

// asList returns items as a list in brackets.
func asList(items []string) string {
	written := make([]string, len(items))
	for i, item := range items {
		written[i] = Scalar(strings.TrimSpace(item))
	}
	return "[" + strings.Join(written, ", ") + "]"
}

// hasTwoQuotations reports whether a value that begins and ends with a mark has one
// quotation at its start and another one at its end, as in "A" and "B".
func hasTwoQuotations(value, mark string) bool {
	inner := value[1 : len(value)-1]
	first, last := strings.Index(inner, mark), strings.LastIndex(inner, mark)
	return first > 0 && last > first && inner[first-1] != ' ' && inner[last-1] == ' '
}

// checkbox matches the box before an item of a list of tasks.
var checkbox = regexp.MustCompile(`^\[[ xX]?\] `)

// mistakeInBrackets returns the mistake in a value that begins with a bracket. If
// the hint is empty, the whole value needs quotes.
func mistakeInBrackets(text string) lineMistake {
	var open []int
	itemStart := true
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '[' || c == '{':
			open = append(open, i)
			itemStart = true
			continue
		case c == ']' || c == '}':
			opening := text[open[len(open)-1]]
			if want := string(opening + 2); c != opening+2 { // the ASCII code of a closing bracket is that of the opening one plus two
				return syntax(i, fmt.Sprintf("%c closes what %c opened", c, opening), "write "+want, replaceLine(i, i+1, want))
			}
			open = open[:len(open)-1]
			if len(open) > 0 {
				continue
			}
			if after := strings.TrimLeft(text[i+1:], " \t,;"); after != "" && after[0] == '[' && c == ']' {
				inner := strings.TrimSpace(text[1:i]) + ", " + strings.TrimSpace(after[1:])
				if _, err := parseYAML([]byte("x: [" + inner + "\n")); err == nil {
					return syntax(len(text)-len(after), "a list has one pair of brackets", "write ["+inner, replaceLine(0, len(text), "["+inner))
				}
			}
			if after := strings.Trim(text[i+1:], " \t"); after != "" && strings.Trim(after, ",;.]}") == "" {
				return syntax(len(text)-len(strings.TrimLeft(text[i+1:], " \t")), fmt.Sprintf("nothing comes after the %c of a list or of fields", c), "delete the "+after, replaceLine(i+1, len(text), ""))
			}
			if box := checkbox.FindString(text); box != "" {
				return syntax(0, fmt.Sprintf("%s before a value is not read here", strings.TrimSpace(box)), "write "+Shorten(text[len(box):]), replaceLine(0, len(box), ""))
			}
			if after := strings.TrimLeft(text[i+1:], " \t"); after != "" && after[0] != '#' {
				return syntax(len(text)-len(after), fmt.Sprintf("the value ends at the %c before this", c), "", nil)
			}
			return mistakeInItems(text)
		case c == ',':
			itemStart = true
			continue
		case c == ' ':
			continue
		case itemStart && isQuote(text, i):
			end := quoteEnd(text, i)
			if end < 0 {
				return syntax(i, fmt.Sprintf("the quotation that %c opens here has no end", c), fmt.Sprintf("close it with %c", c), nil)
			}
			if after := strings.TrimLeft(text[end:], " "); after != "" && !strings.ContainsRune(",]}:", rune(after[0])) {
				return syntax(len(text)-len(after), "the value ends at the quotation mark before this", `put double quotes round all of it; if it has double quotes in it, write \" for them`, nil)
			}
			i = end - 1
		}
		itemStart = false
	}
	closing := make([]byte, len(open))
	for i, at := range open {
		closing[len(open)-1-i] = text[at] + 2
	}
	last := open[len(open)-1]
	return syntax(last, fmt.Sprintf("the %c that opens here is not closed", text[last]), "close it with "+Shorten(string(closing)), replaceLine(len(text), len(text), string(closing)))
}

// mistakeInItems returns the mistake in the items of a value in brackets, all of
// which are closed: an item that its author means as plain text but YAML does not
// read as such, because of a question mark, a second colon or a mark at its start.
func mistakeInItems(text string) lineMistake {
	start := 1
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case isQuote(text, i) && strings.TrimLeft(text[start:i], " ") == "":
			if end := quoteEnd(text, i); end > 0 {
				i = end - 1
			}
		case c == ':' && strings.ContainsRune(" ", rune((text + " ")[i+1])) && isWord(text[start:i]):
			start = i + 1
		case strings.ContainsRune("[]{},", rune(c)):
			if m, found := mistakeInItem(text, start, i); found {
				return m
			}
			start = i + 1
		}
	}
	return lineMistake{}
}

func mistakeInItem(text string, start, end int) (lineMistake, bool) {
	item := strings.TrimSpace(text[start:end])
	if item == "" && text[end] == ',' {
		return syntax(end, "an item of the list is empty: nothing is before this comma", "delete the comma", replaceLine(end, end+1, "")), true
	}
	start += strings.Index(text[start:end], item)
	end = start + len(item)
	at := 0
	switch {
	case item == "" || isQuote(item, 0):
		return lineMistake{}, false
	case strings.HasPrefix(item, "- "):
		text := strings.TrimLeft(item, "- ")
		return syntax(start, "between brackets, items have no hyphen", "write "+Shorten(text), replaceLine(start, end, Scalar(text))), true
	case hashtag.MatchString(item):
		return syntax(start, "between brackets, YAML takes # for a comment", "write "+item[1:]+", without #", replaceLine(start, start+1, "")), true
	case strings.ContainsRune("@`%|>*&!#", rune(item[0])):
	case strings.Contains(item, " #"):
		at = strings.Index(item, " #") + 1
	case strings.Contains(item, "?"):
		at = strings.Index(item, "?")
	case colon(item, 0) >= 0:
		at = colon(item, 0)
	default:
		return lineMistake{}, false
	}
	sign := []rune(item[at:])[0]
	return syntax(start+at, fmt.Sprintf("between brackets, YAML does not take %c for part of a text", sign), "put quotes round it: "+Quote(item), replaceLine(start, end, quoteAll(item))), true
}

// hashtag matches a word as other programs mark it.
var hashtag = regexp.MustCompile(`^#[\pL\pN_/-]*\pL[\pL\pN_/-]*$`)

// isWord reports whether a text is a single word, which can be a key.
func isWord(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && !strings.ContainsAny(text, " ?")
}

// colon returns the offset of the first ": ", or ":" at the end of the line, from
// the offset on, or -1.
func colon(line string, from int) int {
	for i := from; i < len(line); i++ {
		if line[i] == ':' && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t') {
			return i
		}
	}
	return -1
}

func isQuote[T string | []byte](line T, at int) bool {
	return at < len(line) && (line[at] == '"' || line[at] == '\'')
}

// quoteEnd returns the offset after the end of the quotation that begins at the
// offset, or -1.
func quoteEnd[T string | []byte](line T, at int) int {
	mark := line[at]
	for i := at + 1; i < len(line); i++ {
		switch {
		case mark == '"' && line[i] == '\\':
			i++
		case line[i] == mark && mark == '\'' && i+1 < len(line) && line[i+1] == mark:
			i++
		case line[i] == mark:
			return i + 1
		}
	}
	return -1
}

// invalidEscape returns the offset of the first backslash in a double-quoted text
// that begins an invalid escape sequence, or -1.
func invalidEscape(text string) int {
	if text[0] != '"' {
		return -1
	}
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '\\' {
			if !strings.ContainsRune("0abt\tnvfre \"/\\N_LPxuU", rune(text[i+1])) {
				return i
			}
			i++
		}
	}
	return -1
}
