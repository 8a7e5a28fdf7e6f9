package frontmatter

// Fields that do not exist, and what was meant.

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// isForeign reports a section that has the fields of something else.
func (p *Plan) isForeign(m *Mapping, n *yaml.Node) bool {
	if !m.top || m.d.Foreign == nil {
		return false
	}
	var unknown []string
	var first *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if _, known := p.byKey[key.Value]; !known && key.Kind == yaml.ScalarNode && key.Tag != broken {
			unknown = append(unknown, key.Value)
			if first == nil {
				first = key
			}
		}
	}
	if len(unknown) < 2 {
		return false
	}
	hint := m.d.Foreign(unknown)
	if hint == "" {
		return false
	}
	m.d.fail(first, "wrong-folder", fmt.Sprintf("%q, %q and other fields are not those of %s", Shorten(unknown[0]), Shorten(unknown[1]), p.what), hint)
	return true
}

// unknownKey reports a field that does not exist.
func (p *Plan) unknownKey(m *Mapping, n, key, value *yaml.Node) {
	m.unknown = true
	if s, found := m.d.slipAt(key, p); found {
		m.given[s.key] = value
		return
	}
	message := fmt.Sprintf("%q is not a field of %s", Shorten(key.Value), p.what)
	meant := p.also[fold(key.Value)]
	if near := Nearest(key.Value, p.keys); meant == nil && near != "" {
		meant = []string{near}
	}
	for _, field := range meant {
		m.given[field] = value // so that what was meant is not also missing
	}
	switch {
	case len(meant) == 1 && hasKey(n, meant[0]):
		m.d.fail(key, "unknown-key", message, "did you mean "+meant[0]+"? that is given already, so delete this one")
	case len(meant) == 1:
		m.d.correct(key, "unknown-key", message, "did you mean "+meant[0]+"?", meant[0])
	case len(meant) > 1:
		m.d.fail(key, "unknown-key", message, "write "+strings.Join(meant, ": or ")+": instead")
	case !m.top && len(n.Content) == 2 && p.short != nil && value.Kind == yaml.ScalarNode:
		p.unknownPair(m, n, message)
	default:
		m.d.fail(key, "unknown-key", message, "the fields of "+p.what+" are "+strings.Join(p.keys, ", "))
	}
}

// unknownPair reports a pair where a text may be: "Lead: Mirembe Hospital" gives
// a role, and in "Mirembe Hospital: Dodoma" the colon belongs to the name.
func (p *Plan) unknownPair(m *Mapping, n *yaml.Node, message string) {
	key, value := n.Content[0], n.Content[1]
	instead := quoteAll(key.Value + ": " + value.Value)
	hint := "if the colon is part of the name, put quotes round it: " + Quote(key.Value+": "+value.Value)
	for _, f := range p.fields {
		if i := slices.Index(f.Values, strings.ToLower(key.Value)); i >= 0 {
			instead = fmt.Sprintf("{%s: %s, %s: %s}", p.shortKey(), Scalar(value.Value), f.Key, f.Values[i])
			hint = "write " + instead
		}
	}
	unknown := problem.Problem{Code: "unknown-key", Message: message, Hint: hint}
	if _, end, ok := m.d.span(value); ok {
		unknown.Fix = m.d.edit(m.d.offset(key), end, instead)
	}
	m.d.Add(unknown, m.d.at(key))
}

// shortKey is the key of the field that a text stands for.
func (p *Plan) shortKey() string {
	for _, f := range p.fields {
		if f.Short {
			return f.Key
		}
	}
	return ""
}

// isRestOfText reports fields between braces that are the rest of the text
// before them, which a comma has divided: in {name: Staff, value: 93,112}, YAML
// sees a field "112". i is the index of its key.
func (p *Plan) isRestOfText(d *decoder, n *yaml.Node, i int) bool {
	if n.Style&yaml.FlowStyle == 0 || i < 2 || !p.isRest(n, i) {
		return false
	}
	if p.isRest(n, i-2) {
		return true // reported with the first part
	}
	last := i
	for last+2 < len(n.Content) && p.isRest(n, last+2) {
		last += 2
	}
	key, value := n.Content[i-2], n.Content[i-1]
	_, end, ok := d.span(n.Content[last])
	if value.Kind != yaml.ScalarNode || value.Style != 0 || value.Tag == broken || !ok {
		return false
	}
	start := d.offset(value)
	text := string(d.text[start:end])
	d.Add(problem.Problem{
		Code: "yaml-syntax", Message: fmt.Sprintf("the comma ends the value of %s", Shorten(key.Value)),
		Hint: "put quotes round it: " + key.Value + ": " + Quote(text), Fix: d.edit(start, end, quoteAll(text)),
	}, d.at(value))
	return true
}

// isRest reports whether the key with the index is unknown and without a value.
func (p *Plan) isRest(n *yaml.Node, i int) bool {
	key, value := n.Content[i], n.Content[i+1]
	_, known := p.byKey[key.Value]
	return !known && key.Kind == yaml.ScalarNode && value.Tag == "!!null" && value.Value == ""
}

func hasKey(n *yaml.Node, key string) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}
