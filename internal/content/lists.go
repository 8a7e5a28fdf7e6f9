package content

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// separators are what parts the items of a list that was written as one text,
// as in "countries: Tanzania, Uganda". What a single value of a field may hold
// is none: titles of principles have commas, names of organisations have all.
type separators int

const (
	hyphens    separators = iota // lines that begin with a hyphen, but no space after it
	semicolons                   // those, and semicolons
	commas                       // those, and commas in a value that is not an item of a list
	names                        // those, but commas only between names of two words: "Doe, Jane" is one
)

// separatorsOf are those of a list of the type, in the field key.
func separatorsOf(element reflect.Type, key string) separators {
	switch {
	case element == reflect.TypeFor[Author]():
		return names
	case element != reflect.TypeFor[Ref]():
		return hyphens
	case key == "countries" || key == "disciplines":
		return commas
	case key == "hallmarks" || key == "principles":
		return semicolons
	}
	return hyphens
}

// isTextList reports whether an item of a list, or the lone value that stands
// for one, is itself a list written as text, and says how to write it. Quotes
// make one value of anything.
func (d *decoder) isTextList(n *yaml.Node, key string, by separators, lone bool) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Tag == broken {
		return false
	}
	text := strings.Join(strings.Fields(n.Value), " ")
	if lone && hyphenated.MatchString(text) {
		first, _, _ := strings.Cut(strings.TrimLeft(text, "- "), " -")
		d.fail(n, "wrong-type", "a space is missing after the hyphen", "write - "+shorten(first)+", and each other item on a line of its own with a hyphen and a space before it")
		return true
	}
	parts := textList(text, by, lone)
	if len(parts) < 2 {
		return false
	}
	for i, part := range parts {
		if strings.ContainsAny(part, ",[]{}#:") {
			parts[i] = quote(part)
		}
	}
	d.fail(n, "wrong-type", key+" is a list, which is written as one text here",
		"write ["+shorten(strings.Join(parts, ", "))+"]; if it is one name, put quotes round it: "+quote(text))
	return true
}

// checkRepeated reports an item of a list that is there already, in one of the
// lines by text.
func (d *decoder) checkRepeated(item *yaml.Node, key string, lines map[string]int) {
	if item.Kind != yaml.ScalarNode || item.Tag == broken {
		return
	}
	line := d.at(item).Line
	if first, found := lines[item.Value]; found {
		d.report(d.at(item), problem.Warning, "repeated-item", fmt.Sprintf("%q is in %s already, in line %d", shorten(item.Value), key, first), "delete one of the two")
		return
	}
	lines[item.Value] = line
}

// hyphenated matches text that begins as an item does, but for the space, which
// a no-break space is not.
var hyphenated = regexp.MustCompile(`^- ?[^- ]`)

// textList divides text into the items of the list that it is; one item means
// that it is none.
func textList(text string, by separators, lone bool) []string {
	var parts []string
	split := func(separator string) {
		parts = nil
		for part := range strings.SplitSeq(text, separator) {
			if part = strings.TrimSpace(part); part != "" {
				parts = append(parts, part)
			}
		}
	}
	switch {
	case by >= semicolons && strings.Contains(text, ";"):
		split(";")
	case by == commas && lone:
		split(",")
	case by == names && lone:
		split(", ")
		for _, part := range parts {
			if !strings.Contains(part, " ") {
				return nil
			}
		}
	}
	return parts
}
