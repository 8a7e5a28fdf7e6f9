package frontmatter

// Lists that are written as one text, and items that are in a list twice.

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// separators say what divides the items of a list that was written as one
// text, as in "countries: Tanzania, Uganda". That depends on what a single value
// may hold: titles of principles have commas, names of organisations anything.
type separators int

const (
	hyphens    separators = iota // lines that begin with a hyphen, but no space after it
	semicolons                   // those, and semicolons
	commas                       // those, and commas in a value that is not an item of a list
	names                        // those, but commas only between names of two words: "Doe, Jane" is one
)

// separatorsOf reads a `split` tag.
func separatorsOf(tag string) separators {
	by, known := map[string]separators{"": hyphens, "semicolons": semicolons, "commas": commas, "names": names}[tag]
	if !known {
		panic(fmt.Sprintf("frontmatter: no list is split by %q", tag))
	}
	return by
}

// isTextList reports whether an item of a list, or the lone value where a list
// may stand, is itself a list written as text; it reports how to write it.
// A text in quotes is one value, whatever it holds.
func (d *decoder) isTextList(n *yaml.Node, key string, by separators, lone bool) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Tag == broken {
		return false
	}
	text := strings.Join(strings.Fields(n.Value), " ")
	if lone && hyphenated.MatchString(text) {
		first, _, _ := strings.Cut(strings.TrimLeft(text, "- "), " -")
		d.fail(n, "wrong-type", "a space is missing after the hyphen", "write - "+Shorten(first)+", and each other item on a line of its own with a hyphen and a space before it")
		return true
	}
	parts := textList(text, by, lone)
	if len(parts) < 2 {
		return false
	}
	for i, part := range parts {
		if strings.ContainsAny(part, ",[]{}#:") {
			parts[i] = Quote(part)
		}
	}
	d.fail(n, "wrong-type", key+" is a list, which is written as one text here",
		"write ["+Shorten(strings.Join(parts, ", "))+"]; if it is one name, put quotes round it: "+Quote(text))
	return true
}

// checkRepeated reports an item that the list has already; lines holds the line
// of each text so far.
func (d *decoder) checkRepeated(item *yaml.Node, key string, lines map[string]int) {
	if item.Kind != yaml.ScalarNode || item.Tag == broken {
		return
	}
	line := d.at(item).Line
	if first, found := lines[item.Value]; found {
		d.Report(d.at(item), problem.Warning, "repeated-item", fmt.Sprintf("%q is in %s already, in line %d", Shorten(item.Value), key, first), "delete one of the two")
		return
	}
	lines[item.Value] = line
}

// hyphenated matches text that begins as an item of a list does, but without the
// space after the hyphen.
var hyphenated = regexp.MustCompile(`^- ?[^- ]`)

// textList divides text into the items of the list that it is; fewer than two
// mean that it is not a list.
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
