package search

// Documents, their fields and the groups that filter them.

import (
	"slices"
	"strings"
)

// Document is one thing that readers can find: the words to match, the values to filter by, and the short texts that a
// result shows. The index never changes a document.
type Document struct {
	ID      string   // required: unique, and the path of the page below the site's root ("cases/some-case/")
	Title   string   // required
	Summary string   // plain text, shown under the title
	Names   []string // other names: aliases, alternative labels, organisations; matched, not shown
	Body    string   // plain text; excerpts are cut from it
	Beside  string   // plain text next to the body, such as quotes; treated as the last paragraphs of the body
	Details []string // short texts shown with a result: kind, countries, year
	Lang    string   // BCP 47; empty if it is the site's language

	// If Pin is not empty, a query that equals the title or one of PinNames shows this document above all results, with
	// its title and the text of Pin, such as "country, 6 cases".
	Pin      string
	PinNames []string
	// IsList is whether the page lists others, such as the case studies of a country. Its title then has only the boost
	// of a name, so that the listed pages come first.
	IsList bool

	Kind          string // this and the next are ids; Export is given their labels
	Principles    []string
	Hallmarks     []string
	Countries     []string
	Disciplines   []string
	Years         []string
	Programmes    []string
	Organisations []string
	Date          string // ISO 8601 year, month or day, to sort by; may be empty
}

func (d *Document) equal(e *Document) bool {
	if d.ID != e.ID || d.Title != e.Title || d.Summary != e.Summary || d.Body != e.Body || d.Beside != e.Beside || d.Lang != e.Lang || d.Date != e.Date || d.Pin != e.Pin || d.IsList != e.IsList {
		return false
	}
	for g := range groupCount {
		if !slices.Equal(d.values(g), e.values(g)) {
			return false
		}
	}
	return slices.Equal(d.Names, e.Names) && slices.Equal(d.PinNames, e.PinNames) && slices.Equal(d.Details, e.Details)
}

// A field is a part of a document in which words are searched, by its row in fields.
type field uint8

// fields are the search fields. A word counts for more in a short, chosen text than in the body. The names and boosts
// are written into the root, where the client reads them. To add a field, add a row here and the member of Document
// that it reads, and set that member in internal/site.
var fields = [...]struct {
	name  string // of the field in bleve
	boost int
	text  func(d *Document) string
}{
	{"title", 6, func(d *Document) string {
		if d.IsList {
			return ""
		}
		return d.Title
	}},
	{"names", 4, func(d *Document) string {
		names := d.Names
		if d.IsList {
			names = append([]string{d.Title}, names...)
		}
		return strings.Join(names, string(phraseBreak))
	}},
	{"summary", 2, func(d *Document) string { return d.Summary }},
	{"body", 1, (*Document).longText},
}

const (
	fieldCount = len(fields)
	titleField = 0 // the row of the title in fields
)

// longText returns the text that excerpts are taken from: the body and the text beside it.
func (d *Document) longText() string {
	if d.Body == "" || d.Beside == "" {
		return d.Body + d.Beside
	}
	return d.Body + "\n" + d.Beside
}

// Group is a set of values that results are filtered by.
type Group uint8

// The groups, in the order in which they are exported.
const (
	Principle Group = iota
	Hallmark
	Country
	Discipline
	Kind
	Year
	Programme
	Organisation // has many values, so it is loaded only by readers who filter by it
	groupCount
)

// Groups returns all groups, in order.
func Groups() []Group {
	return []Group{Principle, Hallmark, Country, Discipline, Kind, Year, Programme, Organisation}
}

// String returns the group's name in addresses, such as "?principle=strategic", and in messages.
func (g Group) String() string {
	return [groupCount]string{"principle", "hallmark", "country", "discipline", "kind", "year", "programme", "organisation"}[g]
}

// values returns the distinct values of a document in a group, sorted.
func (d *Document) values(g Group) []string {
	var values []string
	switch g {
	case Principle:
		values = d.Principles
	case Hallmark:
		values = d.Hallmarks
	case Country:
		values = d.Countries
	case Discipline:
		values = d.Disciplines
	case Year:
		values = d.Years
	case Programme:
		values = d.Programmes
	case Organisation:
		values = d.Organisations
	case Kind:
		if d.Kind != "" {
			values = []string{d.Kind}
		}
	}
	if len(values) > 1 {
		values = slices.Clone(values)
		slices.Sort(values)
		values = slices.Compact(values)
	}
	return values
}

// Value is one value of a group and the label that readers see.
type Value struct {
	ID, Label string
}
