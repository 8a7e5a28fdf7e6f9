package frontmatter

// Decoding YAML nodes into structs.

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// decoder decodes one YAML text into typed values. It reports problems in its file
// and continues. A value that cannot be read keeps its default.
type decoder struct {
	*File
	text        []byte          // the YAML text
	rows        []int           // offsets of the lines of text
	last        place           // the last result of offset
	before      int             // number of lines of the file before text
	keys        map[string]bool // keys of all fields that may be in the text, at any depth
	brokenLines map[int]bool    // lines of text with broken values, counted from 1
	top         *Plan           // plan of the section, if the section is one mapping
	lost        map[string]bool // keys of top in text that cannot be read
	keyless     int             // the line after the last one that was found to have no key, from 0
	lostAny     bool            // whether there is such text whose key is unknown
}

func newDecoder(f *File, s Section, p *Plan) *decoder {
	return &decoder{File: f, text: s.text, rows: lineStarts(s.text), before: s.line, keys: p.known, brokenLines: map[int]bool{}, lost: map[string]bool{}}
}

// setText replaces the text with a text that has the same lines, some of them
// repaired.
func (d *decoder) setText(text []byte) {
	d.text, d.rows, d.last = text, lineStarts(text), place{}
}

// Decode decodes a section that is one mapping into the struct that into points to.
func (p *Plan) Decode(f *File, s Section, into any) {
	d := newDecoder(f, s, p)
	d.top = p
	d.straightenQuotes()
	d.breakSlips(p.byKey)
	n := d.readYAML()
	switch {
	case n == nil && len(d.problems) > 0:
		return
	case n == nil:
		n = &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	case n.Kind == yaml.ScalarNode && n.Tag == broken:
		return
	case n.Kind != yaml.MappingNode:
		d.fail(n, "wrong-type", "this is not a list of fields", `write each field on a line of its own as "key: value"`)
		return
	}
	p.decodeStruct(d, n, reflect.ValueOf(into).Elem(), &Mapping{d: d, at: problem.Position{Line: 1, Column: 1}, top: true})
}

// Items returns the entries of a section that is a list, or a mapping whose only
// field, key, is that list. p is the plan of an entry.
func (p *Plan) Items(f *File, s Section, key string) []Node {
	d := newDecoder(f, s, p)
	d.straightenQuotes()
	var items []Node
	for _, n := range d.items(d.readYAML(), key) {
		if isEmpty(n) {
			d.fail(n, "empty-value", "an item of "+key+" is empty", "write the fields of an entry after the hyphen, or delete it")
			continue
		}
		items = append(items, Node{d: d, n: n, key: key})
	}
	return items
}

// DecodeNode decodes one entry into the struct that into points to.
func (p *Plan) DecodeNode(n Node, into any) {
	p.decodeStruct(n.d, n.n, reflect.ValueOf(into).Elem(), &Mapping{d: n.d, at: n.Position(), top: true})
}

func (d *decoder) items(n *yaml.Node, key string) []*yaml.Node {
	switch {
	case n == nil || n.Tag == broken:
		return nil
	case n.Kind == yaml.SequenceNode:
		return n.Content
	case n.Kind != yaml.MappingNode:
		d.fail(n, "wrong-type", "this file is a list of "+key, "begin each entry with - id: …")
		return nil
	}
	var items []*yaml.Node
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		switch {
		case !d.isKey(name):
		case seen[name.Value] != nil:
			d.duplicateKey(name, seen[name.Value])
		case name.Value != key:
			d.fail(name, "unknown-key", fmt.Sprintf("%q is not a field of this file", Shorten(name.Value)), "the file has one field, "+key+", with a list of entries")
		case isEmpty(value) || value.Tag == broken:
		case value.Kind != yaml.SequenceNode:
			d.fail(value, "wrong-type", key+" is a list", "begin each entry with - id: …")
		default:
			items = value.Content
		}
		if name.Kind == yaml.ScalarNode {
			seen[name.Value] = name
		}
	}
	return items
}

// decodeStruct decodes a mapping, or its short form, into a struct, and records its
// keys and values in m.
func (p *Plan) decodeStruct(d *decoder, n *yaml.Node, into reflect.Value, m *Mapping) bool {
	p.setDefaults(into)
	before := len(d.problems)
	m.keys, m.given = map[string]*yaml.Node{}, map[string]*yaml.Node{}
	switch {
	case n.Tag == broken:
		return false
	case n.Kind == yaml.ScalarNode && d.reportSlipIn(n, p):
		return false
	case n.Kind == yaml.ScalarNode && p.short != nil:
		if text, ok := d.words(n, p.what); ok && !p.shortValue.reportUnstated(d, n, text) {
			if p.shortValue.prose && p.shortValue.key != "" { // without a key, the text is a name, and is reported as one
				d.checkMarkup(n, text)
			}
			setText(into.FieldByIndex(p.short), Ref{text, d.at(n)})
		}
	case n.Kind == yaml.MappingNode && p.isForeign(m, n):
		return false
	case n.Kind == yaml.MappingNode:
		p.decodeFields(d, n, into, m)
		p.checkRequired(m)
	case n.Kind == yaml.ScalarNode && (IsUnstated(n.Value) || truths[strings.ToLower(n.Value)] == "false"):
		d.fail(n, "wrong-type", p.what+" has fields of its own", "delete it: what is not known is left out")
		return false
	case n.Kind == yaml.SequenceNode && !slices.ContainsFunc(n.Content, func(item *yaml.Node) bool { return item.Kind != yaml.MappingNode }):
		d.fail(n, "wrong-type", p.what+" has fields of its own", "delete the hyphens: each line begins with the name of a field and a colon")
		return false
	default:
		d.fail(n, "wrong-type", p.what+" has fields of its own", cmp.Or(p.example, `write them as "key: value", indented: `+strings.Join(p.keys, ", ")))
		return false
	}
	if checker, ok := into.Addr().Interface().(Checker); ok {
		checker.CheckYAML(m)
	}
	return !d.hasErrorSince(before)
}

// reportSlipIn reports a field without a space after its colon where fields of the
// plan are expected. YAML reads it as plain text.
func (d *decoder) reportSlipIn(n *yaml.Node, p *Plan) bool {
	_, found := d.slipAt(n, p)
	return found
}

// slipAt reports the slip in the text at a node, and returns it.
func (d *decoder) slipAt(n *yaml.Node, p *Plan) (slip, bool) {
	if n.Style != 0 {
		return slip{}, false
	}
	start, line := d.rest(n)
	s, found := slipIn(line, p.byKey)
	if found {
		d.Add(problem.Problem{Code: s.code, Message: s.message, Hint: s.hint, Fix: d.edit(start+s.fix.from, start+s.fix.to, s.fix.text)}, d.position(start+s.at))
	}
	return s, found
}

func (p *Plan) decodeFields(d *decoder, n *yaml.Node, into reflect.Value, m *Mapping) {
	foreign, _ := into.Addr().Interface().(Tolerant)
	for i, next := 0, 0; i+1 < len(n.Content) && !d.Full(); i = next {
		key, value := n.Content[i], n.Content[i+1]
		whole, after := p.whole(d, n, i)
		next = after
		if !d.isKey(key) {
			continue
		}
		if m.keys[key.Value] != nil {
			d.duplicateKey(key, m.keys[key.Value])
			continue
		}
		m.keys[key.Value] = key
		index, known := p.byKey[key.Value]
		switch {
		case known && isEmpty(value) && d.reportAmount(key, value):
			m.given[key.Value] = value
		case known && isEmpty(value):
		case known && whole != value && !p.fields[index].hasNoCommas():
			m.given[key.Value] = value
			d.correct(whole, "yaml-syntax", fmt.Sprintf("the comma ends the value of %s", Shorten(key.Value)), "put quotes round it: "+key.Value+": "+Quote(whole.Value), quoteAll(whole.Value))
		case known:
			m.given[key.Value] = value
			f := p.fields[index]
			f.decode(d, whole, into.FieldByIndex(f.index))
		case foreign != nil && foreign.IgnoresYAML(key.Value):
		default:
			p.unknownKey(m, n, key, value)
		}
	}
}

// reportAmount reports an amount such as >5, which YAML reads as the beginning of a
// text on several lines.
func (d *decoder) reportAmount(key, value *yaml.Node) bool {
	if value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		return false
	}
	start, line := d.rest(value)
	text := string(bytes.TrimSpace(line))
	if !strings.ContainsAny(text, "0123456789") {
		return false
	}
	d.Add(problem.Problem{
		Code: "yaml-syntax", Message: fmt.Sprintf("a value cannot begin with %c unless it is quoted", text[0]),
		Hint: "put quotes round it: " + key.Value + ": " + Quote(text), Fix: d.edit(start, start+len(text), quoteAll(text)),
	}, d.at(value))
	return true
}

// checkRequired reports the required fields that are missing.
func (p *Plan) checkRequired(m *Mapping) {
	for _, f := range p.fields {
		// In a nested mapping, an unknown field and a missing one are usually the
		// same mistake.
		if !f.Required || m.Given(f.Key) || m.unknown && !m.top {
			continue
		}
		if key := m.keys[f.Key]; key != nil {
			m.d.fail(key, "missing-field", fmt.Sprintf("%s is empty, but %s needs it", f.Key, p.what), "write a value after "+f.Key+":")
		} else {
			m.d.Report(m.at, problem.Error, "missing-field", fmt.Sprintf("%s is missing, but %s needs it", f.Key, p.what), "add a line "+f.Key+": …")
		}
	}
}

// isKey reports whether a node can be the name of a field. If not, it adds a
// problem.
func (d *decoder) isKey(key *yaml.Node) bool {
	switch {
	case key.Tag == broken:
		return false
	case key.Tag == "!!merge":
		d.fail(key, "yaml-alias", "<< is a YAML merge key, which is not read here", "write the fields out")
		return false
	case key.Kind != yaml.ScalarNode:
		d.fail(key, "wrong-type", "the name of a field is plain text", `write "key: value"; text that begins with [ or { needs quotes round it`)
		return false
	case key.Style == 0 && strings.HasPrefix(key.Value, "\u00a0"):
		d.fail(key, "yaml-syntax", noBreakIndent, "delete it and type a usual space")
		return false
	}
	return true
}

func (d *decoder) duplicateKey(key, first *yaml.Node) {
	d.fail(key, "duplicate-key", fmt.Sprintf("%q was given in line %d already", Shorten(key.Value), d.at(first).Line), "keep one of the two")
}

// at returns the position of a node in the file.
func (d *decoder) at(n *yaml.Node) problem.Position {
	return problem.Position{Line: d.before + n.Line, Column: n.Column}
}

// place is a place in the YAML text: its line and column, and its offset.
type place struct{ line, column, offset int }

// offset returns the offset of a node in the YAML text. A series of calls with
// increasing columns in one line takes linear time in total.
func (d *decoder) offset(n *yaml.Node) int {
	if n.Line != d.last.line || n.Column < d.last.column {
		d.last = place{line: n.Line, column: 1, offset: d.rows[min(n.Line, len(d.rows))-1]}
	}
	for ; d.last.column < n.Column; d.last.column++ {
		_, size := utf8.DecodeRune(d.text[d.last.offset:])
		d.last.offset += size
	}
	return d.last.offset
}

// rest returns the offset of a node, and the text from there to the end of the line.
func (d *decoder) rest(n *yaml.Node) (start int, text []byte) {
	start = d.offset(n)
	if next := sort.SearchInts(d.rows, start+1); next < len(d.rows) {
		return start, d.text[start : d.rows[next]-1]
	}
	return start, d.text[start:]
}

// fail reports an error at the node.
func (d *decoder) fail(n *yaml.Node, code, message, hint string) {
	d.Report(d.at(n), problem.Error, code, message, hint)
}

// isEmpty reports whether a value is empty: "key:", null, "", [] or {}. A field
// with an empty value counts as not given.
func isEmpty(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return n.Tag == "!!null" || n.Tag != broken && strings.TrimSpace(n.Value) == ""
	default:
		return len(n.Content) == 0
	}
}

// isOneOf reports whether a key is the singular of the key of a list.
func isOneOf(key, list string) bool {
	return list == key+"s" || strings.HasSuffix(key, "y") && list == strings.TrimSuffix(key, "y")+"ies"
}

// words returns a scalar as text, with each run of white space replaced by one
// space. Values such as 2016 and no are text too. For any other node, it adds a
// problem and returns false.
func (d *decoder) words(n *yaml.Node, what string) (string, bool) {
	switch {
	case n.Tag == broken:
		return "", false
	case n.Kind == yaml.MappingNode:
		hint := "write it on one line after the key"
		switch {
		case len(n.Content) == 2 && (nameKeys[n.Content[0].Value] || isOneOf(n.Content[0].Value, what)) && n.Content[1].Kind == yaml.ScalarNode:
			d.correct(n, "wrong-type", what+" is text, not fields of its own", "write "+Shorten(Scalar(n.Content[1].Value)), Scalar(n.Content[1].Value))
			return "", false
		case len(n.Content) == 2 && n.Style&yaml.FlowStyle == 0:
			hint = "if the colon is part of the text, put quotes round it: " + Quote(n.Content[0].Value+": "+n.Content[1].Value)
		}
		d.fail(n, "wrong-type", what+" is text, not fields of its own", hint)
		return "", false
	case n.Kind == yaml.SequenceNode:
		if len(n.Content) == 1 && n.Content[0].Kind == yaml.ScalarNode && !IsUnstated("["+n.Content[0].Value+"]") {
			d.correct(n, "wrong-type", what+" is text, not a list", "write "+Shorten(Scalar(n.Content[0].Value)), Scalar(n.Content[0].Value))
			return "", false
		}
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

// nameKeys are keys before a name that stands alone where a text is expected.
var nameKeys = map[string]bool{"id": true, "name": true, "title": true, "label": true}
