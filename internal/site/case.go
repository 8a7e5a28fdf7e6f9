// The pages of case studies, and of withdrawn ones.

package site

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"casebook/internal/content"
	"casebook/internal/library"
)

func caseKinds() []kind {
	return []kind{
		{&CasePage{}, (*maker).casePages},
		{&WithdrawnPage{}, (*maker).withdrawnPages},
	}
}

// CasePage is "/cases/<id>/", for examples, challenges and programmes.
type CasePage struct {
	Base
	Text
	Case        *content.CaseFields
	Principles  []PrincipleTag
	Countries   []Link
	Picture     *Picture // nil without one
	Locator     Locator
	Disciplines []Link
	Partners    []PartnerRow
	Partnership *Link
	Programme   *Link
	Years       []Link // when the work took place, by year
	Period      Period // zero when not stated
	DescribedIn string // the year of the newest source
	LedBy       []Phase
	Gains       []Gain // one for each country involved, or each partner, except those in NotReported
	NotReported []Link // those about whose gains nothing is reported, if there are many
	PartnerGain bool   // some of the gains are those of partners
	Indicators  []IndicatorRow
	Plots       []Plot // of indicators with values over time
	Quotes      []QuoteBlock
	AgreedBy    []Link
	NotAgreed   []Link // partners that have not agreed yet; only when some have
	Sources     []Reference
	Resources   []ResourceCard
	Related     []RelatedCard
	Cases       []*Card // of a programme: the cases that belong to it, or the newest if there are many
	AllCases    *More   // of a programme with more cases than Cases holds
	Neighbours  []Neighbour
	Compare     string // address of the page that compares it with others; empty for a programme
	Licence     Licence
	Citation    Citation
	Overdue     bool // past its review_by date
}

// WithBody implements [Texted].
func (p *CasePage) WithBody(b *Body) Page { c := *p; c.Body = b; return &c }

// WithdrawnPage is the page at the address of a withdrawn case study.
type WithdrawnPage struct {
	Base
	Withdrawal content.Withdrawal
}

func (m *maker) casePages() {
	order := sync.OnceValue(m.neighbourOrder)
	for _, c := range m.lib.Cases {
		m.addFrom(m.at.caseStudy(c.ID), c.File, func() Page { return m.casePage(c, order().around(c)) })
	}
}

func (m *maker) casePage(c *library.CaseStudy, neighbours []place) *CasePage {
	b := m.from(m.base(m.at.caseStudy(c.ID), c.Title, c.Summary, m.listOf(c.Kind)), c.Source, c.Lang)
	b.SocialCard = m.caseCard(b, c)
	page := &CasePage{
		Base:        b,
		Text:        textOf(c.Source, c.Summary),
		Case:        &c.CaseFields,
		Picture:     b.picture(c),
		Principles:  b.principleTags(c),
		Period:      worked(c),
		LedBy:       b.phases(c),
		Indicators:  m.indicators(c),
		Quotes:      m.quotes(c),
		Sources:     m.references(c.Sources),
		Related:     b.related(c, m.lib.Related(c)),
		Neighbours:  b.neighbours(neighbours),
		Licence:     licenceOf(m.lib, c.CaseStudy),
		Overdue:     c.Overdue,
		Partnership: b.optionalOrganisation(c.Partnership),
	}
	page.Locator = newLocators().of(&b, c.Countries)
	page.Gains, page.NotReported = b.gains(c)
	page.PartnerGain = slices.ContainsFunc(c.Benefits, func(benefit library.Benefit) bool { return benefit.Organisation != nil })
	page.Plots = plots(page.Indicators)
	if c.Kind != content.Programme {
		page.Compare = b.to(comparePath) + "?" + b.at.words.CaseStudy.One + "=" + c.ID
	}
	page.Citation = m.citation(b, c)
	if c.DescribedIn != 0 {
		page.DescribedIn = strconv.Itoa(c.DescribedIn)
	}
	if page.Cases = b.cards(c.Members); m.isLong(c.Members) {
		page.Cases = page.Cases[:firstFew]
		page.AllCases = &More{Href: b.to(programmePath(c.ID)), Count: len(c.Members)}
	}
	if c.Programme != nil {
		link := b.caseLink(c.Programme)
		page.Programme = &link
	}
	for _, y := range c.Years {
		page.Years = append(page.Years, Link{Label: strconv.Itoa(y), Href: b.to(yearPath(y))})
	}
	for _, country := range c.Countries {
		page.Countries = append(page.Countries, b.countryLink(country))
	}
	for _, d := range c.Disciplines {
		page.Disciplines = append(page.Disciplines, Link{Label: d.Label, Href: b.to(m.at.discipline(d.ID))})
	}
	for _, p := range c.Partners {
		row := PartnerRow{Link: b.organisationLink(p.Organisation), Role: p.Role}
		if p.Organisation.Country != nil {
			row.Country = p.Organisation.Country.Name
		}
		page.Partners = append(page.Partners, row)
		if len(c.AgreedBy) > 0 && !slices.Contains(c.AgreedBy, p.Organisation) {
			page.NotAgreed = append(page.NotAgreed, row.Link)
		}
	}
	for _, o := range c.AgreedBy {
		page.AgreedBy = append(page.AgreedBy, b.organisationLink(o))
	}
	for _, r := range c.Resources {
		page.Resources = append(page.Resources, b.resourceCard(r, ""))
	}
	return page
}

// Licence returns the licence of a case study: its own, or that of the site.
func (s *Site) Licence(c *content.CaseStudy) Licence { return licenceOf(s.library, c) }

func licenceOf(lib *library.Library, c *content.CaseStudy) Licence {
	return licence(cmp.Or(c.Licence, lib.Site.Licence))
}

// listOf returns the list that a kind of case study belongs to, as a
// breadcrumb.
func (m *maker) listOf(kind content.Kind) Link {
	switch kind {
	case content.Challenge:
		return Link{Key: "challenges.title", Href: "/challenges/"}
	case content.Programme:
		return Link{Key: "programmes.title", Href: "/programmes/"}
	default:
		return m.casesCrumb()
	}
}

func (m *maker) withdrawnPages() {
	for _, c := range m.lib.Withdrawn {
		m.addFrom(m.at.caseStudy(c.ID), c.File, func() Page {
			b := m.base(m.at.caseStudy(c.ID), c.Title, "", m.casesCrumb())
			b.source = c.File
			return &WithdrawnPage{b, *c.Withdrawn}
		})
	}
}
