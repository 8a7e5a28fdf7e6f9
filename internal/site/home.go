// The home page.

package site

import (
	"cmp"
	"slices"

	"casebook/internal/content"
	"casebook/internal/library"
)

func homeKinds() []kind {
	return []kind{{&HomePage{}, (*maker).homePage}}
}

// HomePage is "/".
type HomePage struct {
	Base
	Text
	Heading     string // empty if it is the title of the site
	Tagline     string
	Searches    []string // words that find something, as examples for readers
	Featured    *Card
	Principles  []PrincipleCard // without their hallmarks and summaries
	Challenges  []*Card         // the newest, with what a list of titles shows
	Countries   []Term          // those with the most cases, by name
	Disciplines []Term          // those with the most cases, by name
	Recent      []*Card         // the newest examples, with what a list of titles shows
	Totals      Totals
}

// Totals counts what the site holds, by kind.
type Totals struct{ Examples, Challenges, Programmes, Countries int }

// WithBody implements [Texted].
func (p *HomePage) WithBody(b *Body) Page { c := *p; c.Body = b; return &c }

const (
	newest  = 4  // cases shown on the home page
	maxWays = 16 // countries, and disciplines, shown on the home page
)

func (m *maker) homePage() {
	source := ""
	if home := m.lib.Home; home != nil {
		source = home.File
	}
	m.addFrom("/", source, m.home)
}

func (m *maker) home() Page {
	page := &HomePage{Base: m.base("/", m.lib.Site.Title, m.lib.Site.Tagline), Tagline: m.lib.Site.Tagline}
	if home := m.lib.Home; home != nil {
		page.Base = m.from(page.Base, home.Source, home.Lang)
		page.Heading = home.Title
	}
	if c := m.lib.Featured; c != nil {
		page.Featured = page.card(c)
	}
	for _, p := range m.lib.Principles {
		page.Principles = append(page.Principles, PrincipleCard{Term: page.principleTerm(p, m.at.principle(p.ID), p.Cases), Problem: cmp.Or(p.Problem, p.Question)})
	}
	page.Recent = page.titles(first(newest, ofKind(m.lib.Newest, content.Example)))
	page.Challenges = page.titles(first(newest, ofKind(m.lib.Newest, content.Challenge)))
	var countries, disciplines []Term
	for _, c := range m.lib.Countries {
		countries = append(countries, page.countryTerm(c))
		if c.Parent == nil {
			page.Totals.Countries++
		}
	}
	for _, d := range m.lib.Disciplines {
		if len(d.Cases) > 0 {
			disciplines = append(disciplines, page.disciplineTerm(d))
		}
	}
	for _, t := range append(most(1, slices.Clone(countries)), most(1, slices.Clone(disciplines))...) {
		page.Searches = append(page.Searches, t.Label)
	}
	page.Countries, page.Disciplines = most(maxWays, countries), most(maxWays, disciplines)
	all := page.term("", "", m.lib.Cases)
	page.Totals.Examples, page.Totals.Challenges, page.Totals.Programmes = all.Examples, all.Challenges, all.Programmes
	return page
}

// titles returns cards with only what a list of titles shows, so that the home
// page is not rendered again when something else of a case changes.
func (b *Base) titles(cases []*library.CaseStudy) []*Card {
	var cards []*Card
	for _, c := range cases {
		cards = append(cards, &Card{Link: b.caseLink(c), Kind: c.Kind, Countries: c.Shown.Countries, Lang: b.otherLang(c)})
	}
	return cards
}

// most returns the n terms with the most case studies, in their order. Among
// terms with equal numbers it keeps the first ones.
func most(n int, terms []Term) []Term {
	if len(terms) <= n {
		return terms
	}
	counts := make([]int, len(terms))
	for i, t := range terms {
		counts[i] = t.All()
	}
	slices.SortFunc(counts, func(a, b int) int { return cmp.Compare(b, a) })
	least, spare := counts[n-1], 0
	for _, c := range counts[:n] {
		spare += btoi(c == least)
	}
	return slices.DeleteFunc(terms, func(t Term) bool {
		if t.All() == least {
			spare--
			return spare < 0
		}
		return t.All() < least
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
