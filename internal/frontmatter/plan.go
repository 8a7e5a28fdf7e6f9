package frontmatter

// Plans: what the field tags of a struct say about its YAML.

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// Field describes one field as its struct tags do:
//
//	yaml     its key; with ",short", a mapping of which only this field is
//	         given may be written as a text
//	check    what a value must satisfy, separated by commas: "required",
//	         "max=300" characters, or the name of a [Check]
//	default  the value where none is given
//	split    what divides the items of a list that is written as one
//	         text: "semicolons", "commas" or "names"; see lists.go
//	also     other names that writers know the field by, separated by commas;
//	         they are not accepted, and a hint says what the field is called
//	refers   the vocabulary that a value comes from: "countries"; with ",new",
//	         it may name one that the vocabulary does not have yet
//	or       a word that may stand instead of a name: "joint"
//	group    the part of a form that asks for the field; empty: what is left
//	example  a value, as YAML
//	help     one sentence that says what the field is for
type Field struct {
	Key      string
	Type     Type
	List     bool // of such values; one value may be written without brackets
	Required bool
	Short    bool     // a mapping of which only this is given may be written as its text
	Max      int      // characters; 0: no limit
	Format   string   // the name of the Check that a text must pass
	Values   []string // all that it may be; nil: anything
	Default  string
	Also     []string // other names for it, for hints
	Refers   string
	New      bool   // it may be a name that the vocabulary does not have
	Or       string // a word that may stand instead of a name
	Group    string // the part of a form that asks for it
	Example  string
	Help     string
	Fields   []Field // of each value that is a mapping
}

// Type is what a value is, in words for writers.
type Type string

// The types that fields of a struct have by their Go type; a [Custom] may have
// another.
const (
	Text    Type = "text"
	Number  Type = "whole number"
	Boolean Type = "true or false"
	Fields  Type = "fields"
)

// Ref is a text and where it is, mostly the name of another entry.
type Ref struct {
	Text string
	problem.Position
}

// Custom is implemented by types whose YAML is not what their Go type says.
type Custom interface {
	DecodeYAML(n Node) bool // whether n could be read; if not, it has reported why
	YAMLType() Type
}

// Choice is implemented by text types with a closed list of values.
type Choice interface{ Choices() []string }

// Synonyms is implemented by a Choice for which writers have other words. The
// words, in lower case without spaces and hyphens, lead to the values that are
// meant. They are not accepted; a hint names the value.
type Synonyms interface{ Synonyms() map[string]string }

// Checker is implemented by structs with rules that span several fields.
// CheckYAML is called after the fields have been read.
type Checker interface{ CheckYAML(m *Mapping) }

// Tolerant is implemented by structs of a foreign format, which has fields that
// are known and not used.
type Tolerant interface{ IgnoresYAML(key string) bool }

// Check tests a text and returns it in its usual form, or what is wrong with it.
type Check func(text string) (string, *Mistake)

// Mistake is what is wrong with a value.
type Mistake struct {
	Code    string
	Message string // of a Check, it goes on from the field's key: "has 310 characters"
	Hint    string
	Instead string // the text that the hint says to write instead of the value; "" if it leaves a choice
}

// Plan reads a mapping into a struct.
type Plan struct {
	what    string // "a case study"
	fields  []field
	byKey   map[string]int
	keys    []string
	short   []int               // index of the field that a text stands for; nil: none
	also    map[string][]string // keys of fields by other names for them, folded
	owners  map[string]string   // keys of fields by the values of their closed lists, folded
	example string              // a hint with an example of a value; "" if there is none
	known   map[string]bool     // keys of the fields and of those within them
}

// field is a Field and how its value is read.
type field struct {
	Field
	index    []int // in the struct
	decode   decodeFunc
	synonyms map[string]string // of its values
}

// decodeFunc reads a node into a value and reports whether it could; if not,
// it has reported why.
type decodeFunc func(d *decoder, n *yaml.Node, into reflect.Value) bool

// NewPlan returns the plan for a struct type: how to read its YAML, worked out
// once from the field tags. what names the type in messages ("a case study");
// checks are those that the tags may name.
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

// With returns the plan with one more field before the others, which is of the
// text type and at the index in the struct.
func (p *Plan) With(index []int, tag reflect.StructTag, checks map[string]Check) *Plan {
	with := newPlan(p.what)
	with.short, with.owners = p.short, p.owners
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
	value := valueType{key: key, split: tag.Get("split"), applied: applied, prose: f.Format == "", checks: checks, owners: p.owners}
	f.decode = value.decoder(t, &f.Field)
	if other, ok := reflect.New(t).Interface().(Synonyms); ok {
		f.synonyms = other.Synonyms()
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

// readChecks reads a `check` tag and returns the checks that it names.
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

// What is what messages call the struct: "a case study".
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

// Index returns the index of the field with the key, for [reflect.Value.FieldByIndex].
func (p *Plan) Index(key string) []int { return p.fields[p.byKey[key]].index }

// allKeys adds the keys of the fields, and of those within them, to keys.
func allKeys(fields []Field, keys map[string]bool) map[string]bool {
	for _, f := range fields {
		keys[f.Key] = true
		allKeys(f.Fields, keys)
	}
	return keys
}

// SetDefaults gives the fields of the struct that into points to the values
// they have where none is given. Decoding does so too, before it reads anything.
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
