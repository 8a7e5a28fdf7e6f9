// The facts of a case study that are not in its text: partners, gains,
// indicators, quotations.

package site

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/library"
)

// PartnerRow is a partner of a case study.
type PartnerRow struct {
	Link
	Role    content.Role
	Country string // where the organisation is based; empty when not known
}

// Phase says who led a phase of the work.
type Phase struct {
	Name    string // "planning", "delivery", "analysis"
	Joint   bool
	Country Link
}

// More is a link to the whole of a list that is shown in part.
type More struct {
	Href  string
	Count int // of the whole list
}

// Gain is what one country or organisation gained. Without texts, nothing is
// reported.
type Gain struct {
	Who   Link
	Texts []string
}

// IndicatorRow is one figure with its source.
type IndicatorRow struct {
	Name   string
	Value  content.Quantity
	Unit   string
	AsOf   content.Date
	Source Reference
}

// QuoteBlock is a quotation: what a person said.
type QuoteBlock struct {
	Text    string
	Speaker string
	Country string
	Consent content.Consent
	Source  *Reference
}

func (b *Base) principleTags(c *library.CaseStudy) []PrincipleTag {
	var tags []PrincipleTag
	for _, p := range c.Principles {
		tag := PrincipleTag{Link: *b.principleLink(p), Number: p.Number}
		for _, h := range c.Hallmarks {
			if h.Principle == p {
				tag.Hallmarks = append(tag.Hallmarks, Link{Label: h.Title, Href: b.to(b.at.hallmark(h))})
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

// gains returns who gained what: first those that the case study names, then
// those that it leaves out. The latter are the countries where the work took
// place or a partner is based, or the partners if only organisations are named.
// They are listed only for an example or if some benefit is reported, and only
// if more than one is involved. If several have no reported benefit, they are
// in notReported instead.
func (b *Base) gains(c *library.CaseStudy) (gains []Gain, notReported []Link) {
	told := &gainsTold{}
	for _, benefit := range c.Benefits {
		if o := benefit.Organisation; o != nil {
			gains = told.organisation(gains, b, o, benefit.Texts)
		} else {
			gains = told.country(gains, b, benefit.Country, benefit.Texts)
		}
	}
	if c.Kind != content.Example && len(gains) == 0 {
		return nil, nil
	}
	reported := len(gains)
	if len(told.organisations) > 0 && len(told.countries) == 0 {
		for _, p := range c.Partners {
			if p.Role.TakesPart() {
				gains = told.organisation(gains, b, p.Organisation, nil)
			}
		}
	} else {
		for _, country := range c.Countries {
			gains = told.country(gains, b, country, nil)
		}
		for _, p := range c.Partners {
			gains = told.country(gains, b, p.Organisation.Country, nil)
		}
	}
	if reported == 0 && len(gains) == 1 {
		return nil, nil
	}
	for _, gain := range gains {
		if gain.Texts == nil {
			notReported = append(notReported, gain.Who)
		}
	}
	if len(notReported) <= maxNotReported {
		return gains, nil
	}
	return slices.DeleteFunc(gains, func(g Gain) bool { return g.Texts == nil }), notReported
}

// gainsTold holds the countries and organisations whose gains are listed
// already.
type gainsTold struct {
	countries     []*library.Country
	organisations []*library.Organisation
}

// country adds what a country gained, unless it is listed already. A nation
// such as Scotland may have benefits of its own; otherwise the benefits of the
// whole country include it.
func (told *gainsTold) country(gains []Gain, b *Base, country *library.Country, texts []string) []Gain {
	covers := func(t *library.Country) bool { return t == country || t.Parent == country }
	if country == nil || slices.ContainsFunc(told.countries, covers) || texts == nil && slices.Contains(told.countries, country.Parent) {
		return gains
	}
	told.countries = append(told.countries, country)
	return append(gains, Gain{b.countryLink(country), texts})
}

// organisation adds what an organisation gained, unless it is listed already.
func (told *gainsTold) organisation(gains []Gain, b *Base, o *library.Organisation, texts []string) []Gain {
	if slices.Contains(told.organisations, o) {
		return gains
	}
	told.organisations = append(told.organisations, o)
	return append(gains, Gain{b.organisationLink(o), texts})
}

// maxNotReported is how many countries or organisations without a reported
// benefit are listed like the others. If there are more, the page only names
// them.
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
