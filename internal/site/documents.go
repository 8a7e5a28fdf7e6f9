package site

import (
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/search"
)

// Kinds of documents besides those of case studies, as values of the filter
// and families of the theme's words.
const (
	principleKind = "principle"
	hallmarkKind  = "hallmark"
	resourceKind  = "resource"
	pageKind      = "page"
)

// Documents are what readers can search: every case study, principle,
// hallmark, resource and page of text.
func (s *Site) Documents(bodies map[string]*content.Body, words Words) []search.Document {
	d := documents{bodies, words, nil}
	for _, c := range s.library.Cases {
		d.caseStudy(c)
	}
	for _, p := range s.library.Principles {
		d.principle(p)
	}
	for _, r := range s.library.Resources {
		d.resource(r)
	}
	for _, p := range s.library.Pages {
		d.add(search.Document{
			ID: idOf("/" + p.ID + "/"), Title: p.Title, Summary: p.Summary, Body: d.text(p.File),
			Lang: p.Lang, Kind: pageKind, Details: []string{words.Kind(pageKind)},
		})
	}
	return d.all
}

// Words are what the theme says of a document.
type Words struct {
	Kind   func(kind string) string // names a kind
	Period func(Period) string      // writes a period
}

// Labels name the values that results are filtered by, in the order in which
// readers see them.
func (s *Site) Labels(word func(kind string) string) map[search.Group][]search.Value {
	labels := map[search.Group][]search.Value{}
	put := func(g search.Group, id, label string) {
		labels[g] = append(labels[g], search.Value{ID: id, Label: label})
	}
	for _, p := range s.library.Principles {
		put(search.Principle, p.ID, p.Title)
		for _, h := range p.Hallmarks {
			put(search.Hallmark, h.ID, h.Title)
		}
	}
	for _, c := range s.library.Countries {
		put(search.Country, c.Slug, c.Name)
	}
	for _, d := range s.library.Disciplines {
		if len(d.Cases) > 0 {
			put(search.Discipline, d.ID, d.Label)
		}
	}
	for _, kind := range []string{string(content.Example), string(content.Challenge), string(content.Programme), principleKind, hallmarkKind, resourceKind, pageKind} {
		put(search.Kind, kind, word(kind))
	}
	return labels
}

// documents are the search documents in the making.
type documents struct {
	bodies map[string]*content.Body
	words  Words
	all    []search.Document
}

// add takes a document. One that has no other names is named by its title:
// a word counts for more the more fields have it, and a page with a field less
// than its neighbours could lose to them even where its title is asked for.
func (d *documents) add(doc search.Document) {
	if len(doc.Names) == 0 {
		doc.Names = []string{doc.Title}
	}
	d.all = append(d.all, doc)
}

// text is the plain text of a file's body.
func (d *documents) text(file string) string {
	if body := d.bodies[file]; body != nil {
		return body.Text
	}
	return ""
}

// idOf is the id of the document of a page: its path below the root.
func idOf(path string) string { return strings.TrimPrefix(path, "/") }

func (d *documents) caseStudy(c *library.CaseStudy) {
	doc := search.Document{
		ID: idOf(casePath(c.ID)), Title: c.Title, Summary: c.Summary, Body: d.text(c.File),
		Lang: c.Lang, Kind: string(c.Kind), Date: c.Changed().String(),
		Details: []string{d.words.Kind(string(c.Kind))},
	}
	for _, p := range c.Principles {
		doc.Principles = append(doc.Principles, p.ID)
		doc.Names = append(doc.Names, p.Title)
	}
	for _, h := range c.Hallmarks {
		doc.Hallmarks = append(doc.Hallmarks, h.ID)
	}
	for _, country := range c.Countries {
		doc.Details = append(doc.Details, country.Name)
		for ; country != nil; country = country.Parent {
			doc.Names = append(append(doc.Names, country.Name), country.Other...)
			doc.Countries = append(doc.Countries, country.Slug)
		}
	}
	for _, subject := range c.Disciplines {
		doc.Disciplines = append(doc.Disciplines, subject.ID)
		doc.Names = append(append(doc.Names, subject.Label), subject.Alternative...)
	}
	for _, partner := range c.Partners {
		doc.Names = append(append(doc.Names, partner.Organisation.Name), partner.Organisation.Names...)
	}
	if o := c.Partnership; o != nil {
		doc.Names = append(append(doc.Names, o.Name), o.Names...)
	}
	if when := period(c); when != (Period{}) {
		doc.Details = append(doc.Details, d.words.Period(when))
	}
	doc.Beside = strings.Join(spoken(c), "\n")
	doc.Names = unique(doc.Names)
	d.add(doc)
}

// spoken are the words of a case study that stand outside its body.
func spoken(c *library.CaseStudy) []string {
	var texts []string
	for _, q := range c.Quotes {
		texts = append(texts, q.Text)
		if q.Speaker != "" {
			texts = append(texts, q.Speaker)
		}
	}
	for _, benefit := range c.Benefits {
		texts = append(texts, benefit.Texts...)
	}
	for _, i := range c.Indicators {
		texts = append(texts, i.Name+" "+string(i.Value)+" "+i.Unit)
	}
	return slices.Concat(texts, c.Adapt.Needs, c.Adapt.Keep, c.Adapt.Change, c.Adapt.DidNotTravel)
}

func (d *documents) principle(p *library.Principle) {
	d.add(search.Document{
		ID: idOf(principlePath(p.ID)), Title: p.Title, Summary: p.Summary, Body: d.text(p.File), Beside: p.Question,
		Lang: p.Lang, Kind: principleKind, Principles: []string{p.ID}, Details: []string{d.words.Kind(principleKind)},
	})
	for _, h := range p.Hallmarks {
		d.add(search.Document{
			ID: idOf(hallmarkPath(h)), Title: h.Title, Summary: h.Summary, Body: h.Question, Names: []string{p.Title},
			Lang: p.Lang, Kind: hallmarkKind, Principles: []string{p.ID}, Hallmarks: []string{h.ID}, Details: []string{d.words.Kind(hallmarkKind)},
		})
	}
}

func (d *documents) resource(r *library.Resource) {
	doc := search.Document{
		ID: idOf(resourcePath(r.ID)), Title: r.Title, Summary: r.Summary, Body: d.text(r.File),
		Lang: r.Lang, Kind: resourceKind, Details: []string{d.words.Kind(resourceKind)},
	}
	var reasons []string
	for _, use := range r.Hallmarks {
		doc.Hallmarks = append(doc.Hallmarks, use.Hallmark.ID)
		doc.Principles = append(doc.Principles, use.Hallmark.Principle.ID)
		if use.Why != "" {
			reasons = append(reasons, use.Why)
		}
	}
	doc.Beside = strings.Join(reasons, "\n")
	d.add(doc)
}

func unique(names []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(name string) bool {
		if seen[name] {
			return true
		}
		seen[name] = true
		return false
	})
}
