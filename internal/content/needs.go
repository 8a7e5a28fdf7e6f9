package content

// Rules as data: which fields require each other, and which format texts have. The
// parser applies these rules, and so does other code that checks entries: the form
// on the site has no rules of its own.

import (
	"regexp"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/github/go-spdx/v2/spdxexp/spdxlicenses"
	"golang.org/x/text/currency"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// Need is a rule that at least one of several fields must be given.
type Need struct {
	In     string   // the list whose items it applies to; empty: the entry itself
	OneOf  []string // keys of the fields
	If     When     // the condition under which it applies; zero: always
	Unless string   // a field that lifts the rule if it can be read without mistakes

	code, message, hint string
}

// When is a condition: that a field has a value or, if Not is set, that it has
// another value.
type When struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Not   bool   `json:"not"`
}

// Order is a rule that the date Late is not before the date Early.
type Order struct {
	Early string `json:"early"`
	Late  string `json:"late"`
}

var (
	caseTags    = Need{OneOf: []string{"hallmarks", "principles"}, Unless: "withdrawn", If: When{Field: "kind", Value: string(Programme), Not: true}, code: "missing-tags", message: "neither hallmarks nor principles are given, so readers would not find this case study", hint: "add hallmarks: [id], or principles: [id]"}
	caseSource  = Need{OneOf: []string{"authors", "sources"}, Unless: "withdrawn", code: "missing-source", message: "neither sources nor authors are given, so readers cannot tell where this case study comes from", hint: "add sources: [id of references.yaml], or authors: [name]"}
	quoteSource = Need{In: "quotes", OneOf: []string{"source"}, If: When{Field: "consent", Value: string(ConsentPublished)}, code: "missing-field", message: "source is missing, but words that were published have one", hint: "add a line source: … that says where, or write consent: given if the speaker agreed"}

	caseOrders = []Order{{"start", "end"}, {"published", "updated"}}
)

// needs holds the rules by kind of content. The parser does not apply the rule of
// resources; package library reports a missing address or file, because it knows
// the files.
var needs = map[Class][]Need{
	CaseClass:     {caseTags, caseSource, quoteSource},
	ResourceClass: {{OneOf: []string{"url", "file"}}},
}

var orders = map[Class][]Order{CaseClass: caseOrders}

// Emails says in which fields an e-mail address is a mistake, because it would be
// published without need.
type Emails struct {
	Pattern string   `json:"pattern"` // of the address
	Fields  []string `json:"fields"`  // with the field that they are in: "authors.name"
}

var emails = map[Class]Emails{CaseClass: {emailAddress.String(), personFields}}

// Holds reports whether the rule applies, if the field of its condition has the
// value.
func (n Need) Holds(value string) bool {
	return n.If.Field == "" || (value == n.If.Value) != n.If.Not
}

// check reports the need if it applies, for a value of the field of its condition,
// and the mapping does not meet it.
func (n Need) check(m *frontmatter.Mapping, value string, at Position) {
	if !n.Holds(value) || slices.ContainsFunc(n.OneOf, m.Given) {
		return
	}
	m.Report(at, problem.Error, n.code, n.message, n.hint)
}

// Format is the format of a text. Its patterns are regular expressions with the
// same meaning in Go and in JavaScript.
type Format struct {
	Pattern string   // must match the text
	Not     string   // must not match any part of the text, ignoring case; empty: no rule
	Values  []string // the usual values, to choose from; nil: any text of the format

	pattern, not *regexp.Regexp
}

// formats holds the formats of texts, by the name of the check or type of a field.
var formats = map[string]Format{
	"any date": newFormat(`^[0-9]{4}(-[0-9]{2}){0,2}$`, ""),
	"date":     newFormat(`^(19[0-9]{2}|20[0-9]{2}|2100)(-[0-9]{2}){0,2}$`, ""), // other years are mistakes, except in references
	"url":      newFormat("^[Hh][Tt][Tt][Pp][Ss]?://[^\\x00-\\x20\\x7f/?#@:<>\"\\\\^{|}%\\[\\]`]+(:[0-9]*)?(/([^\\x00-\\x20\\x7f?#%<>\"\\\\`]|%[0-9A-Fa-f]{2})*)?(\\?[^\\x00-\\x20\\x7f#<>\"\\\\`]*)?(#([^\\x00-\\x20\\x7f%<>\"\\\\`]|%[0-9A-Fa-f]{2})*)?$", ""),
	"orcid":    newFormat(`^(([Hh][Tt][Tt][Pp][Ss]?://)?[Oo][Rr][Cc][Ii][Dd]\.[Oo][Rr][Gg]/)?[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx]$`, ""),
	"path":     newFormat(`^(/[A-Za-z0-9._~-]+)+/?$`, `/\.|\.(/|$)|^/cname(/|$)|/(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|/|$)`),
	"currency": {Values: currencies()},
	"lang":     {Values: languages()},
	"licence":  {Values: licences()},
}

// FormatOf returns the format that a check or a type requires. It is zero if a
// pattern or a list cannot express it.
func FormatOf(name string) Format { return formats[name] }

func newFormat(pattern, not string) Format {
	f := Format{Pattern: pattern, Not: not, pattern: regexp.MustCompile(pattern)}
	if not != "" {
		f.not = regexp.MustCompile("(?i)" + not)
	}
	return f
}

// matches reports whether the text has the format.
func (f Format) matches(text string) bool {
	return f.pattern.MatchString(text) && (f.not == nil || !f.not.MatchString(text))
}

// currencies returns the codes of the currencies in use.
func currencies() []string {
	var codes []string
	for all := currency.Query(); all.Next(); {
		if code := all.Unit().String(); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// languages returns the tags of the languages whose names are known.
func languages() []string {
	var tags []string
	for _, tag := range display.Supported.Tags() {
		base, _ := tag.Base()
		if code := base.String(); tag != language.Und && !slices.Contains(tags, code) {
			tags = append(tags, code)
		}
	}
	slices.Sort(tags)
	return tags
}

var creativeCommons = regexp.MustCompile(`^CC(0-1\.0|-BY(-NC)?(-SA|-ND)?-4\.0)$`)

// licences returns the current licences of Creative Commons, which are meant for
// texts.
func licences() []string {
	return slices.DeleteFunc(slices.Sorted(slices.Values(spdxlicenses.GetLicenses())), func(id string) bool { return !creativeCommons.MatchString(id) })
}
