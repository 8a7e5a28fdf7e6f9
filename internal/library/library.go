// Package library links the parsed entries of a site to each other and checks them
// together: every reference names an entry, every id and name belongs to one entry,
// and every internal link and anchor has a target.
//
// Its input is the result of package content for each file. Its output is an
// immutable [Library], in which references are pointers, and all problems found. It
// knows nothing about pages, addresses or HTML, and reads no files.
package library

// The types of a library, and the rows of its vocabularies.

import (
	"casebook/internal/content"
)

// Library is all content of one site. It is immutable.
type Library struct {
	Site          *content.Site
	Principles    []*Principle    // the principles of the site's set, by number
	Cases         []*CaseStudy    // shown examples, challenges and programmes, by id
	Newest        []*CaseStudy    // the same case studies, in the order of CompareNewest
	Withdrawn     []*CaseStudy    // by id; only their address and the reason are shown
	Countries     []*Country      // countries and nations of the UK with cases, by name
	Disciplines   []*Term         // disciplines with cases or in the vocabulary, by label
	Organisations []*Organisation // organisations that cases name or the vocabulary has, by name
	Resources     []*Resource     // shown resources, by title
	Home          *content.Page   // the text of the home page, or nil
	Featured      *CaseStudy      // the case study that the home page shows first, or nil
	Logo          string          // path of the picture below content/, or ""
	Favicon       string          // likewise
	Pages         []*content.Page // shown pages, in the order of site.yaml, then by id
	Synonyms      [][]string      // lists of words and phrases that the search treats as the same
	LeftOut       []LeftOut       // files that are left out or need attention, by path

	countries   *vocabulary[*Country]
	references  *vocabulary[*content.Reference]
	files       map[string]content.Entry // shown Markdown files by path
	attachments map[string]bool          // paths of images and downloads
	composed    map[string]string        // attachments with non-ASCII names, by composed path
	absent      *absences
	relator     func() *relator
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

// ResourceUse is a resource of a hallmark, and why it helps with it.
type ResourceUse struct {
	Resource *Resource
	Why      string
}

// Term is an entry of a vocabulary of terms, such as a discipline.
type Term struct {
	*content.Term
	Cases []*CaseStudy // newest first
}

// termRow describes a vocabulary of terms that case studies are tagged with.
type termRow struct {
	*kind
	refs func(*content.CaseStudy) []content.Ref // the names that an author writes
	tags func(*CaseStudy) *[]*Term              // the terms with these names
	list func(*Library) *[]*Term                // the list of all terms
}

// termRows has a row for each vocabulary of terms.
var termRows = []termRow{
	{
		kind: &kind{noun: "discipline", field: "disciplines", valid: "a discipline of this knowledge base", class: content.DisciplinesClass, file: "disciplines.yaml"},
		refs: func(c *content.CaseStudy) []content.Ref { return c.Disciplines },
		tags: func(c *CaseStudy) *[]*Term { return &c.Disciplines },
		list: func(l *Library) *[]*Term { return &l.Disciplines },
	},
}

// Organisation is an organisation that takes part in the work of cases. One that
// organisations.yaml does not have has only a name and perhaps a type.
type Organisation struct {
	*content.Organisation
	Country      *Country // where it is based; nil if not known
	Members      []*Organisation
	Partnerships []*Organisation // partnerships of which it is a member
	Successor    *Organisation
	Predecessors []*Organisation
	Cases        []*CaseStudy // newest first, including programmes
}

// Resource is a resource with its hallmarks and cases.
type Resource struct {
	*content.Resource
	Hallmarks []HallmarkUse
	Attached  string       // path of the attachment below content/, or ""
	Cases     []*CaseStudy // cases that name it
}

// HallmarkUse is a hallmark of a resource, and why the resource helps with it.
type HallmarkUse struct {
	Hallmark *Hallmark
	Why      string
}

// CaseStudy is a case study with its references resolved. Its fields hide the
// fields of the same names in content.CaseStudy.
type CaseStudy struct {
	*content.CaseStudy
	Principles  []*Principle // named, or implied by a hallmark; sorted by number
	Hallmarks   []*Hallmark
	Countries   []*Country
	Disciplines []*Term
	Partners    []Partner
	Partnership *Organisation
	Programme   *CaseStudy
	Members     []*CaseStudy // cases that belong to this programme, newest first
	LedBy       []Phase
	Benefits    []Benefit
	Speakers    []*Country // country of the speaker of each of Quotes; nil if not stated
	AgreedBy    []*Organisation
	Resources   []*Resource
	Picture     string       // path of the leading picture below content/, or ""
	Chosen      []*CaseStudy // related case studies that the author named
	SortKey     string       // folded title, by which lists are sorted
	Years       []int        // years of the work, or the year in which it was described
	DescribedIn int          // year of the newest source; 0 if unknown
	Overdue     bool         // past its review_by date
	Shown       Shown
}

// Shown holds the tags that lists of case studies show.
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

// Phase says which country led a phase of the work. Country is nil if all partners
// led it jointly.
type Phase struct {
	Name    string // "planning", "delivery", "analysis"
	Country *Country
}

// Benefit is what a country or an organisation gained. Either Country or
// Organisation is set.
type Benefit struct {
	Country      *Country
	Organisation *Organisation
	Texts        []string // empty if not reported
}

// Reference returns the entry of references.yaml with the id, or nil.
func (l *Library) Reference(id string) *content.Reference {
	reference, _ := l.references.find(id)
	return reference
}

// Entry returns the entry of the shown Markdown file at the path below content/, or
// nil.
func (l *Library) Entry(file string) content.Entry { return l.files[file] }
