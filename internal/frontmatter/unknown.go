package frontmatter

// Unknown fields, and what was meant.

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// isForeign reports a section that has the fields of another kind of content, and
// returns whether it is one.
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

// unknownKey reports an unknown field.
func (p *Plan) unknownKey(m *Mapping, n, key, value *yaml.Node) {
	m.unknown = true
	if s, found := m.d.slipAt(key, p); found {
		m.given[s.key] = value
		return
	}
	if p.isPart(m, n, key, value) {
		return
	}
	message := fmt.Sprintf("%q is not a field of %s", Shorten(key.Value), p.what)
	meant, elsewhere := p.meantKeys(m, key.Value)
	for _, field := range meant {
		m.given[field] = value // so that the field that was meant is not reported as missing too
	}
	switch {
	case len(meant) == 1 && hasKey(n, meant[0]):
		m.d.fail(key, "unknown-key", message, "did you mean "+meant[0]+"? that is given already, so delete this one"+p.orAdd(meant[0]))
	case len(meant) == 1 && !p.mayHold(meant[0], value):
		m.d.fail(key, "unknown-key", message, fmt.Sprintf("write %s: with one of %s", meant[0], strings.Join(p.fields[p.byKey[meant[0]]].Values, ", ")))
	case len(meant) == 1:
		m.d.correct(key, "unknown-key", message, "did you mean "+meant[0]+"?", meant[0])
	case len(meant) > 1 && !slices.ContainsFunc(meant, func(key string) bool { return !hasKey(n, key) }):
		m.d.fail(key, "unknown-key", message, strings.Join(meant, " and ")+" are given already, so delete this one, or add its values to them")
	case len(meant) > 1:
		meant = slices.DeleteFunc(slices.Clone(meant), func(key string) bool { return hasKey(n, key) })
		m.d.fail(key, "unknown-key", message, "write "+strings.Join(meant, ": or ")+": instead")
	case elsewhere != "":
		m.d.fail(key, "unknown-key", message, elsewhere)
	case !m.top && len(n.Content) == 2 && p.short != nil && value.Kind == yaml.ScalarNode:
		p.unknownPair(m, n, message)
	case m.top && len(p.keys) > maxKeysListed:
		m.d.fail(key, "unknown-key", message, `delete it, or write it in the text below; "casebook help fields" lists the fields`)
	default:
		m.d.fail(key, "unknown-key", message, "delete it, or write one of the fields "+strings.Join(p.keys, ", "))
	}
}

// isPart reports fields for parts of one value, such as the given and the family name
// of a person, at the first of them. It returns whether the key is such a field.
func (p *Plan) isPart(m *Mapping, n, key, value *yaml.Node) bool {
	i := slices.IndexFunc(p.fields, func(f field) bool { return slices.Contains(f.parts, fold(key.Value)) })
	if i < 0 || hasKey(n, p.fields[i].Key) {
		return false
	}
	f, values := p.fields[i], make([]string, len(p.fields[i].parts))
	if m.given[f.Key] != nil {
		return true // reported already
	}
	m.given[f.Key] = value
	all := true
	for i := 0; i+1 < len(n.Content); i += 2 {
		if part := slices.Index(f.parts, fold(n.Content[i].Value)); part >= 0 {
			values[part] = n.Content[i+1].Value
		} else {
			all = false
		}
	}
	whole := Scalar(strings.Join(strings.Fields(strings.Join(values, " ")), " "))
	unknown := problem.Problem{Code: "unknown-key", Message: fmt.Sprintf("%q is not a field of %s", Shorten(key.Value), p.what), Hint: fmt.Sprintf("write %s: %s instead", f.Key, Shorten(whole))}
	if all && f.Short {
		unknown.Fix = m.d.replace(n, whole)
	}
	m.d.Add(unknown, m.d.at(key))
	return true
}

// orAdd returns the end of a hint to delete a field that was meant as the field
// with the key, if that is a list.
func (p *Plan) orAdd(key string) string {
	if p.fields[p.byKey[key]].List {
		return ", or add its values to that"
	}
	return ""
}

// maxKeysListed is the maximum number of fields that a hint lists.
const maxKeysListed = 16

// meantKeys returns the fields that an unknown key may have been meant as, or a
// hint where its value belongs.
func (p *Plan) meantKeys(m *Mapping, name string) (keys []string, elsewhere string) {
	unquoted := strings.Trim(strings.TrimLeft(name, "0123456789.)•·#>-* "), "\"'“”„‘’«»`*_: ")
	if p.Has(unquoted) {
		return []string{unquoted}, ""
	}
	if keys = p.also[fold(unquoted)]; keys != nil {
		return keys, ""
	}
	for _, key := range p.keys {
		if fold(key) == fold(unquoted) {
			return []string{key}, ""
		}
	}
	if keys = p.keysWithWords(unquoted); keys != nil {
		return keys, ""
	}
	if m.top && m.d.Elsewhere != nil {
		if elsewhere = m.d.Elsewhere(fold(unquoted)); elsewhere != "" {
			return nil, elsewhere
		}
	}
	if near := Nearest(unquoted, p.keys); near != "" {
		return []string{near}, ""
	}
	return nil, ""
}

// keysWithWords returns the only field that each word of a name means, in singular
// or plural, as "Partner organisation" means partners, or nil.
func (p *Plan) keysWithWords(name string) []string {
	var keys []string
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '_' || r == '-' }) {
		var meant []string
		for _, form := range []string{fold(word), strings.TrimSuffix(fold(word), "s"), fold(word) + "s"} {
			if p.Has(form) {
				meant = []string{form}
			}
			if meant == nil {
				meant = p.also[form]
			}
		}
		if len(meant) != 1 || keys != nil && keys[0] != meant[0] {
			return nil
		}
		keys = meant
	}
	return keys
}

// mayHold reports whether a field with a closed list of values may have the value,
// in any spelling.
func (p *Plan) mayHold(key string, value *yaml.Node) bool {
	f := p.fields[p.byKey[key]]
	if f.Values == nil || value.Kind != yaml.ScalarNode {
		return true
	}
	return Meant(value.Value, f.Values, f.synonyms) != ""
}

// unknownPair reports a pair where a text is allowed. "Lead: Mirembe Hospital"
// gives a role; in "Mirembe Hospital: Dodoma", the colon belongs to the name.
func (p *Plan) unknownPair(m *Mapping, n *yaml.Node, message string) {
	key, value := n.Content[0], n.Content[1]
	instead := quoteAll(key.Value + ": " + value.Value)
	hint := "if the colon is part of the name, put quotes round it: " + Quote(key.Value+": "+value.Value)
	for _, f := range p.fields {
		name, role := value.Value, Meant(key.Value, f.Values, f.synonyms)
		if role == "" {
			name, role = strings.TrimSuffix(key.Value, ", "+f.Key), Meant(value.Value, f.Values, f.synonyms)
		}
		if role != "" {
			instead = fmt.Sprintf("{%s: %s, %s: %s}", p.shortKey(), Scalar(name), f.Key, role)
			hint = "write " + instead
		}
	}
	if title := slices.IndexFunc(p.fields, func(f field) bool { return f.Required }); p.Has("url") && title >= 0 && strings.Contains(value.Value, "://") {
		instead = fmt.Sprintf("{%s: %s, url: %s}", p.fields[title].Key, Scalar(key.Value), quoteAll(value.Value))
		hint = "write " + instead
	}
	unknown := problem.Problem{Code: "unknown-key", Message: message, Hint: hint}
	if _, end, ok := m.d.span(value); ok {
		unknown.Fix = m.d.edit(m.d.offset(key), end, instead)
	}
	m.d.Add(unknown, m.d.at(key))
}

// shortKey returns the key of the field that the short form sets.
func (p *Plan) shortKey() string {
	for _, f := range p.fields {
		if f.Short {
			return f.Key
		}
	}
	return ""
}

// whole returns the value of the pair at an index of a mapping, and the index of the
// next pair. Fields between braces that are the rest of a text, which a comma has
// divided, belong to the value: in {name: Staff, value: 93,112}, YAML sees a field
// "112".
func (p *Plan) whole(d *decoder, n *yaml.Node, i int) (value *yaml.Node, next int) {
	value, next = n.Content[i+1], i+2
	for n.Style&yaml.FlowStyle != 0 && next+1 < len(n.Content) && p.isRest(n, next) {
		next += 2
	}
	if next == i+2 || value.Kind != yaml.ScalarNode || value.Style != 0 || value.Tag == broken {
		return value, i + 2
	}
	_, end, ok := d.span(n.Content[next-2])
	if !ok {
		return value, i + 2
	}
	all := *value
	all.Value = string(d.text[d.offset(value):end])
	return &all, next
}

// hasNoCommas reports whether no value of the field can have a comma in it. Quotes
// round a text with commas would not make it a value.
func (f *field) hasNoCommas() bool { return f.Values != nil || f.Or != "" }

// isRest reports whether the key with the index is unknown and has no value.
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
