package content

// Rules for several fields together, and values with their own decoding.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// CheckYAML checks the rules for several fields of a case study.
func (c *CaseStudy) CheckYAML(m *frontmatter.Mapping) {
	dates := map[string]Date{"start": c.Start, "end": c.End, "published": c.Published, "updated": c.Updated}
	for _, order := range caseOrders {
		checkOrder(m, order.Early, dates[order.Early], order.Late, dates[order.Late])
	}
	// A withdrawn case study needs only its title and the reason.
	if c.Withdrawn != nil {
		return
	}

	caseTags.check(m, string(c.Kind), m.Position())
	caseSource.check(m, "", m.Position())
	// A challenge often names no partnership, and therefore no country. A programme
	// often covers all disciplines.
	missing := func(code, message, hint string) {
		m.Report(m.Position(), problem.Advice, code, message, hint)
	}
	named := m.Given("partners") || m.Given("partnership")
	if !m.Given("countries") && (c.Kind != Challenge || named) {
		missing("missing-countries", "no country is given", "add countries: [name] if the place of the work is known")
	}
	if !m.Given("disciplines") && (c.Kind == Example || c.Kind == Challenge && named) {
		missing("missing-disciplines", "no discipline is given", "add disciplines: [name] if the work belongs to one")
	}
	if !named && c.Kind != Challenge {
		missing("missing-partners", "no partner is given", "add partners: [name] if they may be named")
	}
}

// checkOrder reports two dates of a mapping that are in the wrong order.
func checkOrder(m *frontmatter.Mapping, early string, first Date, late string, last Date) {
	if !first.IsZero() && !last.IsZero() && first.After(last) {
		m.Report(m.PositionOf(late), problem.Error, "date-order", fmt.Sprintf("%s (%s) is before %s (%s)", late, last, early, first), "correct one of the two")
	}
}

// CheckYAML reports an e-mail address in the name of an author, and what is no part of
// a name.
func (a *Author) CheckYAML(m *frontmatter.Mapping) {
	checkNoEmail(m, "name", a.Name)
	for _, slip := range authorSlips {
		if found := slip.pattern.FindStringSubmatch(a.Name); found != nil {
			m.Report(m.PositionOf("name"), problem.Warning, "author-name", slip.message, slip.hint(found))
			return
		}
	}
}

// authorSlips are what people write with the names of authors, or instead of them, as
// it stands in papers and programs. The first group of a pattern is the name.
var authorSlips = []struct {
	pattern *regexp.Regexp
	message string
	hint    func(found []string) string
}{
	{
		regexp.MustCompile(`(?i)^(.*?)[,;&+ ]*(?:\bet\.? al\b\.?|\b(?:and|&) (?:the )?(?:team|others|colleagues|co-?workers))$`),
		"citations name every author", func([]string) string { return "write all the names, or the name of the group" },
	},
	{regexp.MustCompile(`(?i)^(?:(?:written|prepared|compiled|edited) )?by:? (.+)$`), "only the name stands here", writeName},
	{regexp.MustCompile(`^(.*\pL\.?),? ?[0-9¹²³⁴⁵⁶⁷⁸⁹⁰,*†‡§]*[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]$`), "a mark of a footnote is no part of a name", writeName},
	{regexp.MustCompile(`(?i)^(?:orcid(?: id)?:? *|https?://(?:www\.)?orcid\.org/)([0-9]{4}-[0-9X-]+)$`), "this is an ORCID iD, not a name", func(found []string) string { return "write {name: …, orcid: " + found[1] + "}" }},
	{regexp.MustCompile(`(?i)^(?:https?://|www\.)(.*)$`), "an address is no name", func([]string) string { return "write the name of the person or body" }},
	{regexp.MustCompile(`^(\S+ \S.*?) ?[/+|] ?(\S+ \S.*)$`), "these seem to be two names", func(found []string) string {
		return "write each as an item of the list: " + found[1] + ", and " + found[2]
	}},
}

func writeName(found []string) string { return "write " + frontmatter.Scalar(found[1]) }

// CheckYAML reports an e-mail address in the credit of a picture.
func (p *Picture) CheckYAML(m *frontmatter.Mapping) { checkNoEmail(m, "credit", p.Credit) }

var emailAddress = regexp.MustCompile(`[(<\[]?(?:mailto:)?[^\s(<\[]+@[^\s@]+\.\p{L}{2,}[)>\]]?`)

// personFields are the fields of a case study in which an e-mail address is a mistake,
// with the field that they are in.
var personFields = []string{"authors", "authors.name", "picture.credit", "quotes.speaker"}

// checkNoEmail reports an e-mail address in the name of a person, which would be
// published without need.
func checkNoEmail(m *frontmatter.Mapping, key, name string) {
	address := emailAddress.FindString(name)
	if address == "" {
		return
	}
	hint := "write the name of the person or body"
	if rest := strings.Trim(strings.Replace(name, address, "", 1), " ,;:-–"); rest != "" {
		hint = "write " + frontmatter.Scalar(rest)
	}
	m.Report(m.PositionOf(key), problem.Error, "email-address", fmt.Sprintf("%q is an e-mail address, which would be published", strings.Trim(address, "()<>[]")),
		hint+"; readers write to contact: of site.yaml")
}

// CheckYAML reports published words without a source.
func (q *Quote) CheckYAML(m *frontmatter.Mapping) {
	checkNoEmail(m, "speaker", q.Speaker)
	quoteSource.check(m, string(q.Consent), m.PositionOf("consent"))
}

// CheckYAML reports an address without a title.
func (c *Citation) CheckYAML(m *frontmatter.Mapping) {
	if address := c.Ref.Text; isWebAddress(address) {
		m.Report(c.Ref.Position, problem.Error, "wrong-type", "an address alone is not a source: readers want to see a title", fmt.Sprintf(`write {title: …, url: "%s", accessed: …}`, address))
		c.Ref = Ref{}
	} else if link := markdownLink.FindStringSubmatch(address); link != nil {
		m.Report(c.Ref.Position, problem.Error, "wrong-type", "a source is not a link of Markdown", fmt.Sprintf(`write {title: %s, url: "%s"}`, frontmatter.Scalar(link[1]), link[2]))
		c.Ref = Ref{}
	}
}

var markdownLink = regexp.MustCompile(`^\[(.+)\]\((https?://[^\s"]+)\)$`)

func isWebAddress(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "www.")
}

// CheckYAML reports hallmarks with the same id, and keeps the first of them.
func (p *Principle) CheckYAML(m *frontmatter.Mapping) {
	first := map[string]Position{}
	p.Hallmarks = slices.DeleteFunc(p.Hallmarks, func(h Hallmark) bool { return h.ID != "" && !checkUnique(m.Report, first, h.ID, h.At) })
}

// CheckYAML records the position of the hallmark.
func (h *Hallmark) CheckYAML(m *frontmatter.Mapping) { h.At = m.Position() }

// reporter is the type of [frontmatter.File.Report].
type reporter func(at Position, severity problem.Severity, code, message, hint string)

// checkUnique adds an id to first, which holds the position where each id was first
// given. It returns false for an empty id, and for an id that is already in first,
// which it reports.
func checkUnique(report reporter, first map[string]Position, id string, at Position) bool {
	if id == "" {
		return false
	}
	if earlier, found := first[id]; found {
		report(at, problem.Error, "duplicate-id", fmt.Sprintf("the id %q was given in line %d already", id, earlier.Line), "give one of the two another id, or delete it")
		return false
	}
	first[id] = at
	return true
}

// YAMLType implements [frontmatter.Custom].
func (*Quantity) YAMLType() frontmatter.Type { return frontmatter.Text }

// DecodeYAML reads the text of a quantity, as written.
func (q *Quantity) DecodeYAML(n frontmatter.Node) bool {
	text, ok := n.Prose()
	*q = Quantity(text)
	return ok
}

// NotReported is the text of a benefit that the account does not report.
const NotReported = "not reported"

// TextsByWho is the type of a field with texts by country or organisation.
const TextsByWho frontmatter.Type = "texts by country or organisation"

// YAMLType implements [frontmatter.Custom].
func (*Benefits) YAMLType() frontmatter.Type { return TextsByWho }

// DecodeYAML reads what each country or organisation gained: a text, a list of
// texts, or "not reported".
func (b *Benefits) DecodeYAML(n frontmatter.Node) bool {
	return n.EachPair(func(who Ref, value frontmatter.Node) bool {
		*b = append(*b, Benefit{Who: who}) // also one with a mistake, so that it does not count as missing
		if value.IsEmpty() {
			value.Fail("empty-value", "the benefit for "+frontmatter.Shorten(who.Text)+" is empty", `write what was gained, or "not reported"`)
			return false
		}
		if text := value.Raw(); frontmatter.IsUnstated(text) && !strings.EqualFold(text, NotReported) {
			value.FailWith(frontmatter.Mistake{Code: "unknown-value", Message: fmt.Sprintf("%q would be shown as what was gained", text), Hint: "write " + NotReported, Instead: NotReported})
			return false
		}
		texts, ok := value.Texts()
		if len(texts) == 1 && strings.EqualFold(texts[0], NotReported) {
			texts = nil
		} else if len(texts) == 1 && frontmatter.Nearest(texts[0], []string{NotReported}) != "" {
			value.FailWith(frontmatter.Mistake{
				Code: "unknown-value", Message: fmt.Sprintf("%q is nearly %q, which is what the page says when an account tells none", texts[0], NotReported),
				Hint: "did you mean " + NotReported + "?", Instead: NotReported,
			})
			return false
		}
		(*b)[len(*b)-1].Texts = texts
		return ok
	})
}

// YAMLType implements [frontmatter.Custom].
func (*CountryNames) YAMLType() frontmatter.Type { return "text by country" }

// DecodeYAML reads names by country. It ignores empty names.
func (c *CountryNames) DecodeYAML(n frontmatter.Node) bool {
	return n.EachPair(func(country Ref, value frontmatter.Node) bool {
		if value.IsEmpty() {
			return true
		}
		text, ok := value.Prose()
		if ok {
			*c = append(*c, CountryName{country, Ref{Text: text, Position: value.Position()}})
		}
		return ok
	})
}
