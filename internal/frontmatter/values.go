package frontmatter

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// valueType is what is needed to make the decoder of a value besides its type.
type valueType struct {
	key     string // of the field
	split   string // its tag
	applied []Check
	checks  map[string]Check // that the tags of a struct may name
}

// decoder returns how a value of the type is read, and describes it in f.
func (v valueType) decoder(t reflect.Type, f *Field) decodeFunc {
	switch zero := reflect.New(t).Interface().(type) {
	case Custom:
		f.Type = zero.YAMLType()
		return v.custom
	case Choice:
		f.Type, f.Values = Text, zero.Choices()
		return v.choice(f.Values)
	case *Ref:
		f.Type = Text
		return v.ref
	}
	switch t.Kind() {
	case reflect.String:
		f.Type = Text
		return v.text
	case reflect.Int:
		f.Type = Number
		return v.number
	case reflect.Bool:
		f.Type = Boolean
		return v.boolean
	case reflect.Slice:
		f.List = true
		return v.list(v.decoder(t.Elem(), f))
	case reflect.Pointer:
		return pointer(t.Elem(), v.decoder(t.Elem(), f))
	case reflect.Struct:
		p := NewPlan(t, "an entry of "+v.key, v.checks)
		f.Type, f.Fields = Fields, p.Fields()
		return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
			return p.decodeStruct(d, n, into, d.at(n))
		}
	default:
		panic(fmt.Sprintf("frontmatter: a field of type %s cannot be read from YAML", t))
	}
}

func (v valueType) custom(d *decoder, n *yaml.Node, into reflect.Value) bool {
	value := into.Addr().Interface().(Custom)
	if !value.DecodeYAML(Node{d, n, v.key}) {
		return false
	}
	if d.Custom != nil {
		d.Custom(v.key, d.at(n), value)
	}
	return true
}

func (v valueType) ref(d *decoder, n *yaml.Node, into reflect.Value) bool {
	into.FieldByName("Position").Set(reflect.ValueOf(d.at(n)))
	return v.text(d, n, into.FieldByName("Text"))
}

func (v valueType) text(d *decoder, n *yaml.Node, into reflect.Value) bool {
	text, ok := d.words(n, v.key)
	if !ok {
		return false
	}
	for _, check := range v.applied {
		clean, mistake := check(text)
		if mistake != nil {
			d.fail(n, mistake.Code, v.key+" "+mistake.Message, mistake.Hint)
			return false
		}
		text = clean
	}
	into.SetString(text)
	return true
}

func (v valueType) choice(choices []string) decodeFunc {
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		text, ok := d.words(n, v.key)
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
		d.fail(n, "unknown-value", fmt.Sprintf("%q is not a value of %s", Shorten(text), v.key), hint)
		return false
	}
}

func (v valueType) number(d *decoder, n *yaml.Node, into reflect.Value) bool {
	text, ok := d.words(n, v.key)
	if !ok {
		return false
	}
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil || number == 0 {
		d.fail(n, "wrong-type", fmt.Sprintf("%s is a whole number from 1, not %q", v.key, Shorten(text)), "")
		return false
	}
	into.SetInt(int64(number))
	return true
}

func (v valueType) boolean(d *decoder, n *yaml.Node, into reflect.Value) bool {
	text, ok := d.words(n, v.key)
	if !ok {
		return false
	}
	if text != "true" && text != "false" {
		d.fail(n, "wrong-type", fmt.Sprintf("%s is true or false, not %q", v.key, Shorten(text)), "")
		return false
	}
	into.SetBool(text == "true")
	return true
}

// list reads a list. One value where a list may stand is a list of one.
func (v valueType) list(element decodeFunc) decodeFunc {
	by := separatorsOf(v.split)
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		if len(items) > MaxItems {
			d.fail(items[MaxItems], "too-many-items", fmt.Sprintf("%s has %d items; %d are allowed", v.key, len(items), MaxItems), "keep those that matter most")
			items = items[:MaxItems]
		}
		all := true
		lines := map[string]int{}
		for _, item := range items {
			if d.Full() {
				return false
			}
			if isEmpty(item) {
				d.fail(item, "empty-value", "an item of "+v.key+" is empty", "write a value, or delete the item")
				all = false
				continue
			}
			if d.isTextList(item, v.key, by, item == n) {
				all = false
				continue
			}
			d.checkRepeated(item, v.key, lines)
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

// pointer reads a value that is nil where none can be read.
func pointer(t reflect.Type, element decodeFunc) decodeFunc {
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		value := reflect.New(t)
		if !element(d, n, value.Elem()) {
			return false
		}
		into.Set(value)
		return true
	}
}

// setText sets a text field, or a Ref.
func setText(into reflect.Value, text Ref) {
	if ref, ok := into.Addr().Interface().(*Ref); ok {
		*ref = text
		return
	}
	into.SetString(text.Text)
}

func checkMax(limit int) Check {
	return func(text string) (string, *Mistake) {
		if n := utf8.RuneCountInString(text); n > limit {
			return "", &Mistake{"too-long", fmt.Sprintf("has %d characters; %d are allowed", n, limit), "shorten it; the body has room for the rest"}
		}
		return text, nil
	}
}
