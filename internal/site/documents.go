// The documents that readers can search.

package site

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/search"
)

// Kinds of documents besides those of case studies. They are values of the
// search filter, and select strings of the theme.
const (
	principleKind    = "principle"
	hallmarkKind     = "hallmark"
	countryKind      = "country"
	disciplineKind   = "discipline"
	organisationKind = "organisation"
	resourceKind     = "resource"
	toolKind         = "tool"
	pageKind         = "page"
)

// documentKinds returns all kinds, in the order in which readers see them.
func documentKinds() []string {
	return []string{
		string(content.Example), string(content.Challenge), string(content.Programme), principleKind, hallmarkKind,
		countryKind, disciplineKind, organisationKind, resourceKind, toolKind, pageKind,
	}
}

// searchTools returns the pages without content of their own that readers look
// for: the theme's string for the title of each, by path.
func (p *paths) searchTools() map[string]string {
	return map[string]string{
		"/map/": "map.title", "/coverage/": "coverage.title", "/health-check/": "health-check.title", comparePath: "compare.title", "/saved/": "saved.title", FormPath: "form.title",
		"/countries/": "countries.title", p.disciplines(): "disciplines.title", "/organisations/": "organisations.title",
		p.principles(): "principles.title", "/programmes/": "programmes.title", "/challenges/": "challenges.title",
		"/resources/": "resources.title", p.cases(): "cases.title", p.index(): "index.title", "/years/": "years.title",
	}
}

// Documents returns what readers can search: every case study, principle,
// hallmark, country, discipline, organisation, resource, tool and page of text.
// text returns the plain text of the body of a file below content/; it is called from
// several goroutines.
func (s *Site) Documents(text func(file string) string, words Words) []search.Document {
	d := documents{s.at, text, words, nil}
	s.entries(&d)
	studies := make([]search.Document, len(s.library.Cases))
	_ = parallel.Each(context.Background(), len(studies), func(i int) error { // no document returns an error
		studies[i] = d.caseStudy(s.library.Cases[i])
		return nil
	})
	d.all = append(d.all, studies...)
	for _, p := range s.library.Principles {
		d.principle(p)
	}
	for _, r := range s.library.Resources {
		d.resource(r)
	}
	for _, p := range s.library.Pages {
		d.add(search.Document{
			ID: idOf("/" + p.ID + "/"), Title: p.Title, Summary: p.Summary, Body: d.text(p.File),
			Lang: p.Lang, Kind: pageKind, Pin: d.pin(pageKind, 0), Details: []string{words.Kind(pageKind)},
		})
	}
	return d.all
}

// entries adds the entries of the vocabularies that have a page, and the tools.
func (s *Site) entries(d *documents) {
	has := map[string]bool{}
	for _, p := range s.Pages {
		has[p.Path] = true
	}
	add := func(path, kind string, cases int, doc search.Document) {
		if !has[path] {
			return
		}
		doc.PinNames = slices.Concat(doc.Names, doc.PinNames)
		doc.ID, doc.Kind, doc.Pin, doc.IsList, doc.Details = idOf(path), kind, d.pin(kind, cases), true, []string{d.words.Kind(kind)}
		if cases > 0 {
			doc.Details = append(doc.Details, d.words.Cases(cases))
		}
		d.all = append(d.all, doc)
	}
	for _, c := range s.library.Countries {
		add(countryPath(c), countryKind, len(c.Cases), search.Document{Title: c.Name, Names: slices.Concat([]string{c.Code}, c.Other, c.Demonyms), PinNames: c.Formal, Countries: []string{c.Slug}})
	}
	for _, t := range s.library.Disciplines {
		add(s.at.discipline(t.ID), disciplineKind, len(t.Cases), search.Document{Title: t.Label, Names: t.Alternative, Disciplines: []string{t.ID}})
	}
	for _, o := range s.library.Organisations {
		add(organisationPath(o.ID), organisationKind, len(o.Cases), search.Document{Title: o.Name, Names: o.Names})
	}
	tools := s.at.searchTools()
	for _, path := range slices.Sorted(maps.Keys(tools)) {
		title := d.words.Title(tools[path])
		add(path, toolKind, 0, search.Document{Title: title, Names: []string{strings.ReplaceAll(strings.Trim(path, "/"), "/", " ")}})
	}
}

// pin returns the text beside the title of a document that is found by its
// name.
func (d *documents) pin(kind string, cases int) string {
	what := strings.ToLower(d.words.Kind(kind))
	if cases > 0 {
		what += ", " + d.words.Cases(cases)
	}
	return what
}

// Words are functions that return the theme's texts for documents.
type Words struct {
	Kind   func(kind string) string // names a kind
	Period func(Period) string      // writes a period
	Cases  func(n int) string       // counts case studies
	Title  func(key string) string  // names a tool by the key of its title
}

// Labels returns the names of the values that results are filtered by, in the
// order in which readers see them.
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
	for _, kind := range documentKinds() {
		put(search.Kind, kind, word(kind))
	}
	years := map[int]bool{}
	for _, c := range s.library.Cases {
		for _, y := range c.Years {
			years[y] = true
		}
		if len(c.Members) > 0 {
			put(search.Programme, c.ID, c.Title)
		}
	}
	for _, y := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		put(search.Year, strconv.Itoa(y), strconv.Itoa(y))
	}
	for _, o := range s.library.Organisations {
		put(search.Organisation, o.ID, o.Name)
	}
	return labels
}

// documents makes the search documents.
type documents struct {
	at    *paths
	text  func(file string) string
	words Words
	all   []search.Document
}

func (d *documents) add(doc search.Document) { d.all = append(d.all, named(doc)) }

// named returns a document that has a name: its title if it has no other. A word
// counts for more the more fields contain it, so a page with fewer fields than
// others could rank below them even in a search for its own title.
func named(doc search.Document) search.Document {
	if len(doc.Names) == 0 {
		doc.Names = []string{doc.Title}
	}
	return doc
}

// idOf returns the id of the document of a page: its path below the root.
func idOf(path string) string { return strings.TrimPrefix(path, "/") }

func (d *documents) caseStudy(c *library.CaseStudy) search.Document {
	doc := search.Document{
		ID: idOf(d.at.caseStudy(c.ID)), Title: c.Title, Summary: c.Summary, Body: d.text(c.File),
		Lang: c.Lang, Kind: string(c.Kind), Date: c.Changed().String(),
		Details: []string{d.words.Kind(string(c.Kind))},
	}
	for _, p := range c.Principles {
		doc.Principles = append(doc.Principles, p.ID)
		doc.Names = append(doc.Names, p.Title)
	}
	if len(c.Principles) > 0 {
		doc.Details = append(doc.Details, c.Principles[0].Title)
	}
	for _, h := range c.Hallmarks {
		doc.Hallmarks = append(doc.Hallmarks, h.ID)
	}
	for _, country := range c.Countries {
		doc.Details = append(doc.Details, country.Name)
		for ; country != nil; country = country.Parent {
			doc.Names = slices.Concat(doc.Names, []string{country.Name}, country.Other, country.Demonyms)
			doc.Countries = append(doc.Countries, country.Slug)
		}
	}
	for _, subject := range c.Disciplines {
		doc.Disciplines = append(doc.Disciplines, subject.ID)
		doc.Details = append(doc.Details, subject.Label)
		doc.Names = append(append(doc.Names, subject.Label), subject.Alternative...)
	}
	for _, y := range c.Years {
		doc.Years = append(doc.Years, strconv.Itoa(y))
	}
	if c.Programme != nil {
		doc.Programmes = []string{c.Programme.ID}
	}
	for _, o := range c.Organisations() {
		doc.Organisations = append(doc.Organisations, o.ID)
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
	if c.Kind == content.Programme {
		doc.Pin = d.pin(string(c.Kind), 0)
	}
	doc.Beside = strings.Join(spoken(c), "\n")
	doc.Names = unique(doc.Names)
	return named(doc)
}

// spoken returns the texts of a case study that are not in its body.
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
	kind := d.words.Kind(principleKind)
	initial, _ := utf8.DecodeRuneInString(kind)
	number := kind + " " + strconv.Itoa(p.Number)
	d.add(search.Document{
		ID: idOf(d.at.principle(p.ID)), Title: p.Title, Summary: p.Summary, Body: d.text(p.File), Beside: p.Question,
		Names: []string{p.Title, number}, Pin: d.pin(principleKind, len(p.Cases)), PinNames: []string{number, string(initial) + strconv.Itoa(p.Number), kind + " " + p.Title},
		Lang: p.Lang, Kind: principleKind, Principles: []string{p.ID}, Details: []string{kind},
	})
	for _, h := range p.Hallmarks {
		d.add(search.Document{
			ID: idOf(d.at.hallmark(h)), Title: h.Title, Summary: h.Summary, Body: h.Question, Names: []string{h.Title}, Pin: d.pin(hallmarkKind, len(h.Cases)), PinNames: []string{d.words.Kind(hallmarkKind) + " " + h.Title, strings.ReplaceAll(h.ID, "-", " ")},
			Lang: p.Lang, Kind: hallmarkKind, Principles: []string{p.ID}, Hallmarks: []string{h.ID}, Details: []string{d.words.Kind(hallmarkKind)},
		})
	}
}

func (d *documents) resource(r *library.Resource) {
	doc := search.Document{
		ID: idOf(resourcePath(r.ID)), Title: r.Title, Summary: r.Summary, Body: d.text(r.File),
		Lang: r.Lang, Kind: resourceKind, Pin: d.pin(resourceKind, 0), Details: []string{d.words.Kind(resourceKind)},
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

// unique returns names in their order, each once.
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
