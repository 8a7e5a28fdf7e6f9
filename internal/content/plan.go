package content

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// plan reads a mapping into a struct.
type plan struct {
	what   string // "a case study"
	typ    reflect.Type
	fields []field
	byKey  map[string]int
	keys   []string
}

type field struct {
	key      string
	index    []int
	required bool
	standard string // the value where none is given: the tag "default"
	decode   decodeFunc
}

// decodeFunc reads a node into a value and reports whether it could; if not,
// it has reported why.
type decodeFunc func(d *decoder, n *yaml.Node, into reflect.Value) bool

// planOf makes the plan of an entry type.
func planOf[T any](what string) *plan { return newPlan(reflect.TypeFor[T](), what) }

// withID adds the field "id", which an entry of a vocabulary has; others have
// their id from their file's name.
func (p *plan) withID(check checkFunc) *plan {
	source, _ := p.typ.FieldByName("Source")
	id, _ := source.Type.FieldByName("ID")
	p.add(field{key: "id", index: append(source.Index, id.Index...), required: true, decode: decodeText("id", []checkFunc{check})})
	return p
}

// newEntry returns an entry with nothing but its defaults.
func (p *plan) newEntry() Entry {
	entry := reflect.New(p.typ)
	p.setDefaults(entry.Elem())
	return entry.Interface().(Entry)
}

// text is the text of a field of an entry, which may be changed.
func (p *plan) text(entry Entry, key string) *string {
	f := p.fields[p.byKey[key]]
	return reflect.ValueOf(entry).Elem().FieldByIndex(f.index).Addr().Interface().(*string)
}

func newPlan(t reflect.Type, what string) *plan {
	p := &plan{what: what, typ: t, byKey: map[string]int{}}
	for _, f := range reflect.VisibleFields(t) {
		key, tagged := f.Tag.Lookup("yaml")
		if !tagged || key == "-" {
			continue
		}
		required, checks := parseChecks(f.Tag.Get("check"))
		p.add(field{key: key, index: f.Index, required: required, standard: f.Tag.Get("default"), decode: decoderOf(f.Type, key, checks)})
	}
	return p
}

func (p *plan) add(f field) {
	p.byKey[f.key] = len(p.fields)
	p.keys = append(p.keys, f.key)
	p.fields = append(p.fields, f)
}

// setDefaults gives the fields of a struct the values they have where none is
// given. It comes before anything is read, so that they hold whatever happens
// to the reading.
func (p *plan) setDefaults(into reflect.Value) {
	for _, f := range p.fields {
		if f.standard == "" {
			continue
		}
		switch value := into.FieldByIndex(f.index); value.Kind() {
		case reflect.String:
			value.SetString(f.standard)
		case reflect.Int:
			number, err := strconv.Atoi(f.standard)
			if err != nil {
				panic(fmt.Sprintf("content: the default of %s: %v", f.key, err))
			}
			value.SetInt(int64(number))
		default:
			panic(fmt.Sprintf("content: %s cannot have a default", f.key))
		}
	}
}

// custom is implemented by types whose YAML is not what their Go type says.
type custom interface {
	decodeYAML(d *decoder, n *yaml.Node, key string) bool
}

// vocabulary is implemented by text types with a closed list of values.
type vocabulary interface{ vocabulary() []string }

// short is implemented by structs that may be written as one text: the name
// of an author, the id of a source.
type short interface{ setText(Ref) }

// finisher is implemented by structs with rules that span several fields.
type finisher interface{ finish(d *decoder, m *mapping) }

// tolerant is implemented by structs of a foreign format, which has fields
// that we know of but do not use.
type tolerant interface{ accepts(key string) bool }

func decoderOf(t reflect.Type, key string, checks []checkFunc) decodeFunc {
	pointer := reflect.PointerTo(t)
	switch {
	case pointer.Implements(reflect.TypeFor[custom]()):
		return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
			return into.Addr().Interface().(custom).decodeYAML(d, n, key)
		}
	case t.Implements(reflect.TypeFor[vocabulary]()):
		return decodeChoice(reflect.Zero(t).Interface().(vocabulary).vocabulary(), key)
	case t == reflect.TypeFor[Ref]():
		text := decodeText(key, checks)
		return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
			into.FieldByName("Position").Set(reflect.ValueOf(d.at(n)))
			return text(d, n, into.FieldByName("Text"))
		}
	}
	switch t.Kind() {
	case reflect.String:
		return decodeText(key, checks)
	case reflect.Int:
		return decodeInt(key)
	case reflect.Bool:
		return decodeBool(key)
	case reflect.Slice:
		return decodeList(decoderOf(t.Elem(), key, checks), key, separatorsOf(t.Elem(), key))
	case reflect.Pointer:
		element := decoderOf(t.Elem(), key, checks)
		return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
			value := reflect.New(t.Elem())
			if !element(d, n, value.Elem()) {
				return false
			}
			into.Set(value)
			return true
		}
	case reflect.Struct:
		p := newPlan(t, "an entry of "+key)
		return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
			return p.decodeStruct(d, n, into, d.at(n))
		}
	default:
		panic(fmt.Sprintf("content: a field of type %s cannot be read from YAML", t))
	}
}

// decode reads the whole text of the decoder into the entry that into points to.
func (p *plan) decode(d *decoder, into any) {
	d.breakSlips(p.byKey)
	n := d.readYAML()
	start := Position{Line: 1, Column: 1}
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
	p.decodeStruct(d, n, reflect.ValueOf(into).Elem(), start)
}

// decodeInto reads one node into the entry that into points to.
func (p *plan) decodeInto(d *decoder, n *yaml.Node, into any) {
	p.decodeStruct(d, n, reflect.ValueOf(into).Elem(), d.at(n))
}

// mapping is a mapping being read, for rules that need to know what was given.
type mapping struct {
	at    Position
	keys  map[string]*yaml.Node // of what is there, given or not
	given map[string]*yaml.Node // values, but for empty ones
}

// position is the place of a field's value, else of the mapping.
func (m *mapping) position(d *decoder, key string) Position {
	if n := m.given[key]; n != nil {
		return d.at(n)
	}
	return m.at
}

// decodeStruct reads a mapping, or the short form of one, into a struct. at is
// where to report what is missing.
func (p *plan) decodeStruct(d *decoder, n *yaml.Node, into reflect.Value, at Position) bool {
	p.setDefaults(into)
	pointer := into.Addr().Interface()
	m := &mapping{at: at, keys: map[string]*yaml.Node{}, given: map[string]*yaml.Node{}}
	switch {
	case n.Tag == broken:
		return false
	case n.Kind == yaml.ScalarNode:
		if s, found := slipIn([]byte(n.Value), p.byKey); found && n.Style == 0 {
			at := d.at(n)
			at.Column += utf8.RuneCountInString(n.Value[:s.at])
			d.report(at, problem.Error, "yaml-syntax", s.message, s.hint)
			return false
		}
		if text, ok := pointer.(short); ok {
			words, read := d.words(n, p.what)
			text.setText(Ref{Text: words, Position: d.at(n)})
			before := len(d.problems)
			if f, ok := pointer.(finisher); ok {
				f.finish(d, m)
			}
			return read && !hasError(d.problems[before:])
		}
		fallthrough
	case n.Kind != yaml.MappingNode:
		d.fail(n, "wrong-type", p.what+" has fields of its own", `write them as "key: value", indented: `+strings.Join(p.keys, ", "))
		return false
	}

	before := len(d.problems)
	p.decodeFields(d, n, into, m)
	for _, f := range p.fields {
		if !f.required || m.given[f.key] != nil {
			continue
		}
		if key := m.keys[f.key]; key != nil {
			d.fail(key, "missing-field", fmt.Sprintf("%s is empty, but %s needs it", f.key, p.what), "write a value behind "+f.key+":")
		} else {
			d.report(at, problem.Error, "missing-field", fmt.Sprintf("%s is missing, but %s needs it", f.key, p.what), "add a line "+f.key+": …")
		}
	}
	if f, ok := pointer.(finisher); ok {
		f.finish(d, m)
	}
	return !hasError(d.problems[before:])
}

func (p *plan) decodeFields(d *decoder, n *yaml.Node, into reflect.Value, m *mapping) {
	foreign, _ := into.Addr().Interface().(tolerant)
	for i := 0; i+1 < len(n.Content) && !d.full(); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
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
		case known && isEmpty(value):
		case known:
			m.given[key.Value] = value
			f := p.fields[index]
			f.decode(d, value, into.FieldByIndex(f.index))
		case foreign != nil && foreign.accepts(key.Value):
		default:
			hint := "the fields of " + p.what + " are " + strings.Join(p.keys, ", ")
			if near := Nearest(key.Value, p.keys); near != "" {
				hint = "did you mean " + near + "?"
				// What was meant is not also missing.
				m.given[near] = value
			}
			d.fail(key, "unknown-key", fmt.Sprintf("%q is not a field of %s", shorten(key.Value), p.what), hint)
		}
	}
}

// isKey reports whether the node can be a field's name, else says why not.
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

const noBreakIndent = "a no-break space (U+00A0) stands where YAML wants spaces"

func (d *decoder) duplicateKey(key, first *yaml.Node) {
	d.fail(key, "duplicate-key", fmt.Sprintf("%q was given in line %d already", shorten(key.Value), d.at(first).Line), "keep one of the two")
}

func decodeText(key string, checks []checkFunc) decodeFunc {
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		text, ok := d.words(n, key)
		if !ok {
			return false
		}
		for _, check := range checks {
			clean, trouble := check(text)
			if trouble != nil {
				d.fail(n, trouble.code, key+" "+trouble.message, trouble.hint)
				return false
			}
			text = clean
		}
		into.SetString(text)
		return true
	}
}

func decodeChoice(choices []string, key string) decodeFunc {
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		text, ok := d.words(n, key)
		if !ok {
			return false
		}
		for _, choice := range choices {
			if text == choice {
				into.SetString(text)
				return true
			}
		}
		hint := "write one of " + strings.Join(choices, ", ")
		if near := Nearest(text, choices); near != "" {
			hint = "did you mean " + near + "?"
		}
		d.fail(n, "unknown-value", fmt.Sprintf("%q is not a value of %s", shorten(text), key), hint)
		return false
	}
}

func decodeInt(key string) decodeFunc {
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		text, ok := d.words(n, key)
		if !ok {
			return false
		}
		number, err := strconv.ParseUint(text, 10, 16)
		if err != nil || number == 0 {
			d.fail(n, "wrong-type", fmt.Sprintf("%s is a whole number from 1, not %q", key, shorten(text)), "")
			return false
		}
		into.SetInt(int64(number))
		return true
	}
}

func decodeBool(key string) decodeFunc {
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		text, ok := d.words(n, key)
		if !ok {
			return false
		}
		if text != "true" && text != "false" {
			d.fail(n, "wrong-type", fmt.Sprintf("%s is true or false, not %q", key, shorten(text)), "")
			return false
		}
		into.SetBool(text == "true")
		return true
	}
}

// decodeList reads a list. One value where a list may stand is a list of one.
func decodeList(element decodeFunc, key string, by separators) decodeFunc {
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		if len(items) > MaxItems {
			d.fail(items[MaxItems], "too-many-items", fmt.Sprintf("%s has %d items; %d are allowed", key, len(items), MaxItems), "keep those that matter most")
			items = items[:MaxItems]
		}
		all := true
		lines := map[string]int{}
		for _, item := range items {
			if d.full() {
				return false
			}
			if isEmpty(item) {
				d.fail(item, "empty-value", "an item of "+key+" is empty", "write a value, or delete the item")
				all = false
				continue
			}
			if d.isTextList(item, key, by, item == n) {
				all = false
				continue
			}
			d.checkRepeated(item, key, lines)
			value := reflect.New(into.Type().Elem()).Elem()
			if element(d, item, value) {
				into.Set(reflect.Append(into, value))
			} else {
				all = false
			}
		}
		return all
	}
}

// eachPair calls read for each pair of a mapping whose keys are free text.
func (d *decoder) eachPair(n *yaml.Node, what string, read func(name Ref, value *yaml.Node) bool) bool {
	if n.Tag == broken {
		return false
	}
	if n.Kind != yaml.MappingNode {
		d.fail(n, "wrong-type", what+" has fields of its own", `write them below it as "name: value", indented`)
		return false
	}
	all := true
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content) && !d.full(); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !d.isKey(key) {
			all = false
			continue
		}
		if isEmpty(key) {
			d.fail(key, "empty-value", "a name in "+what+" is empty", "write it before the colon")
			all = false
			continue
		}
		name, ok := d.words(key, what)
		if !ok {
			all = false
			continue
		}
		if seen[name] != nil {
			d.duplicateKey(key, seen[name])
			all = false
			continue
		}
		seen[name] = key
		all = read(Ref{Text: name, Position: d.at(key)}, value) && all
	}
	return all
}

func hasError(problems []problem.Problem) bool {
	for _, p := range problems {
		if p.Severity == problem.Error {
			return true
		}
	}
	return false
}
