package frontmatter

// Lists that are written as one text, and repeated items.

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// separators says what separates the items of a list that is written as one text,
// as in "countries: Tanzania, Uganda". It depends on what a single value may
// contain: titles of principles have commas, and names of organisations may have
// any character.
type separators int

const (
	hyphens    separators = iota // lines that begin with a hyphen without a space after it
	semicolons                   // also semicolons
	commas                       // also commas in a value that is not an item of a list
	names                        // like commas, but only if each name has at least two words: "Doe, Jane" is one name
)

// separatorsOf parses a `split` tag.
func separatorsOf(tag string) separators {
	by, known := map[string]separators{"": hyphens, "semicolons": semicolons, "commas": commas, "names": names}[tag]
	if !known {
		panic(fmt.Sprintf("frontmatter: no list is split by %q", tag))
	}
	return by
}

// isTextList reports whether an item of a list, or the lone value of a field that
// takes a list, is a list written as text. If so, it adds a problem that says how
// to write the list. A text in quotes is always one value.
func (d *decoder) isTextList(n *yaml.Node, key string, by separators, lone bool) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Tag == broken {
		return false
	}
	text := strings.Join(strings.Fields(n.Value), " ")
	if !(lone && hyphenated.MatchString(text)) && d.reportListMark(n, text, lone) {
		return true
	}
	if lone && hyphenated.MatchString(text) {
		first, _, _ := strings.Cut(strings.TrimLeft(text, "- "), " -")
		d.fail(n, "wrong-type", "a space is missing after the hyphen", "write - "+Shorten(first)+", and each other item on a line of its own with a hyphen and a space before it")
		return true
	}
	parts := textList(wrapped.ReplaceAllString(text, "$1"), by, lone)
	if len(parts) < 2 {
		return false
	}
	last := len(parts) - 1
	parts[last] = strings.TrimPrefix(strings.TrimPrefix(parts[last], "and "), "& ")
	for i, part := range parts {
		if strings.ContainsAny(part, ",[]{}#:") {
			parts[i] = Quote(part)
		}
	}
	d.fail(n, "wrong-type", key+" is a list, which is written as one text here",
		"write ["+Shorten(strings.Join(parts, ", "))+"]; if it is one name, put quotes round it: "+Quote(text))
	return true
}

var (
	surname  = regexp.MustCompile(`^\p{Lu}[\pL’'-]*\p{Ll}[\pL’'-]*$`)
	initials = regexp.MustCompile(`^(?:(?:\p{Lu}\.[ -]?){1,3}|\p{Lu}(?: \p{Lu})?)$`)
)

// reportDividedName reports the first two items of a list between brackets that are
// the family name and the given name of one person, as in [Banda, Grace].
func (d *decoder) reportDividedName(n *yaml.Node, key string) bool {
	plain := func(item *yaml.Node) bool {
		return item.Kind == yaml.ScalarNode && item.Style == 0 && item.Tag != broken
	}
	for i := 0; i+1 < len(n.Content) && n.Style&yaml.FlowStyle != 0; i++ {
		family, given := n.Content[i], n.Content[i+1]
		if !plain(family) || !plain(given) || !(surname.MatchString(family.Value) && surname.MatchString(given.Value)) && !initials.MatchString(given.Value) {
			continue
		}
		start := d.offset(family)
		p := problem.Problem{
			Code: "divided-name", Message: fmt.Sprintf("%q and %q are two values of %s, since a comma is between them", Shorten(family.Value), Shorten(given.Value), key),
			Hint: fmt.Sprintf("for one person write %s; for two, put quotes round each: %s, %s", Shorten(given.Value+" "+family.Value), Quote(family.Value), Quote(given.Value)),
		}
		if _, end, ok := d.span(given); ok {
			p.Fix = d.edit(start, end, Scalar(given.Value+" "+family.Value))
		}
		d.Add(p, d.at(family))
		return true
	}
	return false
}

// wrapped matches a list in brackets that YAML does not read as brackets.
var wrapped = regexp.MustCompile(`^[(<［（【「](.*)[)>］）】」]$`)

// listMark matches marks other than a hyphen and a space that word processors and
// people write before the items of a list.
var listMark = regexp.MustCompile(`^(?:[•●▪◦·–—]|--+|-\pL|[*+] |[0-9]{1,2}[.)] |[A-Za-z]\) )[ \x{a0}]*`)

// wordQuote matches a word with a quotation mark after it, unlike 12".
var wordQuote = regexp.MustCompile(`\pL"$`)

// reportListMark reports an item, or the lone value of a field that takes a list,
// with such a mark before it, or with a closing bracket that has no opening
// bracket.
func (d *decoder) reportListMark(n *yaml.Node, text string, lone bool) bool {
	mark := listMark.FindString(text)
	stray := text[max(0, len(text)-1):] // a mark at the end that nothing opens
	opens := map[string]string{"]": "[", `"`: `"`}[stray]
	strayBracket := opens != "" && (stray == "]" || wordQuote.MatchString(text)) && !strings.Contains(text[:len(text)-1], opens)
	if mark == text || mark == "" && !strayBracket {
		return false
	}
	item := strings.TrimPrefix(text, mark)
	if letter := strings.TrimLeft(mark, "-"); len(letter) < len(mark) {
		mark, item = "-", text[1:] // the mark is a hyphen directly before a letter
	}
	start := d.offset(n)
	_, end, ok := d.span(n)
	ownLine := lone && ok && len(bytes.TrimSpace(d.text[bytes.LastIndexByte(d.text[:start], '\n')+1:start])) == 0
	p := problem.Problem{Code: "wrong-type"}
	instead := Scalar(item)
	switch {
	case mark == "":
		item = strings.TrimRight(text, "] \"")
		p.Message, instead = fmt.Sprintf("the %s at the end has no %s at the beginning", stray, opens), Scalar(item)
		if lone && stray == "]" {
			instead = "[" + item + "]"
		}
		p.Hint = "write " + Shorten(instead)
	case lone && !ok: // the value is on several lines
		p.Message, p.Hint = fmt.Sprintf("an item of a list begins with a hyphen and a space, not with %s", strings.TrimSpace(mark)), "write each item on a line of its own: - "+Shorten(first(item, mark))
	case ownLine:
		instead = "- " + instead
		p.Message, p.Hint = fmt.Sprintf("an item of a list begins with a hyphen and a space, not with %s", strings.TrimSpace(mark)), "write "+Shorten(instead)
	default:
		p.Message, p.Hint = fmt.Sprintf("%s before a value becomes part of it", strings.TrimSpace(mark)), "write "+Shorten(instead)
	}
	if ok {
		p.Fix = d.edit(start, end, instead)
	}
	d.Add(p, d.at(n))
	return true
}

// first returns the first of several items with marks between them.
func first(text, mark string) string {
	for i := range text {
		if rest := text[i:]; i > 0 && text[i-1] == ' ' && (strings.HasPrefix(rest, mark) || listMark.MatchString(rest)) {
			return strings.TrimSpace(text[:i])
		}
	}
	return text
}

// reportBraces reports items in braces, as in {thet, ucl}. Braces are for fields.
func (d *decoder) reportBraces(n *yaml.Node, lone bool) bool {
	if n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle == 0 || len(n.Content) == 0 {
		return false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.Tag == broken || value.Tag != "!!null" || value.Value != "" {
			return false
		}
	}
	start, end, ok := d.span(n)
	if !ok {
		return false
	}
	instead := strings.TrimSpace(string(d.text[start+1 : end-1]))
	hint := "write " + Shorten(instead)
	if lone {
		instead = "[" + instead + "]"
		hint = "write " + Shorten(instead)
	}
	d.Add(problem.Problem{Code: "wrong-type", Message: "braces are for fields with a colon; the values of a list stand between square brackets", Hint: hint, Fix: d.edit(start, end, instead)}, d.at(n))
	return true
}

// reportLines reports names on several lines without hyphens, which YAML reads as
// one text.
func (d *decoder) reportLines(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Tag == broken {
		return false
	}
	start := d.offset(n)
	lineStart := bytes.LastIndexByte(d.text[:start], '\n') + 1
	text := d.text[start : start+plainLength(d.text[start:], n.Value)]
	first, _, several := bytes.Cut(text, []byte("\n"))
	if !several || len(bytes.TrimSpace(d.text[lineStart:start])) > 0 {
		return false
	}
	d.fail(n, "wrong-type", "these lines are one value, since no hyphens are before them", "begin each item with a hyphen and a space: - "+Shorten(string(first)))
	return true
}

// reportNested reports a list between the brackets of a list, as in [[drums]], which
// other programs have for links.
func (d *decoder) reportNested(n *yaml.Node) bool {
	if n.Kind != yaml.SequenceNode || !slices.ContainsFunc(n.Content, func(item *yaml.Node) bool { return item.Kind == yaml.SequenceNode }) {
		return false
	}
	var items []string
	for _, item := range n.Content {
		for _, inner := range append(item.Content, item) {
			if inner.Kind == yaml.ScalarNode {
				items = append(items, Scalar(inner.Value))
			}
		}
	}
	instead := "[" + strings.Join(items, ", ") + "]"
	d.correct(n, "wrong-type", "a list has one pair of brackets", "write "+Shorten(instead), instead)
	return true
}

// checkRepeated reports an item that the list already has. lines holds the line of
// each item so far.
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

// hyphenated matches text that begins like an item of a list, but without a space
// after the hyphen.
var hyphenated = regexp.MustCompile(`^- ?[^- ]`)

// textList splits a text into the items of a list. If it returns fewer than two
// items, the text is not a list.
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
