package search

import (
	"slices"
	"strings"
)

// Document is one thing that readers can find, as search needs it: the words to match, the values to filter by, and
// the few texts that a result shows. Documents are values; the index never changes one.
type Document struct {
	ID      string   // required: unique, and the path of the page below the site's root ("cases/some-case/")
	Title   string   // required
	Summary string   // plain text, shown under the title
	Names   []string // what else it is known by: aliases, alternative labels, organisations; matched, not shown
	Body    string   // plain text; excerpts are cut from it
	Beside  string   // plain text that stands beside the body, such as quotes; treated as its last paragraphs
	Details []string // short texts shown with a result, ready to read: kind, countries, year
	Lang    string   // BCP 47, where it differs from the site's language

	// Pin makes the title and PinNames lead here: a query that is one of them shows this document above all results, with
	// its title and the text of Pin, such as "country, 6 cases". Without it no query does.
	Pin      string
	PinNames []string
	// IsList: the page lists others, such as the case studies of a country. Its title counts as a name alone, so that those
	// come first.
	IsList bool

	Kind          string // ids; their labels come with Export
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

// fields are the search fields. To add one, add a row here, the member of Document that it reads, and fill that in
// internal/site. A word counts for more in a short, chosen text than in the body. The names and boosts are written into
// the root, where the client reads them.
var fields = [...]struct {
	name  string // of bleve's field
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
	titleField = 0 // the row of titles
)

// longText is what excerpts are cut from: the body, and what stands beside it as its last paragraphs.
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
	Organisation // its values are many, and loaded for those alone who filter by one
	groupCount
)

// Groups are all groups, in order.
func Groups() []Group {
	return []Group{Principle, Hallmark, Country, Discipline, Kind, Year, Programme, Organisation}
}

// String is the group's name in addresses, such as "?principle=strategic", and in messages.
func (g Group) String() string {
	return [groupCount]string{"principle", "hallmark", "country", "discipline", "kind", "year", "programme", "organisation"}[g]
}

// values are the distinct values of a document in a group, sorted.
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
