package site

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/library"
)

// principlePages makes the list of principles, each principle, its hallmarks,
// and its cases in each country.
func (m *maker) principlePages() {
	list := &PrinciplesPage{Base: m.base("/principles/", "", "")}
	for _, p := range m.lib.Principles {
		list.Principles = append(list.Principles, list.principleCard(p))
	}
	m.add(list)
	for i, p := range m.lib.Principles {
		m.principlePage(i, p)
		for j, h := range p.Hallmarks {
			m.hallmarkPages(p, j, h)
		}
		for _, c := range m.principleCountries(p) {
			m.inCountryPages(p, c)
		}
	}
}

var principlesCrumb = Link{Key: "principles.title", Href: "/principles/"}

func principleCrumb(p *library.Principle) Link {
	return Link{Label: p.Title, Href: principlePath(p.ID)}
}

func (m *maker) principlePage(i int, p *library.Principle) {
	b := m.from(m.base(principlePath(p.ID), p.Title, p.Summary, principlesCrumb), p.Source, p.Lang)
	page := &PrinciplePage{
		Base:      b,
		ID:        p.ID,
		Principle: &p.PrincipleFields,
		Total:     b.term(p.Title, principlePath(p.ID), p.Cases),
		Sources:   m.references(p.Sources),
	}
	for _, h := range p.Hallmarks {
		section := HallmarkSection{
			Term:     b.term(h.Title, hallmarkPath(h), h.Cases),
			Hallmark: &h.HallmarkFields,
			Cases:    b.cards(first(firstFew, ofKind(h.Cases, content.Example, content.Challenge))),
		}
		for _, use := range h.Resources {
			section.Resources = append(section.Resources, b.resourceCard(use.Resource, use.Why))
		}
		page.Hallmarks = append(page.Hallmarks, section)
	}
	shown := map[*library.CaseStudy]bool{}
	for _, h := range p.Hallmarks {
		for _, c := range h.Cases {
			shown[c] = true
		}
	}
	others := slices.DeleteFunc(slices.Clone(p.Cases), func(c *library.CaseStudy) bool { return shown[c] })
	page.Examples = b.cards(first(firstFew, ofKind(others, content.Example)))
	page.Challenges = b.cards(first(firstFew, ofKind(others, content.Challenge)))
	page.Programmes = b.cards(first(firstFew, ofKind(others, content.Programme)))
	for _, c := range m.principleCountries(p) {
		page.Countries = append(page.Countries, b.term(c.Name, inCountryPath(p.ID, c), m.orders.in[p][c]))
	}
	if i > 0 {
		page.Previous = b.principleLink(m.lib.Principles[i-1])
	}
	if i+1 < len(m.lib.Principles) {
		page.Next = b.principleLink(m.lib.Principles[i+1])
	}
	m.add(page)
}

func (b *Base) principleLink(p *library.Principle) *Link {
	return &Link{Label: p.Title, Href: b.to(principlePath(p.ID))}
}

func (b *Base) principleTag(p *library.Principle) PrincipleTag {
	return PrincipleTag{Link: *b.principleLink(p), Number: p.Number}
}

func (b *Base) principleCard(p *library.Principle) PrincipleCard {
	card := PrincipleCard{
		Term:     b.principleTerm(p, principlePath(p.ID), p.Cases),
		Summary:  p.Summary,
		Question: p.Question,
	}
	for _, h := range p.Hallmarks {
		card.Hallmarks = append(card.Hallmarks, b.term(h.Title, hallmarkPath(h), h.Cases))
	}
	return card
}

func (m *maker) hallmarkPages(p *library.Principle, i int, h *library.Hallmark) {
	groups := m.hallmarkGroups(h)
	b := m.base(hallmarkCountriesPath(h), "", "", principlesCrumb, principleCrumb(p), Link{Label: h.Title, Href: hallmarkPath(h)})
	paginateGroups(m, b, groups, func(b Base, list GroupList) Page {
		return &HallmarkCountriesPage{b, m.around(b, p, nil), Link{Label: h.Title, Href: b.to(hallmarkPath(h))}, list}
	})
	b = m.from(m.base(hallmarkPath(h), h.Title, h.Summary, principlesCrumb, principleCrumb(p)), p.Source, p.Lang)
	var cases []*library.CaseStudy
	for _, kind := range []content.Kind{content.Example, content.Challenge, content.Programme} {
		cases = append(cases, ofKind(h.Cases, kind)...)
	}
	m.paginate(b, cases, func(b Base, list List) Page {
		page := &HallmarkPage{Base: b, Around: m.around(b, p, h), Hallmark: &h.HallmarkFields, Groups: byKind(list.Cases), Pager: list.Pager}
		if len(groups) > 0 {
			page.Countries = b.to(hallmarkCountriesPath(h))
		}
		for _, use := range h.Resources {
			page.Resources = append(page.Resources, b.resourceCard(use.Resource, use.Why))
		}
		if i > 0 {
			page.Previous = &Link{Label: p.Hallmarks[i-1].Title, Href: b.to(hallmarkPath(p.Hallmarks[i-1]))}
		}
		if i+1 < len(p.Hallmarks) {
			page.Next = &Link{Label: p.Hallmarks[i+1].Title, Href: b.to(hallmarkPath(p.Hallmarks[i+1]))}
		}
		return page
	}, cases)
}

func (m *maker) around(b Base, p *library.Principle, here *library.Hallmark) Around {
	around := Around{Principle: b.principleTag(p)}
	for _, h := range p.Hallmarks {
		link := Link{Label: h.Title}
		if h != here {
			link.Href = b.to(hallmarkPath(h))
		}
		around.Principle.Hallmarks = append(around.Principle.Hallmarks, link)
	}
	if i := slices.Index(m.lib.Principles, p); i+1 < len(m.lib.Principles) {
		next := b.principleTag(m.lib.Principles[i+1])
		around.NextPrinciple = &next
	}
	return around
}

// byKind groups a list that is in order of kind.
func byKind(cases []Card) []KindGroup {
	var groups []KindGroup
	for _, c := range cases {
		if n := len(groups); n == 0 || groups[n-1].Kind != c.Kind {
			groups = append(groups, KindGroup{Kind: c.Kind})
		}
		group := &groups[len(groups)-1]
		group.Cases = append(group.Cases, c)
	}
	return groups
}

// principleCountries are the countries in which a principle has cases, by name.
func (m *maker) principleCountries(p *library.Principle) []*library.Country {
	var countries []*library.Country
	for _, c := range m.lib.Countries {
		if len(m.orders.in[p][c]) > 0 {
			countries = append(countries, c)
		}
	}
	return countries
}

func (m *maker) inCountryPages(p *library.Principle, c *library.Country) {
	b := m.base(inCountryPath(p.ID, c), "", "", principlesCrumb, principleCrumb(p))
	here := m.orders.in[p][c]
	m.paginate(b, ofKind(here, content.Example, content.Challenge), func(b Base, list List) Page {
		page := &PrincipleInCountryPage{Base: b, Around: m.around(b, p, nil), Country: b.countryLink(c), List: list}
		if list.Pager.Number == 1 {
			page.Programmes = b.cards(ofKind(here, content.Programme))
		}
		return page
	}, here)
}
