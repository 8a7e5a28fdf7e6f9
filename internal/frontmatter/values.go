package frontmatter

// Decoding the values of fields, by type.

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// valueType is what a decoder of values needs besides their type.
type valueType struct {
	key      string // key of the field
	example  string
	split    string // its `split` tag
	applied  []Check
	prose    bool // whether it is text for readers without a format
	required bool
	names    bool              // whether it names another entry
	checks   map[string]Check  // the checks that tags may name
	owners   map[string]string // fields of the same struct, by the values of their closed lists
	or       string            // a word that is allowed instead of a name
	guess    Guesser           // guesses what a value was meant as; may be nil
}

// decoder returns the function that decodes a value of the type, and describes the
// type in f.
func (v valueType) decoder(t reflect.Type, f *Field) decodeFunc {
	switch zero := reflect.New(t).Interface().(type) {
	case Custom:
		f.Type = zero.YAMLType()
		return v.custom
	case Choice:
		f.Type, f.Values = Text, zero.Choices()
		for _, value := range f.Values {
			v.owners[fold(value)] = v.key
		}
		var synonyms map[string]string
		if other, ok := zero.(Synonyms); ok {
			synonyms = other.Synonyms()
		}
		v.guess, _ = zero.(Guesser)
		return v.choice(f.Values, synonyms)
	case *Ref:
		f.Type, v.names = Text, true // also the items of a list
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
		element := v.decoder(t.Elem(), f)
		return v.list(element, f.Refers != "" || f.Fields != nil)
	case reflect.Pointer:
		return pointer(t.Elem(), v.decoder(t.Elem(), f))
	case reflect.Struct:
		p := NewPlan(t, "an entry of "+v.key, v.checks)
		if f.Example != "" {
			p.example = "for example " + v.key + ": " + f.Example
		}
		f.Type, f.Fields = Fields, p.Fields()
		return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
			return p.decodeStruct(d, n, into, &Mapping{d: d, at: d.at(n)})
		}
	default:
		panic(fmt.Sprintf("frontmatter: a field of type %s cannot be read from YAML", t))
	}
}

func (v valueType) custom(d *decoder, n *yaml.Node, into reflect.Value) bool {
	value := into.Addr().Interface().(Custom)
	if !value.DecodeYAML(Node{d: d, n: n, key: v.key, example: v.example}) {
		return false
	}
	if d.Custom != nil {
		d.Custom(v.key, d.at(n), value)
	}
	return true
}

func (v valueType) ref(d *decoder, n *yaml.Node, into reflect.Value) bool {
	if v.or != "" && n.Kind == yaml.SequenceNode && len(n.Content) > 1 {
		d.fail(n, "wrong-type", v.key+" is text, not a list", "write "+v.or+" if it is all of them, else one")
		return false
	}
	into.FieldByName("Position").Set(reflect.ValueOf(d.at(n)))
	return v.text(d, n, into.FieldByName("Text"))
}

func (v valueType) text(d *decoder, n *yaml.Node, into reflect.Value) bool {
	text, ok := d.words(n, v.key)
	if !ok {
		return false
	}
	if v.reportUnstated(d, n, text) {
		return false
	}
	if v.prose {
		d.checkMarkup(n, text)
	}
	for _, check := range v.applied {
		clean, mistake := check(text)
		if mistake != nil {
			d.failWith(n, *mistake, v.key+" ")
			return false
		}
		text = clean
	}
	into.SetString(text)
	return true
}

func (v valueType) choice(choices []string, synonyms map[string]string) decodeFunc {
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
		v.unknownValue(d, n, text, choices, synonyms)
		return false
	}
}

// unknownValue reports a text that is not a value of its field.
func (v valueType) unknownValue(d *decoder, n *yaml.Node, text string, choices []string, synonyms map[string]string) {
	message := fmt.Sprintf("%q is not a value of %s", Shorten(text), v.key)
	v.names = true
	meant, owner := synonyms[fold(text)], v.owners[fold(text)]
	if owner == v.key { // only case or hyphens differ
		owner = ""
	}
	if v.guess != nil {
		meant = cmp.Or(meant, v.guess.Guess(text))
	}
	if meant == "" && owner == "" {
		meant = cmp.Or(Nearest(text, choices), within(text, choices, synonyms))
	}
	switch {
	case meant != "":
		d.correct(n, "unknown-value", message, "did you mean "+meant+"?", meant)
	case owner != "":
		d.fail(n, "unknown-value", message, fmt.Sprintf("that is a value of %s: write %[1]s: %s, and as %s one of %s", owner, text, v.key, strings.Join(choices, ", ")))
	case v.reportUnstated(d, n, text):
	case len(choices) > maxKeysListed:
		d.fail(n, "unknown-value", message, `write one of those that "casebook help fields" lists, such as `+v.example)
	default:
		d.fail(n, "unknown-value", message, "write one of "+strings.Join(choices, ", "))
	}
}

// Meant returns the choice that a text is in another spelling, or is another word
// for, or "".
func Meant(text string, choices []string, synonyms map[string]string) string {
	for _, choice := range choices {
		if fold(choice) == fold(text) {
			return choice
		}
	}
	return synonyms[fold(text)]
}

// within returns the only choice that the words of a text name, as "external
// evaluation" names independent, or "" if there is none or the text denies it.
func within(text string, choices []string, synonyms map[string]string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
	meant := ""
	for i, word := range words {
		if slices.Contains(denials, strings.ToLower(word)) {
			return ""
		}
		for _, part := range []string{word, strings.Join(words[i:min(i+2, len(words))], "")} {
			named := Meant(part, choices, synonyms)
			if named != "" && meant != "" && named != meant {
				return ""
			}
			meant = cmp.Or(named, meant)
		}
	}
	return meant
}

// denials holds words that reverse the meaning of a text.
var denials = []string{"not", "no", "non", "without", "never", "neither", "nor"}

func (v valueType) number(d *decoder, n *yaml.Node, into reflect.Value) bool {
	text, ok := d.words(n, v.key)
	if !ok {
		return false
	}
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil || number == 0 {
		d.fail(n, "wrong-type", fmt.Sprintf("%s is a whole number from 1, not %q", v.key, Shorten(text)), "write it in digits, such as 1")
		return false
	}
	into.SetInt(int64(number))
	return true
}

// truths maps other ways to write true and false to these.
var truths = map[string]string{"true": "true", "yes": "true", "y": "true", "on": "true", "1": "true", "false": "false", "no": "false", "n": "false", "off": "false", "0": "false"}

func (v valueType) boolean(d *decoder, n *yaml.Node, into reflect.Value) bool {
	text, ok := d.words(n, v.key)
	if !ok {
		return false
	}
	if text != "true" && text != "false" {
		message := fmt.Sprintf("%s is true or false, not %q", v.key, Shorten(text))
		if meant := truths[strings.ToLower(text)]; meant != "" {
			d.correct(n, "wrong-type", message, "write "+meant, meant)
		} else {
			d.fail(n, "wrong-type", message, "write true or false")
		}
		return false
	}
	into.SetBool(text == "true")
	return true
}

// list returns the function that decodes a list. A single value counts as a list of
// one. ofNames says whether the items are names rather than free texts.
func (v valueType) list(element decodeFunc, ofNames bool) decodeFunc {
	by := separatorsOf(v.split)
	return func(d *decoder, n *yaml.Node, into reflect.Value) bool {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		if len(items) > MaxItems {
			d.tooManyItems(items[MaxItems], v.key, len(items))
			items = items[:MaxItems]
		}
		if d.reportNested(n) || by == names && d.reportDividedName(n, v.key) {
			return false
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
			lone := item == n
			if d.isTextList(item, v.key, by, lone) || d.reportBraces(item, lone) || lone && ofNames && d.reportLines(item) {
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

// tooManyItems reports a list, or a mapping with free keys, that has too many
// items. n is the first item beyond the limit.
func (d *decoder) tooManyItems(n *yaml.Node, key string, count int) {
	d.fail(n, "too-many-items", fmt.Sprintf("%s has %d items; %d are allowed", key, count, MaxItems), "keep those that matter most")
}

// pointer returns the function that decodes a value behind a pointer, which stays
// nil if the value cannot be read.
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

// setText sets a string or a Ref.
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
			return "", &Mistake{Code: "too-long", Message: fmt.Sprintf("has %d characters; %d are allowed", n, limit), Hint: "shorten it; the body has room for the rest"}
		}
		return text, nil
	}
}
