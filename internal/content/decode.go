package content

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// decoder reads one YAML text into typed values. It gathers problems in its
// file and goes on: a value that cannot be read is left unset.
type decoder struct {
	*file
	text        []byte // of the YAML
	rows        []int  // offset of each line of text
	before      int    // lines of the file before text
	brokenLines map[int]bool
}

func newDecoder(f *file, text []byte, before int) *decoder {
	return &decoder{file: f, text: text, rows: lineStarts(text), before: before, brokenLines: map[int]bool{}}
}

// at is the place of a node in the file.
func (d *decoder) at(n *yaml.Node) Position {
	return Position{Line: d.before + n.Line, Column: n.Column}
}

// offset is the place of a node in the YAML text.
func (d *decoder) offset(n *yaml.Node) int {
	offset := d.rows[min(n.Line, len(d.rows))-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(d.text[offset:])
		offset += size
	}
	return offset
}

// fail reports an error at the node.
func (d *decoder) fail(n *yaml.Node, code, message, hint string) {
	d.report(d.at(n), problem.Error, code, message, hint)
}

// isEmpty reports values that say nothing: "key:", null, "", [] and {}. A
// field with such a value is not given.
func isEmpty(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return n.Tag == "!!null" || n.Tag != broken && strings.TrimSpace(n.Value) == ""
	default:
		return len(n.Content) == 0
	}
}

// words is a scalar as text: as written (2016 and no are text, too), with runs
// of white space made one space. It reports and returns false for anything else.
func (d *decoder) words(n *yaml.Node, what string) (string, bool) {
	switch {
	case n.Tag == broken:
		return "", false
	case n.Kind == yaml.MappingNode:
		hint := "write it on one line behind the key"
		if len(n.Content) == 2 && n.Style&yaml.FlowStyle == 0 {
			hint = "if the colon is part of the text, put quotes round it: " + quote(n.Content[0].Value+": "+n.Content[1].Value)
		}
		d.fail(n, "wrong-type", what+" is text, not fields of its own", hint)
		return "", false
	case n.Kind == yaml.SequenceNode:
		d.fail(n, "wrong-type", what+" is text, not a list", "write one value, without brackets or hyphens")
		return "", false
	}
	text := strings.Join(strings.Fields(n.Value), " ")
	if i := strings.IndexFunc(text, isControl); i >= 0 {
		d.fail(n, "control-character", what+" holds an invisible character", "delete the code for it after the backslash")
		return "", false
	}
	return text, true
}
