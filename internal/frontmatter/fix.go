package frontmatter

// Fixes: the edits that correct mistakes, and writing texts as YAML.

import (
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// correct reports an error at a node that replacing the node with other YAML
// corrects.
func (d *decoder) correct(n *yaml.Node, code, message, hint, instead string) {
	d.Add(problem.Problem{Code: code, Message: message, Hint: hint, Fix: d.replace(n, instead)}, d.at(n))
}

// failWith reports a mistake at the node. before is put before its message.
func (d *decoder) failWith(n *yaml.Node, m Mistake, before string) {
	if m.Instead == "" {
		d.fail(n, m.Code, before+m.Message, m.Hint)
		return
	}
	d.correct(n, m.Code, before+m.Message, m.Hint, Scalar(m.Instead))
}

// replace returns the edit that replaces a node with other YAML, or no edit if the
// node is on several lines.
func (d *decoder) replace(n *yaml.Node, yaml string) problem.Edit {
	start, end, ok := d.span(n)
	if !ok {
		return problem.Edit{}
	}
	return d.edit(start, end, yaml)
}

// edit returns the edit that replaces the bytes of the decoder's text from start to
// end.
func (d *decoder) edit(start, end int, text string) problem.Edit {
	return problem.Edit{From: d.position(start), To: d.position(end), Text: text}
}

// position returns the position in the file of the byte at an offset of the
// decoder's text.
func (d *decoder) position(offset int) problem.Position {
	line := sort.SearchInts(d.rows, offset+1)
	from := place{line: line, column: 1, offset: d.rows[line-1]}
	if d.last.line == line && d.last.offset <= offset {
		from = d.last
	}
	return problem.Position{Line: d.before + line, Column: from.column + utf8.RuneCount(d.text[from.offset:offset])}
}

// span returns where a node begins and ends in the decoder's text. ok is false if
// the node is on several lines or cannot be replaced.
func (d *decoder) span(n *yaml.Node) (start, end int, ok bool) {
	start, line := d.rest(n)
	length := 0
	switch {
	case n.Tag == broken || n.Anchor != "" || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle|yaml.TaggedStyle) != 0:
		return 0, 0, false
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		length = quoteEnd(line, 0)
	case n.Kind == yaml.ScalarNode:
		length = plainLength(d.text[start:], n.Value)
	case n.Style&yaml.FlowStyle != 0:
		length = flowEnd(line)
	default:
		return 0, 0, false
	}
	if length <= 0 || length > len(line) {
		return 0, 0, false
	}
	return start, start + length, true
}

// flowEnd returns the length of the list or mapping in brackets at the beginning of
// a line, or -1 if it does not end in the line.
func flowEnd(line []byte) int {
	depth, itemStart := 0, true
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '[' || c == '{':
			depth++
			itemStart = true
			continue
		case c == ']' || c == '}':
			depth--
			if depth == 0 {
				return i + 1
			}
		case c == ',' || c == ' ' || c == ':':
			itemStart = itemStart || c != ' '
			continue
		case itemStart && isQuote(line, i):
			end := quoteEnd(line, i)
			if end < 0 {
				return -1
			}
			i = end - 1
		}
		itemStart = false
	}
	return -1
}

// Scalar returns YAML that reads back as the text wherever a value may be. It uses
// quotes only if they are needed. A text such as "n/a" has none, so that it is still
// reported: quotes would say that it is meant.
func Scalar(text string) string {
	looksBroken := listMark.MatchString(text) || strings.HasSuffix(text, "]") || strings.HasSuffix(text, `"`) // reportListMark would report these
	if !looksBroken && isPlain("x: "+text+"\n", text) && isPlain("x: ["+text+"]\n", text) {
		return text
	}
	return quoteAll(text)
}

// isPlain reports whether the value of the only field of a YAML text, or of its
// only item, is the text in plain style.
func isPlain(yamlText, text string) bool {
	n, err := parseYAML([]byte(yamlText))
	if err != nil || n == nil || len(n.Content) != 2 {
		return false
	}
	value := n.Content[1]
	if value.Kind == yaml.SequenceNode && len(value.Content) == 1 {
		value = value.Content[0]
	}
	return value.Kind == yaml.ScalarNode && value.Style == 0 && value.Anchor == "" && value.Value == text && value.Tag != "!!null"
}

// Quote returns a text in quotes, shortened for a message.
func Quote(text string) string { return quoteAll(Shorten(text)) }

// quoteAll returns quoted YAML that reads back as the text.
func quoteAll(text string) string {
	if strings.ContainsAny(text, `"\`) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return `"` + text + `"`
}
