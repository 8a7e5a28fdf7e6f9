package frontmatter

// Plans: decoding structs as their field tags say.

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// Field describes one field, from these struct tags:
//
//	yaml     its key; with ",short", a mapping with only this field may be
//	         written as a text
//	check    what a value must satisfy, separated by commas: "required",
//	         "max=300" characters, or the name of a [Check]
//	default  the value if none is given
//	split    what separates the items of a list that is written as one
//	         text: "semicolons", "commas" or "names"; see lists.go
//	also     other names that authors may use for the field, separated by
//	         commas; they are not accepted, but a hint gives the right name
//	parts    names of fields that authors may use for parts of the value, in
//	         order: "given,family"; a hint joins their values
//	refers   the vocabulary that a value comes from: "countries"; with ",new",
//	         the value may be a name that the vocabulary does not have yet
//	or       a word that is allowed instead of a name: "joint"
//	group    the part of a form that asks for the field; empty: the part for all other fields
//	example  an example of a value, in YAML
//	help     one sentence that says what the field is for
type Field struct {
	Key      string
	Type     Type
	List     bool // whether it is a list of such values; a single value needs no brackets
	Required bool
	Short    bool     // a mapping with only this field may be written as its text
	Max      int      // maximum length in characters; 0: no limit
	Format   string   // name of the Check that a text must pass
	Values   []string // all allowed values; nil: any value
	Default  string
	Also     []string // other names, for hints
	Refers   string
	New      bool   // whether it may be a name that the vocabulary does not have
	Or       string // a word that is allowed instead of a name
	Group    string // part of a form that asks for the field
	Example  string
	Help     string
	Fields   []Field // fields of each value that is a mapping
}

// Type is the type of a value, in words for authors.
type Type string

// The types of fields that follow from their Go types. A [Custom] may have another
// type.
const (
	Text    Type = "text"
	Number  Type = "whole number"
	Boolean Type = "true or false"
	Fields  Type = "fields"
)

// Ref is a text with its position, usually the name of another entry.
type Ref struct {
	Text string
	problem.Position
}

// Custom is implemented by types that decode their YAML themselves.
type Custom interface {
	DecodeYAML(n Node) bool // reports whether n could be read; if not, it has added a problem
	YAMLType() Type
}

// Choice is implemented by string types with a closed list of values.
type Choice interface{ Choices() []string }

// Synonyms is implemented by a Choice for whose values authors often use other
// words. It maps such words, in lower case without spaces and hyphens, to the
// values. They are not accepted, but a hint names the value.
type Synonyms interface{ Synonyms() map[string]string }

// Guesser is implemented by a Choice whose values are ranges. Guess returns the one
// that a text is in, for a hint, or "".
type Guesser interface{ Guess(text string) string }

// Checker is implemented by structs with rules for several fields. CheckYAML is
// called after the fields have been decoded.
type Checker interface{ CheckYAML(m *Mapping) }

// Tolerant is implemented by structs of a foreign format with known fields that are
// ignored.
type Tolerant interface{ IgnoresYAML(key string) bool }

// Check checks a text. It returns the text in its normal form, or a mistake.
type Check func(text string) (string, *Mistake)

// Mistake describes what is wrong with a value.
type Mistake struct {
	Code    string
	Message string // for a Check, continues the key of the field: "has 310 characters"
	Hint    string
	Instead string // the text that the hint says to write instead of the value; "" if the author has to choose
}

// Plan decodes a mapping into a struct.
type Plan struct {
	what       string // "a case study"
	fields     []field
	byKey      map[string]int
	keys       []string
	short      []int               // index of the field that the short form sets; nil: there is no short form
	shortValue valueType           // what the short form needs besides its type
	also       map[string][]string // keys of fields, by folded other names
	owners     map[string]string   // keys of fields, by folded values of their closed lists
	example    string              // hint with an example of a value; may be ""
	known      map[string]bool     // keys of the fields and of nested fields
}

// field is a Field and how its value is decoded.
type field struct {
	Field
	index    []int // index in the struct
	decode   decodeFunc
	synonyms map[string]string // synonyms of its values
	parts    []string          // folded names of parts of its value
}

// decodeFunc decodes a node into a value and reports whether it could. If not, it
// has added a problem.
type decodeFunc func(d *decoder, n *yaml.Node, into reflect.Value) bool

// NewPlan returns the plan for a struct type, computed from its field tags. what is
// the name of the type in messages ("a case study"). checks holds the checks that
// the tags may name.
func NewPlan(t reflect.Type, what string, checks map[string]Check) *Plan {
	p := newPlan(what)
	for _, f := range reflect.VisibleFields(t) {
		if _, tagged := f.Tag.Lookup("yaml"); tagged {
			p.add(p.newField(f.Type, f.Index, f.Tag, checks))
		}
	}
	p.known = allKeys(p.Fields(), map[string]bool{})
	return p
}

// With returns the plan with an additional first field, which is a string at the
// index in the struct.
func (p *Plan) With(index []int, tag reflect.StructTag, checks map[string]Check) *Plan {
	with := newPlan(p.what)
	with.short, with.shortValue, with.owners = p.short, p.shortValue, p.owners
	for _, f := range append([]field{with.newField(reflect.TypeFor[string](), index, tag, checks)}, p.fields...) {
		with.add(f)
	}
	with.known = allKeys(with.Fields(), map[string]bool{})
	return with
}

func newPlan(what string) *Plan {
	return &Plan{what: what, byKey: map[string]int{}, also: map[string][]string{}, owners: map[string]string{}}
}

func (p *Plan) newField(t reflect.Type, index []int, tag reflect.StructTag, checks map[string]Check) field {
	key, option, _ := strings.Cut(tag.Get("yaml"), ",")
	f := field{index: index, Field: Field{
		Key: key, Short: option == "short", Default: tag.Get("default"),
		Or: tag.Get("or"), Group: tag.Get("group"), Example: tag.Get("example"), Help: tag.Get("help"),
	}}
	f.Refers, f.New = strings.CutSuffix(tag.Get("refers"), ",new")
	if also := tag.Get("also"); also != "" {
		f.Also = strings.Split(also, ",")
	}
	applied := f.readChecks(tag.Get("check"), checks)
	value := valueType{key: key, example: f.Example, split: tag.Get("split"), applied: applied, prose: f.Format == "", required: f.Required, checks: checks, owners: p.owners, or: f.Or}
	_, value.names = reflect.New(t).Interface().(*Ref)
	f.decode = value.decoder(t, &f.Field)
	if f.Short {
		p.shortValue = value
	}
	if other, ok := reflect.New(t).Interface().(Synonyms); ok {
		f.synonyms = other.Synonyms()
	}
	for name := range strings.FieldsFuncSeq(tag.Get("parts"), func(r rune) bool { return r == ',' }) {
		f.parts = append(f.parts, fold(name))
	}
	return f
}

func (p *Plan) add(f field) {
	if f.Short {
		p.short = f.index
	}
	if f.Key == "" || f.Key == "-" {
		return
	}
	p.byKey[f.Key] = len(p.fields)
	p.keys = append(p.keys, f.Key)
	p.fields = append(p.fields, f)
	for _, name := range f.Also {
		p.also[fold(name)] = append(p.also[fold(name)], f.Key)
	}
}

// readChecks parses a `check` tag and returns the checks that it names.
func (f *Field) readChecks(tag string, known map[string]Check) []Check {
	var applied []Check
	for name := range strings.SplitSeq(tag, ",") {
		limit, isMax := strings.CutPrefix(name, "max=")
		switch {
		case name == "":
		case name == "required":
			f.Required = true
		case isMax:
			n, err := strconv.Atoi(limit)
			if err != nil {
				panic(fmt.Sprintf("frontmatter: field tag %q: %v", tag, err))
			}
			f.Max = n
			applied = append(applied, checkMax(n))
		case known[name] == nil:
			panic(fmt.Sprintf("frontmatter: field tag %q: there is no check %q", tag, name))
		default:
			f.Format = name
			applied = append(applied, known[name])
		}
	}
	return applied
}

// What returns the name of the struct in messages: "a case study".
func (p *Plan) What() string { return p.what }

// Fields returns the description of each field, in order.
func (p *Plan) Fields() []Field {
	fields := make([]Field, len(p.fields))
	for i, f := range p.fields {
		fields[i] = f.Field
	}
	return fields
}

// Has reports whether there is a field with the key.
func (p *Plan) Has(key string) bool {
	_, has := p.byKey[key]
	return has
}

// Index returns the index of the field with the key, for
// [reflect.Value.FieldByIndex].
func (p *Plan) Index(key string) []int { return p.fields[p.byKey[key]].index }

// allKeys adds the keys of the fields and of nested fields to keys.
func allKeys(fields []Field, keys map[string]bool) map[string]bool {
	for _, f := range fields {
		keys[f.Key] = true
		allKeys(f.Fields, keys)
	}
	return keys
}

// SetDefaults sets the fields of the struct that into points to to their default
// values. Decoding does this too, before it reads anything.
func (p *Plan) SetDefaults(into any) { p.setDefaults(reflect.ValueOf(into).Elem()) }

func (p *Plan) setDefaults(into reflect.Value) {
	for _, f := range p.fields {
		if f.Default == "" {
			continue
		}
		switch value := into.FieldByIndex(f.index); value.Kind() {
		case reflect.String:
			value.SetString(f.Default)
		case reflect.Int:
			number, err := strconv.Atoi(f.Default)
			if err != nil {
				panic(fmt.Sprintf("frontmatter: the default of %s: %v", f.Key, err))
			}
			value.SetInt(int64(number))
		case reflect.Bool:
			value.SetBool(f.Default == "true")
		default:
			panic(fmt.Sprintf("frontmatter: %s cannot have a default", f.Key))
		}
	}
}
