// The pages of hallmarks.

package site

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/library"
)

func hallmarkKinds() []kind {
	return []kind{
		{&HallmarkPage{}, (*maker).hallmarkPages},
		{&HallmarkCountriesPage{}, (*maker).hallmarkCountryPages},
	}
}

// HallmarkPage is "/principles/<id>/<hallmark>/".
type HallmarkPage struct {
	Base
	Around
	Hallmark  *content.HallmarkFields
	Groups    []KindGroup // of one page of the list: examples, challenges, programmes
	Pager     Pager
	Within    Within
	Resources []ResourceCard
	Countries string // href of the same cases by country; empty when no case names a country
	Previous  *Link  // hallmark of the same principle
	Next      *Link
}

// HallmarkCountriesPage is "/principles/<id>/<hallmark>/countries/".
type HallmarkCountriesPage struct {
	Base
	Around
	Hallmark Link
	GroupList
}

// KindGroup is the case studies of one kind in a list.
type KindGroup struct {
	Kind  content.Kind
	Cases []*Card
}

func (m *maker) hallmarkPages() {
	for _, p := range m.lib.Principles {
		for i, h := range p.Hallmarks {
			m.hallmarkPage(p, i, h)
		}
	}
}

// hallmarkPage makes the pages of h, the hallmark of the principle with index
// i.
func (m *maker) hallmarkPage(p *library.Principle, i int, h *library.Hallmark) {
	b := m.from(m.base(m.at.hallmark(h), h.Title, h.Summary, m.principlesCrumb(), m.principleCrumb(p)), p.Source, p.Lang)
	var cases []*library.CaseStudy
	for _, kind := range []content.Kind{content.Example, content.Challenge, content.Programme} {
		cases = append(cases, ofKind(h.Cases, kind)...)
	}
	m.paginate(b, cases, func(b Base, list List) Page {
		page := &HallmarkPage{Base: b, Around: m.around(b, p, h), Hallmark: &h.HallmarkFields, Groups: byKind(list.Cases), Pager: list.Pager, Within: list.Within}
		if slices.ContainsFunc(h.Cases, func(c *library.CaseStudy) bool { return c.Kind != content.Programme && len(c.Countries) > 0 }) {
			page.Countries = b.to(m.at.hallmarkCountries(h))
		}
		for _, use := range h.Resources {
			page.Resources = append(page.Resources, b.resourceCard(use.Resource, use.Why))
		}
		if i > 0 {
			page.Previous = b.hallmarkLink(p.Hallmarks[i-1])
		}
		if i+1 < len(p.Hallmarks) {
			page.Next = b.hallmarkLink(p.Hallmarks[i+1])
		}
		return page
	}, Filter{"hallmark", h.ID})
}

func (b *Base) hallmarkLink(h *library.Hallmark) *Link {
	return &Link{Label: h.Title, Href: b.to(b.at.hallmark(h))}
}

// byKind groups a list that is sorted by kind.
func byKind(cases []*Card) []KindGroup {
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

func (m *maker) hallmarkCountryPages() {
	for _, p := range m.lib.Principles {
		for _, h := range p.Hallmarks {
			b := m.base(m.at.hallmarkCountries(h), "", "", m.principlesCrumb(), m.principleCrumb(p), Link{Label: h.Title, Href: m.at.hallmark(h)})
			paginateGroups(m, b, m.hallmarkGroups(h), func(b Base, list GroupList) Page {
				return &HallmarkCountriesPage{b, m.around(b, p, nil), *b.hallmarkLink(h), list}
			})
		}
	}
}

// hallmarkGroups returns the cases of a hallmark, grouped by country.
func (m *maker) hallmarkGroups(h *library.Hallmark) []group[*library.Country] {
	var groups []group[*library.Country]
	in := byCountry(h.Cases)
	for _, c := range m.lib.Countries {
		if cases := ofKind(in[c], content.Example, content.Challenge); len(cases) > 0 {
			groups = append(groups, group[*library.Country]{c, Link{Label: c.Name, Href: countryPath(c)}, groupID(c.Slug), cases})
		}
	}
	return groups
}
