package frontmatter

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"casebook/internal/problem"
)

// explain reports why YAML cannot parse the line, counted from 0, at the
// character that is most likely to blame, and what to type instead. The YAML
// library's own messages name neither.
func (d *decoder) explain(line int) {
	text := string(bytes.TrimRight(d.lines(block{first: line, end: line + 1}), " \t\n"))
	at, code, message, hint := mistake(text)
	d.Report(problem.Position{Line: d.before + line + 1, Column: utf8.RuneCountInString(text[:at]) + 1}, problem.Error, code, message, hint)
}

// mistake returns the offset in a line of YAML at which it goes wrong.
func mistake(line string) (at int, code, message, hint string) {
	const syntax = "yaml-syntax"
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if rest := line[indent:]; strings.HasPrefix(rest, "\t") {
		return indent, syntax, "a tab is where YAML needs spaces", "indent with spaces"
	} else if strings.HasPrefix(rest, "\u00a0") {
		return indent, syntax, noBreakIndent, "delete it and type a usual space"
	} else if len(rest) > 1 && rest[0] == '-' && !strings.ContainsRune(" \t-", rune(rest[1])) {
		return indent, syntax, "a space is missing after the hyphen", "write - " + Shorten(strings.TrimLeft(rest[1:], "\u00a0"))
	}
	start := indent
	for strings.HasPrefix(line[start:], "- ") {
		start += 2
		start += len(line[start:]) - len(strings.TrimLeft(line[start:], " "))
	}
	item := start > indent || line[indent:] == "-"

	keyEnd := colon(line, start)
	if isQuote(line, start) {
		keyEnd = -1
		if end := quoteEnd(line, start); end >= 0 && strings.HasPrefix(strings.TrimLeft(line[end:], " ")+" ", ": ") {
			keyEnd = end + strings.Index(line[end:], ":")
		}
	} else if start < len(line) && strings.ContainsRune("[{", rune(line[start])) {
		keyEnd = -1
	}
	value := start
	if keyEnd >= 0 {
		value = keyEnd + 1
		value += len(line[value:]) - len(strings.TrimLeft(line[value:], " \t"))
	} else if !item {
		switch i := strings.Index(line, ":"); {
		case strings.HasPrefix(line[start:], "---") || line[start:] == "...":
			return start, syntax, "a second YAML document begins here", "delete this line"
		case i > start && !isQuote(line, start):
			return i, syntax, "a space is missing after the colon", fmt.Sprintf("write %s: %s", line[start:i], Shorten(line[i+1:]))
		case isQuote(line, start):
		case start < len(line) && strings.ContainsRune("[]{},", rune(line[start])):
		default:
			return start, syntax, fmt.Sprintf("%q is no field: it has no key", Shorten(line[start:])),
				`write "key: value", indent the line if it belongs to the field above, or end the front matter above it with a line of ---`
		}
	}
	if value >= len(line) {
		return indent, syntax, "the line does not fit the lines above it", "give the fields of one entry the same indentation, with spaces"
	}

	rest := line[value:]
	quoted := "put quotes round it: " + strings.TrimLeft(line[start:value], " ") + Quote(rest)
	switch first := rest[0]; {
	case first == '"' || first == '\'':
		end := quoteEnd(line, value)
		if end < 0 {
			return value, syntax, fmt.Sprintf("the quotation that %c opens here has no end", first), fmt.Sprintf("close it with %c", first)
		}
		if after := strings.TrimLeft(line[end:], " \t"); after != "" && after[0] != '#' {
			at = len(line) - len(after)
			return at, syntax, "the value ends at the quotation mark before this", quoted
		}
		if i := invalidEscape(line[value:end]); i >= 0 {
			return value + i, syntax, "YAML reads a backslash between double quotes as the start of a code", `write \\ for a backslash, or use single quotes`
		}
	case first == '*' || first == '&' || first == '!':
		names := map[byte]string{'*': "alias", '&': "anchor", '!': "tag"}
		return value, "yaml-alias", fmt.Sprintf("%c at the start of a value makes it a YAML %s, which is not read here", first, names[first]), quoted
	case strings.ContainsRune("@`%|>,]}#", rune(first)) || strings.HasPrefix(rest+" ", "- ") || strings.HasPrefix(rest+" ", "? "):
		return value, syntax, fmt.Sprintf("a value cannot begin with %c unless it is quoted", first), quoted
	case first == '[' || first == '{':
		if at, message, hint := flowMistake(rest); message != "" {
			return value + at, syntax, message, cmp.Or(hint, quoted)
		}
	default:
		if i := colon(line, value); i >= 0 {
			return i, syntax, "a second colon makes this no plain text for YAML", quoted
		}
	}
	return indent, syntax, "the line does not fit the lines above it", "give the fields of one entry the same indentation, with spaces"
}

// colon is the offset of the first ": ", or ":" at the end, from the offset on.
func colon(line string, from int) int {
	for i := from; i < len(line); i++ {
		if line[i] == ':' && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t') {
			return i
		}
	}
	return -1
}

func isQuote(line string, at int) bool {
	return at < len(line) && (line[at] == '"' || line[at] == '\'')
}

// quoteEnd is the offset behind the quotation that begins at the offset.
func quoteEnd(line string, at int) int {
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

// flowMistake is what is wrong with a value that begins with a bracket, and
// the offset where. Without a hint, the value as a whole may need quotes.
func flowMistake(text string) (at int, message, hint string) {
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
			if c != opening+2 { // in ASCII, each bracket closes the one two before it
				return i, fmt.Sprintf("this is %c, but what it closes was opened with %c", c, opening), fmt.Sprintf("write %c", opening+2)
			}
			open = open[:len(open)-1]
			if len(open) > 0 {
				continue
			}
			if after := strings.TrimLeft(text[i+1:], " \t"); after != "" && after[0] != '#' {
				return len(text) - len(after), fmt.Sprintf("the value ends at the %c before this", c), ""
			}
			return 0, "", ""
		case c == ',':
			itemStart = true
			continue
		case c == ' ':
			continue
		case itemStart && isQuote(text, i):
			end := quoteEnd(text, i)
			if end < 0 {
				return i, fmt.Sprintf("the quotation that %c opens here has no end", c), fmt.Sprintf("close it with %c", c)
			}
			if after := strings.TrimLeft(text[end:], " "); after != "" && !strings.ContainsRune(",]}:", rune(after[0])) {
				return len(text) - len(after), "the value ends at the quotation mark before this", `put double quotes round all of it; if it has double quotes in it, write \" for them`
			}
			i = end - 1
		}
		itemStart = false
	}
	last := open[len(open)-1]
	return last, fmt.Sprintf("the %c that opens here is not closed", text[last]), fmt.Sprintf("close it with %c", text[last]+2)
}

// invalidEscape is the offset of the first backslash in a double-quoted text
// that YAML has no meaning for, or -1.
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
