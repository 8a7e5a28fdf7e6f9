package site

import (
	"slices"
	"strconv"

	"casebook/internal/content"
	"casebook/internal/library"
)

// casePages makes a page for every case study, shown or withdrawn.
func (m *maker) casePages() {
	order := m.neighbourOrder()
	for _, c := range m.lib.Cases {
		neighbours := order.around(c)
		m.keep(casePath(c.ID), m.caseKey(c, neighbours), func() Page { return m.casePage(c, neighbours) })
	}
	for _, c := range m.lib.Withdrawn {
		b := m.base(casePath(c.ID), c.Title, "", Link{Key: "cases.title", Href: "/cases/"})
		b.source = c.File
		m.add(&WithdrawnPage{b, *c.Withdrawn})
	}
}

func (m *maker) casePage(c *library.CaseStudy, neighbours []place) Page {
	b := m.from(m.base(casePath(c.ID), c.Title, c.Summary, listOf(c.Kind)), c.Source, c.Lang)
	page := &CasePage{
		Base:        b,
		Case:        &c.CaseFields,
		Principles:  b.principleTags(c),
		Period:      worked(c),
		LedBy:       b.phases(c),
		Indicators:  m.indicators(c),
		Quotes:      m.quotes(c),
		Sources:     m.references(c.Sources),
		Related:     b.related(c),
		Neighbours:  b.neighbours(neighbours),
		Licence:     licence(c.Licence),
		Overdue:     c.Overdue,
		Partnership: b.optionalOrganisation(c.Partnership),
	}
	page.Gains, page.NotReported = b.gains(c)
	page.Plots = plots(page.Indicators)
	if c.Kind != content.Programme {
		page.Compare = b.to(comparePath) + "?case=" + c.ID
	}
	page.Citation = m.citation(b, c)
	if page.Licence.ID == "" {
		page.Licence = licence(m.lib.Site.Licence)
	}
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
		page.Disciplines = append(page.Disciplines, Link{Label: d.Label, Href: b.to(disciplinePath(d.ID))})
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

// listOf is the list that a kind of case study belongs to, as a breadcrumb.
func listOf(kind content.Kind) Link {
	switch kind {
	case content.Challenge:
		return Link{Key: "challenges.title", Href: "/challenges/"}
	case content.Programme:
		return Link{Key: "programmes.title", Href: "/programmes/"}
	default:
		return Link{Key: "cases.title", Href: "/cases/"}
	}
}

func (b *Base) optionalOrganisation(o *library.Organisation) *Link {
	if o == nil {
		return nil
	}
	link := b.organisationLink(o)
	return &link
}

func (b *Base) principleTags(c *library.CaseStudy) []PrincipleTag {
	var tags []PrincipleTag
	for _, p := range c.Principles {
		tag := PrincipleTag{Link: *b.principleLink(p), Number: p.Number}
		for _, h := range c.Hallmarks {
			if h.Principle == p {
				tag.Hallmarks = append(tag.Hallmarks, Link{Label: h.Title, Href: b.to(hallmarkPath(h))})
			}
		}
		tags = append(tags, tag)
	}
	return tags
}

func (b *Base) phases(c *library.CaseStudy) []Phase {
	var phases []Phase
	for _, led := range c.LedBy {
		phase := Phase{Name: led.Name, Joint: led.Country == nil}
		if led.Country != nil {
			phase.Country = b.countryLink(led.Country)
		}
		phases = append(phases, phase)
	}
	return phases
}

// gains tells what each country involved gained: those that the account names
// first, then those where the work took place or a partner is based. Only an
// example, or an account that reports some benefit, is asked for all of them.
// Where nothing is reported of many they are told apart, by name alone.
func (b *Base) gains(c *library.CaseStudy) (gains []Gain, notReported []Link) {
	var told []*library.Country
	tell := func(country *library.Country, texts []string) {
		covers := func(t *library.Country) bool { return t == country || t.Parent == country }
		// An account may tell of a nation apart, but where it says nothing of
		// one, what it says of the whole country covers it.
		if country == nil || slices.ContainsFunc(told, covers) || texts == nil && slices.Contains(told, country.Parent) {
			return
		}
		told = append(told, country)
		gains = append(gains, Gain{b.countryLink(country), texts})
	}
	for _, benefit := range c.Benefits {
		tell(benefit.Country, benefit.Texts)
	}
	if c.Kind != content.Example && len(gains) == 0 {
		return nil, nil
	}
	for _, country := range c.Countries {
		tell(country, nil)
	}
	for _, p := range c.Partners {
		tell(p.Organisation.Country, nil)
	}
	for _, gain := range gains {
		if gain.Texts == nil {
			notReported = append(notReported, gain.Country)
		}
	}
	if len(notReported) <= maxNotReported {
		return gains, nil
	}
	return slices.DeleteFunc(gains, func(g Gain) bool { return g.Texts == nil }), notReported
}

// maxNotReported bounds the countries that stand beside others with nothing
// reported of them.
const maxNotReported = 2

func (m *maker) indicators(c *library.CaseStudy) []IndicatorRow {
	var rows []IndicatorRow
	for _, i := range c.Indicators {
		rows = append(rows, IndicatorRow{i.Name, i.Value, i.Unit, i.AsOf, m.reference(i.Source)})
	}
	return rows
}

func (m *maker) quotes(c *library.CaseStudy) []QuoteBlock {
	var blocks []QuoteBlock
	for i, q := range c.Quotes {
		block := QuoteBlock{Text: q.Text, Speaker: q.Speaker, Consent: q.Consent}
		if country := c.Speakers[i]; country != nil {
			block.Country = country.Name
		}
		if q.Source.Ref.Text != "" || q.Source.Title != "" {
			source := m.reference(q.Source)
			block.Source = &source
		}
		blocks = append(blocks, block)
	}
	return blocks
}

func (b *Base) related(c *library.CaseStudy) []RelatedCard {
	var cards []RelatedCard
	for _, r := range c.Related {
		card := RelatedCard{Card: b.card(r.Study)}
		switch {
		case len(r.Reasons) > 0:
		case len(c.Authors) > 0:
			card.Reasons = []Reason{{Kind: ReasonChosen}}
		default:
			card.Reasons = []Reason{{Kind: ReasonEditors}}
		}
		for _, reason := range r.Reasons {
			card.Reasons = append(card.Reasons, Reason{ReasonKind(reason.Kind), reason.Label})
		}
		cards = append(cards, card)
	}
	return cards
}

// sequences are the cases of each principle in the order that a reader walks
// them.
type sequences map[*library.Principle]*sequence

type sequence struct {
	cases []*library.CaseStudy
	place map[*library.CaseStudy]int
}

// place is where in a principle's sequence a case study stands.
type place struct {
	principle      *library.Principle
	previous, next *library.CaseStudy // nil at the ends
}

// neighbourOrder is the order of the cases within each principle: by title.
func (m *maker) neighbourOrder() sequences {
	order := make(sequences, len(m.lib.Principles))
	for _, c := range m.orders.titles {
		if c.Kind == content.Programme {
			continue
		}
		for _, p := range c.Principles {
			if order[p] == nil {
				order[p] = &sequence{place: map[*library.CaseStudy]int{}}
			}
			order[p].place[c.CaseStudy] = len(order[p].cases)
			order[p].cases = append(order[p].cases, c.CaseStudy)
		}
	}
	return order
}

// around are the places of a case study under each of its principles that has
// others.
func (order sequences) around(c *library.CaseStudy) []place {
	if c.Kind == content.Programme {
		return nil
	}
	var places []place
	for _, p := range c.Principles {
		s := order[p]
		i := s.place[c]
		if len(s.cases) < 2 {
			continue
		}
		here := place{principle: p}
		if i > 0 {
			here.previous = s.cases[i-1]
		}
		if i+1 < len(s.cases) {
			here.next = s.cases[i+1]
		}
		places = append(places, here)
	}
	return places
}

func (b *Base) neighbours(places []place) []Neighbour {
	var neighbours []Neighbour
	for _, here := range places {
		n := Neighbour{Principle: *b.principleLink(here.principle), Number: here.principle.Number}
		if here.previous != nil {
			link := b.caseLink(here.previous)
			n.Previous = &link
		}
		if here.next != nil {
			link := b.caseLink(here.next)
			n.Next = &link
		}
		neighbours = append(neighbours, n)
	}
	return neighbours
}
