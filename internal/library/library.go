// Package library cross-links the parsed entries of a site and checks them
// together: every reference leads to something, every id and name is one
// thing, every internal link and anchor is there.
//
// Its input is what package content made of each file, its output an immutable
// [Library] in which references are pointers, and all problems found. It knows
// nothing of pages, addresses or HTML, and reads no disk.
package library

// The types that a library consists of, and the rows of its vocabularies.

import (
	"casebook/internal/content"
)

// Library is all content of one site. It is immutable.
type Library struct {
	Site          *content.Site
	Principles    []*Principle    // of the site's set, by number
	Cases         []*CaseStudy    // shown: examples, challenges and programmes, by id
	Newest        []*CaseStudy    // the same, as CompareNewest orders them
	Withdrawn     []*CaseStudy    // by id; only their address and the reason are shown
	Countries     []*Country      // where there are cases, by name; nations of the UK too
	Disciplines   []*Term         // with cases or in the vocabulary, by label
	Organisations []*Organisation // that cases name or the vocabulary has, by name
	Resources     []*Resource     // shown, by title
	Home          *content.Page   // the text of the home page, or nil
	Featured      *CaseStudy      // that the home page shows first, or nil
	Logo          string          // path of the picture below content/, or empty
	Favicon       string          // likewise
	Pages         []*content.Page // shown, in the order of site.yaml, then by id
	Synonyms      [][]string      // words and phrases that mean the same to a search
	LeftOut       []LeftOut       // what was not published, and why, by file

	countries   *vocabulary[*Country]
	references  *vocabulary[*content.Reference]
	files       map[string]content.Entry // shown Markdown files by path
	attachments map[string]bool          // paths of images and downloads
	composed    map[string]string        // those beyond ASCII, by composed path
	absent      *absences
}

// Principle is a principle with its hallmarks and cases.
type Principle struct {
	*content.Principle
	Hallmarks []*Hallmark
	Cases     []*CaseStudy // newest first
}

// Hallmark is a hallmark with its cases and resources.
type Hallmark struct {
	*content.Hallmark
	Principle *Principle
	Cases     []*CaseStudy // newest first
	Resources []ResourceUse
}

// ResourceUse is a resource and why it belongs to a hallmark.
type ResourceUse struct {
	Resource *Resource
	Why      string
}

// Term is an entry of a vocabulary of names, such as a discipline.
type Term struct {
	*content.Term
	Cases []*CaseStudy // newest first
}

// termRow is a vocabulary of names that case studies are tagged with.
type termRow struct {
	*kind
	refs func(*content.CaseStudy) []content.Ref // what an author writes
	tags func(*CaseStudy) *[]*Term              // the terms that these name
	list func(*Library) *[]*Term                // all terms
}

// termRows has a row for each vocabulary of names.
var termRows = []termRow{
	{
		kind: &kind{noun: "discipline", field: "disciplines", valid: "a discipline of this knowledge base", class: content.DisciplinesClass, file: "disciplines.yaml"},
		refs: func(c *content.CaseStudy) []content.Ref { return c.Disciplines },
		tags: func(c *CaseStudy) *[]*Term { return &c.Disciplines },
		list: func(l *Library) *[]*Term { return &l.Disciplines },
	},
}

// Organisation is a body that takes part in the work of cases; New ones, that
// organisations.yaml does not have, hold a name only.
type Organisation struct {
	*content.Organisation
	Country      *Country // where it is based; nil when not known
	Members      []*Organisation
	Partnerships []*Organisation // that it is a member of
	Successor    *Organisation
	Predecessors []*Organisation
	Cases        []*CaseStudy // newest first, programmes included
}

// Resource is a resource with the hallmarks that it accompanies.
type Resource struct {
	*content.Resource
	Hallmarks []HallmarkUse
	Attached  string       // path of the attachment below content/, or empty
	Cases     []*CaseStudy // that name it
}

// HallmarkUse is a hallmark and why a resource belongs to it.
type HallmarkUse struct {
	Hallmark *Hallmark
	Why      string
}

// CaseStudy is a case study with its references resolved. A field with the name
// of a field of content.CaseStudy takes its place.
type CaseStudy struct {
	*content.CaseStudy
	Principles  []*Principle // named, or implied by a hallmark; by number
	Hallmarks   []*Hallmark
	Countries   []*Country
	Disciplines []*Term
	Partners    []Partner
	Partnership *Organisation
	Programme   *CaseStudy
	Members     []*CaseStudy // of a programme: the cases that belong to it, newest first
	LedBy       []Phase
	Benefits    []Benefit
	Speakers    []*Country // the country of each of Quotes; nil when not stated
	AgreedBy    []*Organisation
	Resources   []*Resource
	Picture     string       // path of the leading picture below content/, or empty
	Chosen      []*CaseStudy // related ones that the author named
	Related     []Related    // those, then computed ones
	Years       []int        // when the work took place; else the year it was described in
	DescribedIn int          // the year of the newest source; 0: unknown
	Overdue     bool         // past its review_by date
	Shown       Shown
}

// Shown is what lists show of a case study's tags.
type Shown struct {
	Principles  []int    // numbers
	Countries   []string // names
	Disciplines []string // labels
}

// Partner is an organisation and its role.
type Partner struct {
	Organisation *Organisation
	Role         content.Role
}

// Phase says who led a phase of the work: a country, or all jointly when it is nil.
type Phase struct {
	Name    string // "planning", "delivery", "analysis"
	Country *Country
}

// Benefit is what a country or an organisation gained: one of the two is set.
type Benefit struct {
	Country      *Country
	Organisation *Organisation
	Texts        []string // none: not reported
}

// Reference returns the entry of references.yaml with the id.
func (l *Library) Reference(id string) *content.Reference {
	reference, _ := l.references.find(id)
	return reference
}

// Entry returns what is shown of the Markdown file at the path below content/,
// or nil.
func (l *Library) Entry(file string) content.Entry { return l.files[file] }
