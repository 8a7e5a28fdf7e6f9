// The pages of principles.

package site

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/library"
)

func principleKinds() []kind {
	return []kind{
		{&PrinciplesPage{}, (*maker).principleList},
		{&PrinciplePage{}, (*maker).principlePages},
		{&PrincipleInCountryPage{}, (*maker).inCountryPages},
	}
}

// PrinciplesPage is "/principles/".
type PrinciplesPage struct {
	Base
	Principles []PrincipleCard
}

// PrinciplePage is "/principles/<id>/".
type PrinciplePage struct {
	Base
	Text
	ID         string // of the principle
	Principle  *content.PrincipleFields
	Hallmarks  []HallmarkSection
	Examples   []*Card // tagged with the principle and with none of its hallmarks; the first few
	Challenges []*Card // as in Examples
	Programmes []*Card // as in Examples
	Total      Term    // all cases of the principle, counted
	Within     Within
	Countries  []Term // each leads to the principle's cases in that country
	Sources    []Reference
	Previous   *Link
	Next       *Link
}

// WithBody implements [Texted].
func (p *PrinciplePage) WithBody(b *Body) Page { c := *p; c.Body = b; return &c }

// PrincipleInCountryPage is "/principles/<id>/in/<country>/".
type PrincipleInCountryPage struct {
	Base
	Around
	Country Link
	List
	Programmes []*Card // on the first page
}

// PrincipleCard is a principle in a list.
type PrincipleCard struct {
	Term
	Summary   string
	Question  string
	Problem   string // in a few words, on the home page
	Hallmarks []Term
}

// HallmarkSection is a hallmark on the page of its principle.
type HallmarkSection struct {
	Term
	Hallmark  *content.HallmarkFields
	Cases     []*Card // examples and challenges; the first few
	Resources []ResourceCard
}

// PrincipleTag is a principle that a page is about or belongs to, with those of
// its hallmarks that concern the page.
type PrincipleTag struct {
	Link
	Number    int
	Hallmarks []Link
}

// Around is the pages that are one step from a page below a principle.
type Around struct {
	Principle     PrincipleTag // with all of its hallmarks; the one that the page is about has no address
	NextPrinciple *PrincipleTag
}

func (m *maker) principlesCrumb() Link { return Link{Key: "principles.title", Href: m.at.principles()} }

func (m *maker) principleCrumb(p *library.Principle) Link {
	return Link{Label: p.Title, Href: m.at.principle(p.ID)}
}

func (m *maker) principleList() {
	m.add(m.at.principles(), func() Page {
		page := &PrinciplesPage{Base: m.base(m.at.principles(), "", "")}
		for _, p := range m.lib.Principles {
			page.Principles = append(page.Principles, page.principleCard(p))
		}
		return page
	})
}

func (b *Base) principleCard(p *library.Principle) PrincipleCard {
	card := PrincipleCard{
		Term:     b.principleTerm(p, b.at.principle(p.ID), p.Cases),
		Summary:  p.Summary,
		Question: p.Question,
	}
	for _, h := range p.Hallmarks {
		card.Hallmarks = append(card.Hallmarks, b.term(h.Title, b.at.hallmark(h), h.Cases))
	}
	return card
}

func (m *maker) principlePages() {
	for i, p := range m.lib.Principles {
		b := m.from(m.base(m.at.principle(p.ID), p.Title, p.Summary, m.principlesCrumb()), p.Source, p.Lang)
		m.offer(&b, p.Cases, m.at.words.Principle.One+"/"+p.ID)
		m.addFrom(b.Path, p.File, func() Page { return m.principlePage(b, i, p) })
	}
}

// principlePage makes the page of p, the principle with index i.
func (m *maker) principlePage(b Base, i int, p *library.Principle) *PrinciplePage {
	page := &PrinciplePage{
		Base:      b,
		Text:      textOf(p.Source, p.Summary),
		ID:        p.ID,
		Principle: &p.PrincipleFields,
		Total:     b.term(p.Title, m.at.principle(p.ID), p.Cases),
		Within:    b.within(len(p.Cases), []Filter{{"principle", p.ID}}),
		Sources:   m.references(p.Sources),
	}
	for _, h := range p.Hallmarks {
		page.Hallmarks = append(page.Hallmarks, b.hallmarkSection(h))
	}
	others := untagged(p)
	page.Examples = b.cards(first(firstFew, ofKind(others, content.Example)))
	page.Challenges = b.cards(first(firstFew, ofKind(others, content.Challenge)))
	page.Programmes = b.cards(first(firstFew, ofKind(others, content.Programme)))
	for _, c := range m.principleCountries(p) {
		page.Countries = append(page.Countries, b.term(c.Name, m.at.inCountry(p.ID, c), m.orders.in[p][c]))
	}
	if i > 0 {
		page.Previous = b.principleLink(m.lib.Principles[i-1])
	}
	if i+1 < len(m.lib.Principles) {
		page.Next = b.principleLink(m.lib.Principles[i+1])
	}
	return page
}

func (b *Base) hallmarkSection(h *library.Hallmark) HallmarkSection {
	section := HallmarkSection{
		Term:     b.term(h.Title, b.at.hallmark(h), h.Cases),
		Hallmark: &h.HallmarkFields,
		Cases:    b.cards(first(firstFew, ofKind(h.Cases, content.Example, content.Challenge))),
	}
	for _, use := range h.Resources {
		section.Resources = append(section.Resources, b.resourceCard(use.Resource, use.Why))
	}
	return section
}

// untagged returns the cases of a principle that are tagged with none of its
// hallmarks.
func untagged(p *library.Principle) []*library.CaseStudy {
	tagged := map[*library.CaseStudy]bool{}
	for _, h := range p.Hallmarks {
		for _, c := range h.Cases {
			tagged[c] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(p.Cases), func(c *library.CaseStudy) bool { return tagged[c] })
}

func (b *Base) principleLink(p *library.Principle) *Link {
	return &Link{Label: p.Title, Href: b.to(b.at.principle(p.ID))}
}

func (b *Base) principleTag(p *library.Principle) PrincipleTag {
	return PrincipleTag{Link: *b.principleLink(p), Number: p.Number}
}

// principleTerm returns a principle with the numbers of the given cases.
func (b *Base) principleTerm(p *library.Principle, path string, cases []*library.CaseStudy) Term {
	t := b.term(p.Title, path, cases)
	t.Number = p.Number
	return t
}

func (m *maker) inCountryPages() {
	for _, p := range m.lib.Principles {
		for _, c := range m.principleCountries(p) {
			b := m.base(m.at.inCountry(p.ID, c), "", "", m.principlesCrumb(), m.principleCrumb(p))
			here := m.orders.in[p][c]
			m.offer(&b, here, "")
			m.paginate(b, ofKind(here, content.Example, content.Challenge), func(b Base, list List) Page {
				page := &PrincipleInCountryPage{Base: b, Around: m.around(b, p, nil), Country: b.countryLink(c), List: list}
				if list.Pager.Number == 1 {
					page.Programmes = b.cards(ofKind(here, content.Programme))
				}
				return page
			}, Filter{"principle", p.ID}, Filter{"country", c.Slug})
		}
	}
}

// principleCountries returns the countries in which a principle has cases, by
// name.
func (m *maker) principleCountries(p *library.Principle) []*library.Country {
	var countries []*library.Country
	for _, c := range m.lib.Countries {
		if len(m.orders.in[p][c]) > 0 {
			countries = append(countries, c)
		}
	}
	return countries
}

// around returns the pages that are one step from a page below a principle.
// here is the hallmark that the page is about, or nil.
func (m *maker) around(b Base, p *library.Principle, here *library.Hallmark) Around {
	around := Around{Principle: b.principleTag(p)}
	for _, h := range p.Hallmarks {
		link := Link{Label: h.Title}
		if h != here {
			link.Href = b.to(m.at.hallmark(h))
		}
		around.Principle.Hallmarks = append(around.Principle.Hallmarks, link)
	}
	if i := slices.Index(m.lib.Principles, p); i+1 < len(m.lib.Principles) {
		next := b.principleTag(m.lib.Principles[i+1])
		around.NextPrinciple = &next
	}
	return around
}
