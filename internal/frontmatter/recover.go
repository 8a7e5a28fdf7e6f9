package frontmatter

// Recovery: reading the valid parts of text that YAML rejects.

import (
	"bytes"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// maxSyntaxErrors is the maximum number of syntax errors reported for one file. A
// text that is not YAML at all has one in every line.
const maxSyntaxErrors = 10

// maxPrefix is the maximum number of lines of a field that are searched for the
// invalid line.
const maxPrefix = 100

// recover parses text that YAML rejects field by field, so that one mistake does
// not hide others. It reports each field that cannot be parsed, and replaces its
// value with a broken node.
func (d *decoder) recover() *yaml.Node {
	d.repairFirstField()
	header, blocks := d.blocks()
	repaired := [][]byte{d.lines(header)}
	var kind yaml.Kind // kind of the first block that is a mapping or a list
	found := 0
	for _, block := range blocks {
		text := d.lines(block)
		node, err := parseYAML(text)
		if node != nil && kind == 0 && node.Kind != yaml.ScalarNode {
			kind = node.Kind
		}
		// Text among fields, or a field among items, can be parsed alone but has
		// another kind.
		if err == nil && (node == nil || node.Kind == kind) {
			repaired = append(repaired, text)
			continue
		}
		if !d.explainSlip(block) {
			d.explain(block.first + breakingLine(text))
		}
		repaired = append(repaired, d.breakBlock(block))
		found++
		if found >= maxSyntaxErrors || d.Full() {
			return nil
		}
	}
	d.setText(bytes.Join(repaired, nil))
	root, err := parseYAML(d.text)
	if err != nil {
		if found == 0 {
			d.explain(breakingLine(d.text))
		}
		return nil
	}
	return root
}

// block is a field or a list item with its lines: from first to before end, counted
// from 0 in the decoder's text.
type block struct{ first, end int }

// blocks divides the text into the fields of its mapping or the items of its list.
// If the only field is a list, as in vocabularies, the blocks are its items, and
// header is the lines before them.
func (d *decoder) blocks() (header block, blocks []block) {
	blocks = d.divide(0)
	if len(blocks) != 1 || d.isItem(d.firstLine(blocks[0])) {
		return header, blocks
	}
	items := d.divide(d.firstLine(blocks[0]) + 1)
	if len(items) < 2 || !d.isItem(d.firstLine(items[0])) {
		return header, blocks
	}
	return block{end: items[0].first}, items
}

// divide divides the lines from first on into blocks. A block begins at each line
// that is indented no more than the first line that is not blank.
func (d *decoder) divide(first int) []block {
	var blocks []block
	indentation := -1
	for i := first; i < len(d.rows); i++ {
		line := d.lines(block{first: i, end: i + 1})
		text := bytes.TrimLeft(line, " ")
		if isBlank(line) {
			continue
		}
		indent := len(line) - len(text)
		if indentation < 0 {
			indentation = indent
			blocks = append(blocks, block{first: first, end: len(d.rows)})
			continue
		}
		// The items of a list need not be indented below its key.
		if indent > indentation || d.isItem(i) && !d.isItem(d.firstLine(blocks[0])) {
			continue
		}
		blocks[len(blocks)-1].end = i
		blocks = append(blocks, block{first: i, end: len(d.rows)})
	}
	return blocks
}

// isItem reports whether a line begins an item of a list.
func (d *decoder) isItem(line int) bool {
	text := bytes.TrimSpace(d.lines(block{first: line, end: line + 1}))
	return bytes.Equal(text, []byte("-")) || bytes.HasPrefix(text, []byte("- "))
}

// lines returns the text of a block, including its last newline.
func (d *decoder) lines(b block) []byte {
	if b.end >= len(d.rows) {
		return d.text[d.rows[b.first]:]
	}
	return d.text[d.rows[b.first]:d.rows[b.end]]
}

// breakingLine returns the line of text, counted from 0, at which parsing fails:
// the line after the longest prefix of lines that YAML can parse.
func breakingLine(text []byte) int {
	breaking, end, last := 0, 0, 0
	for i := 0; i < maxPrefix && end < len(text); i++ {
		next := bytes.IndexByte(text[end:], '\n')
		if next < 0 {
			break
		}
		if len(bytes.TrimSpace(text[end:end+next])) > 0 {
			last = i
		}
		end += next + 1
		if _, err := parseYAML(text[:end]); err == nil {
			breaking = i + 1
		}
	}
	return min(breaking, last)
}

// key matches the key at the beginning of a line.
var key = regexp.MustCompile(`^ *([A-Za-z_][A-Za-z0-9_-]*|"[A-Za-z0-9_ -]*"|'[A-Za-z0-9_ -]*') *:( |\n|$)`)

// breakBlock returns as many lines as the block has. They are empty except for the
// key of its field, or the hyphen of its item, with a broken value. So a field that
// cannot be read is not reported as missing too.
func (d *decoder) breakBlock(b block) []byte {
	d.loseKeys(b)
	first := d.firstLine(b)
	line := d.lines(block{first: first, end: first + 1})
	switch match := key.FindSubmatchIndex(line); {
	case match != nil:
		return d.breakValue(b, line[:match[3]])
	case d.isItem(first):
		text := append(bytes.Repeat([]byte("\n"), first-b.first), line[:bytes.IndexByte(line, '-')]...)
		d.brokenLines[first+1] = true
		return append(append(text, "- "+broken+` ""`...), bytes.Repeat([]byte("\n"), b.end-first)...)
	}
	return bytes.Repeat([]byte("\n"), b.end-b.first)
}

// loseKeys records the keys in a block that cannot be read, so that their fields
// are not reported as missing. The block may contain several fields, because a
// field with one space too many before it belongs to the field above.
func (d *decoder) loseKeys(b block) {
	if d.top == nil {
		return
	}
	for i := d.firstLine(b); i < b.end && i < len(d.rows); i++ {
		name := d.keyOf(d.line(i))
		d.lost[name] = true
		d.lostAny = d.lostAny || name == "" && i == d.firstLine(b)
	}
}

// keyOf returns the key of the field that a line is or is meant as, or "".
func (d *decoder) keyOf(line string) string {
	if m := key.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	if m := emphasised.FindStringSubmatch(line); m != nil {
		return m[3]
	}
	if m := assigned.FindStringSubmatch(line); m != nil {
		return m[2]
	}
	_, name, _ := d.meantField(line)
	return name
}

// breakValue is like breakBlock, for a field with the given key, which includes its
// indentation.
func (d *decoder) breakValue(b block, key []byte) []byte {
	first := d.firstLine(b)
	text := append(bytes.Repeat([]byte("\n"), first-b.first), key...)
	d.brokenLines[first+1] = true
	return append(append(text, ": "+broken+` ""`...), bytes.Repeat([]byte("\n"), b.end-first)...)
}

// firstLine returns the first line of a block that is not blank.
func (d *decoder) firstLine(b block) int {
	first := b.first
	for first+1 < b.end && isBlank(d.lines(block{first: first, end: first + 1})) {
		first++
	}
	return first
}

// isBlank reports whether a line is empty or a comment.
func isBlank(line []byte) bool {
	text := bytes.TrimSpace(line)
	return len(text) == 0 || text[0] == '#'
}
