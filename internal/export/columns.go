// The columns of the data files: the facts of a case study.

package export

import (
	"cmp"
	"maps"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
)

// column is one fact of a case study in the data files: a member of its JSON
// object, a column of the CSV file, and a row of the codebook.
type column struct {
	name string
	kind kind
	help string // one sentence for the codebook; empty for a field of the content model, which has its own
	of   func(*exporter, *library.CaseStudy) any
}

// kind is the type of a column, by its Frictionless name
// (https://datapackage.org/standard/table-schema/#field-types).
type kind string

const (
	text     kind = "string"
	date     kind = "date"   // ISO 8601, as precise as is known: 2016, 2016-11 or 2016-11-24
	address  kind = "uri"    // a string with the format "uri"
	textList kind = "list"   // of texts
	records  kind = "array"  // of objects
	object   kind = "object" // from names to values
)

// columns are the facts of a case study, in the order of the data files. A fact
// that is not stated is an empty value.
var columns = [...]column{
	{"id", text, "Identifier of the case study, unique in the library and permanent.", func(_ *exporter, c *library.CaseStudy) any { return c.ID }},
	{"url", address, "Address of the page of the case study.", func(e *exporter, c *library.CaseStudy) any { return e.absolute(e.in.Site.CasePath(c)) }},
	{"kind", text, "", func(_ *exporter, c *library.CaseStudy) any { return string(c.Kind) }},
	{"title", text, "", func(_ *exporter, c *library.CaseStudy) any { return c.Title }},
	{"summary", text, "", func(_ *exporter, c *library.CaseStudy) any { return c.Summary }},
	{"principles", textList, "Identifiers of the principles that the case study illustrates.", func(_ *exporter, c *library.CaseStudy) any { return ids(c.Principles, principleID) }},
	{"hallmarks", textList, "Identifiers of the hallmarks that the case study illustrates.", func(_ *exporter, c *library.CaseStudy) any { return ids(c.Hallmarks, hallmarkID) }},
	{"tagged_by", text, "", func(_ *exporter, c *library.CaseStudy) any { return string(c.TaggedBy) }},
	{"countries", textList, "ISO 3166 codes of the countries where the work took place.", func(_ *exporter, c *library.CaseStudy) any { return ids(c.Countries, countryCode) }},
	{"country_names", textList, "Names of the countries where the work took place.", func(_ *exporter, c *library.CaseStudy) any { return ids(c.Countries, countryName) }},
	{"disciplines", textList, "Identifiers of the disciplines of the work.", func(_ *exporter, c *library.CaseStudy) any { return ids(c.Disciplines, disciplineID) }},
	{"partners", records, "", partnersOf},
	{"partnership", text, "", func(_ *exporter, c *library.CaseStudy) any { return organisationID(c.Partnership) }},
	{"programme", text, "", programmeOf},
	{"start", date, "", func(_ *exporter, c *library.CaseStudy) any { return c.Start.String() }},
	{"end", date, "", func(_ *exporter, c *library.CaseStudy) any { return c.End.String() }},
	{"led_by", object, "", ledByOf},
	{"benefits", records, "", benefitsOf},
	{"indicators", records, "", indicatorsOf},
	{"quotes", records, "", quotesOf},
	{"evaluation", text, "", func(_ *exporter, c *library.CaseStudy) any { return string(c.Evaluation) }},
	{"agreed_by", textList, "", func(_ *exporter, c *library.CaseStudy) any { return ids(c.AgreedBy, organisationID) }},
	{"sources", textList, "", sourcesOf},
	{"authors", textList, "", func(_ *exporter, c *library.CaseStudy) any {
		return ids(c.Authors, func(a content.Author) string { return a.Name })
	}},
	{"resources", textList, "", func(_ *exporter, c *library.CaseStudy) any {
		return ids(c.Resources, func(r *library.Resource) string { return r.ID })
	}},
	{"picture", object, "", pictureOf},
	{"adapt", object, "", adaptOf},
	{"cost", object, "", costOf},
	{"editor_note", text, "", func(_ *exporter, c *library.CaseStudy) any { return c.EditorNote }},
	{"published", date, "", func(_ *exporter, c *library.CaseStudy) any { return c.Published.String() }},
	{"updated", date, "", func(_ *exporter, c *library.CaseStudy) any { return c.Updated.String() }},
	{"reviewed", date, "", func(_ *exporter, c *library.CaseStudy) any { return c.Reviewed.String() }},
	{"review_by", date, "", func(_ *exporter, c *library.CaseStudy) any { return c.ReviewBy.String() }},
	{"licence", text, "", func(e *exporter, c *library.CaseStudy) any { return cmp.Or(c.Licence, e.in.Library.Site.Licence) }},
	{"lang", text, "", func(e *exporter, c *library.CaseStudy) any { return cmp.Or(c.Lang, e.in.Library.Site.Language, "en") }},
}

// describe returns the help of the column: its own, or that of the content
// model.
func (c column) describe() string {
	if c.help != "" {
		return c.help
	}
	for _, f := range content.SchemaOf(content.CaseClass).Fields {
		if f.Key == c.name {
			return f.Help
		}
	}
	return ""
}

// The records in columns of kind records.
type (
	partner struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Role    string `json:"role"`
		Country string `json:"country,omitempty"`
	}
	benefit struct {
		Country      string   `json:"country"` // empty if Organisation is not
		Organisation string   `json:"organisation,omitempty"`
		Texts        []string `json:"texts"`
	}
	indicator struct {
		Name   string `json:"name"`
		Value  string `json:"value"`
		Unit   string `json:"unit,omitempty"`
		AsOf   string `json:"as_of"`
		Source string `json:"source"`
	}
	quote struct {
		Text    string `json:"text"`
		Speaker string `json:"speaker,omitempty"`
		Country string `json:"country,omitempty"`
		Consent string `json:"consent"`
		Source  string `json:"source,omitempty"`
	}
)

func partnersOf(_ *exporter, c *library.CaseStudy) any {
	all := []partner{}
	for _, p := range c.Partners {
		all = append(all, partner{p.Organisation.ID, p.Organisation.Name, string(p.Role), countryCode(p.Organisation.Country)})
	}
	return all
}

func programmeOf(_ *exporter, c *library.CaseStudy) any {
	if c.Programme == nil {
		return ""
	}
	return c.Programme.ID
}

func ledByOf(_ *exporter, c *library.CaseStudy) any {
	phases := map[string]string{}
	for _, p := range c.LedBy {
		phases[p.Name] = cmp.Or(countryCode(p.Country), content.Joint)
	}
	return phases
}

func pictureOf(e *exporter, c *library.CaseStudy) any {
	if c.Picture == "" {
		return map[string]string{}
	}
	p, path := c.CaseStudy.Picture, e.in.Site.AttachmentPath(c.Picture)
	return map[string]string{"file": cmp.Or(e.absolute(path), path), "alt": p.Alt, "credit": p.Credit, "consent": string(p.Consent)}
}

func adaptOf(_ *exporter, c *library.CaseStudy) any {
	return stated(map[string]string{
		"needs": list(c.Adapt.Needs), "keep": list(c.Adapt.Keep), "change": list(c.Adapt.Change), "did_not_travel": list(c.Adapt.DidNotTravel),
	})
}

func costOf(_ *exporter, c *library.CaseStudy) any {
	return stated(map[string]string{
		"band": string(c.Cost.Band), "currency": c.Cost.Currency, "year": c.Cost.Year.String(), "paid_by": c.Cost.PaidBy, "note": c.Cost.Note,
	})
}

// stated removes what is not stated.
func stated(values map[string]string) map[string]string {
	maps.DeleteFunc(values, func(_, value string) bool { return value == "" })
	return values
}

func benefitsOf(_ *exporter, c *library.CaseStudy) any {
	all := []benefit{}
	for _, b := range c.Benefits {
		all = append(all, benefit{countryCode(b.Country), organisationID(b.Organisation), append([]string{}, b.Texts...)})
	}
	return all
}

func indicatorsOf(_ *exporter, c *library.CaseStudy) any {
	all := []indicator{}
	for _, i := range c.Indicators {
		all = append(all, indicator{i.Name, string(i.Value), i.Unit, i.AsOf.String(), sourceText(i.Source)})
	}
	return all
}

func quotesOf(_ *exporter, c *library.CaseStudy) any {
	all := []quote{}
	for i, q := range c.Quotes {
		all = append(all, quote{q.Text, q.Speaker, countryCode(c.Speakers[i]), string(q.Consent), sourceText(q.Source)})
	}
	return all
}

func sourcesOf(_ *exporter, c *library.CaseStudy) any { return ids(c.Sources, sourceText) }

// sourceText returns the id of a reference, or the title and address of a
// source that the case study itself describes.
func sourceText(s content.Citation) string {
	if s.Ref.Text != "" {
		return s.Ref.Text
	}
	return strings.TrimSpace(s.Title + " " + s.URL)
}

// ids returns one text for each element of all. For no elements it returns an
// empty list, not nil.
func ids[T any](all []T, id func(T) string) []string {
	texts := make([]string, 0, len(all))
	for _, one := range all {
		texts = append(texts, id(one))
	}
	return texts
}

func principleID(p *library.Principle) string { return p.ID }
func hallmarkID(h *library.Hallmark) string   { return h.ID }
func disciplineID(d *library.Term) string     { return d.ID }

func countryCode(c *library.Country) string {
	if c == nil {
		return ""
	}
	return c.Code
}

func countryName(c *library.Country) string { return c.Name }

func organisationID(o *library.Organisation) string {
	if o == nil {
		return ""
	}
	return o.ID
}
