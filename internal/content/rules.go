package content

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// finish checks what spans the fields of a case study.
func (c *CaseStudy) finish(d *decoder, m *mapping) {
	d.checkOrder(m, "start", c.Start, "end", c.End)
	d.checkOrder(m, "published", c.Published, "updated", c.Updated)
	// What is left of a withdrawn case study may be its title and the reason.
	if c.Withdrawn != nil {
		return
	}

	missing := func(severity problem.Severity, code, message, hint string) {
		d.report(m.at, severity, code, message, hint)
	}
	if c.Kind != Programme && m.given["hallmarks"] == nil && m.given["principles"] == nil {
		missing(problem.Error, "missing-tags", "neither hallmarks nor principles are given, so readers would not find this case study", "add hallmarks: [id], or principles: [id]")
	}
	if m.given["sources"] == nil && m.given["authors"] == nil {
		missing(problem.Error, "missing-source", "neither sources nor authors are given, so nobody stands behind this case study", "add sources: [id of references.yaml], or authors: [name]")
	}
	// A challenge often blames no named partnership, and so has no place; a
	// programme has all disciplines as often as one.
	named := m.given["partners"] != nil || m.given["partnership"] != nil
	if m.given["countries"] == nil && (c.Kind != Challenge || named) {
		missing(problem.Advice, "missing-countries", "no country is given", "add countries: [name] if the place of the work is known")
	}
	if m.given["disciplines"] == nil && (c.Kind == Example || c.Kind == Challenge && named) {
		missing(problem.Advice, "missing-disciplines", "no discipline is given", "add disciplines: [name] if the work belongs to one")
	}
	if !named && c.Kind != Challenge {
		missing(problem.Advice, "missing-partners", "no partner is given", "add partners: [name] if they may be named")
	}
}

// checkOrder reports two dates of a mapping of which the later comes first.
func (d *decoder) checkOrder(m *mapping, early string, first Date, late string, last Date) {
	if !first.IsZero() && !last.IsZero() && first.After(last) {
		d.report(m.position(d, late), problem.Error, "date-order", fmt.Sprintf("%s (%s) is before %s (%s)", late, last, early, first), "correct one of the two")
	}
}

func (p *Partner) setText(name Ref) { p.Organisation = name }

// finish reports public words of which nobody can see where they are public.
func (q *Quote) finish(d *decoder, m *mapping) {
	if q.Consent == ConsentPublished && m.given["source"] == nil {
		d.report(m.position(d, "consent"), problem.Error, "missing-field", "source is missing, but words that were published have one", "add a line source: … that says where, or write consent: given if the speaker agreed")
	}
}

// finish reports an address that stands alone, where readers want a title.
func (c *Citation) finish(d *decoder, _ *mapping) {
	if address := c.Ref.Text; isWebAddress(address) {
		d.report(c.Ref.Position, problem.Error, "wrong-type", "an address alone is no source: readers want to see what it is", fmt.Sprintf(`write {title: …, url: "%s", accessed: …}`, address))
		c.Ref = Ref{}
	}
}

func isWebAddress(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "www.")
}

func (c *Citation) setText(id Ref) { c.Ref = id }

func (a *Author) setText(name Ref) { a.Name = name.Text }

func (n *Name) setText(name Ref) { n.Literal = name.Text }

func (p *Principle) finish(d *decoder, _ *mapping) {
	first := map[string]Position{}
	for _, h := range p.Hallmarks {
		d.checkUnique(first, h.ID, h.At)
	}
}

func (h *Hallmark) finish(_ *decoder, m *mapping) { h.At = m.at }

// checkUnique reports an id that first holds already, else adds it.
func (d *decoder) checkUnique(first map[string]Position, id string, at Position) {
	if id == "" {
		return
	}
	if earlier, found := first[id]; found {
		d.report(at, problem.Error, "duplicate-id", fmt.Sprintf("the id %q was given in line %d already", id, earlier.Line), "give one of the two another id, or delete it")
		return
	}
	first[id] = at
}

// decodeYAML reads the text of a figure, as written.
func (q *Quantity) decodeYAML(d *decoder, n *yaml.Node, key string) bool {
	text, ok := d.words(n, key)
	*q = Quantity(text)
	return ok
}

// notReported is what the text of a benefit says when the account tells none.
const notReported = "not reported"

// decodeYAML reads what each country gained: a text or a list of texts by
// country, or "not reported".
func (b *Benefits) decodeYAML(d *decoder, n *yaml.Node, key string) bool {
	return d.eachPair(n, key, func(country Ref, value *yaml.Node) bool {
		if isEmpty(value) {
			d.fail(value, "empty-value", "the benefit for "+shorten(country.Text)+" is empty", `write what the country gained, or "not reported"`)
			return false
		}
		var texts []string
		ok := decodeTexts(d, value, reflect.ValueOf(&texts).Elem())
		if len(texts) == 1 && strings.EqualFold(texts[0], notReported) {
			texts = nil
		} else if len(texts) == 1 && Nearest(texts[0], []string{notReported}) != "" {
			d.fail(value, "unknown-value", fmt.Sprintf("%q is nearly %q, which is what the page says when an account tells none", texts[0], notReported), "did you mean "+notReported+"?")
			return false
		}
		*b = append(*b, Benefit{Country: country, Texts: texts})
		return ok
	})
}

// decodeYAML reads names by country. An empty name is as if it were not there.
func (c *CountryNames) decodeYAML(d *decoder, n *yaml.Node, key string) bool {
	return d.eachPair(n, key, func(country Ref, value *yaml.Node) bool {
		if isEmpty(value) {
			return true
		}
		text, ok := d.words(value, key)
		if ok {
			*c = append(*c, CountryName{country, Ref{text, d.at(value)}})
		}
		return ok
	})
}

var decodeTexts = decodeList(decodeText("benefits", nil), "benefits", hyphens)
