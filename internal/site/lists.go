// Lists of case studies, and how they are divided into pages.

package site

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"casebook/internal/content"
	"casebook/internal/library"
)

func listKinds() []kind {
	return []kind{
		{&CasesPage{}, (*maker).caseList},
		{&ChallengesPage{}, (*maker).challengeList},
		{&IndexPage{}, (*maker).index},
	}
}

// CasesPage is "/cases/": examples and challenges, newest first.
type CasesPage struct {
	Base
	List
}

// ChallengesPage is "/challenges/".
type ChallengesPage struct {
	Base
	Principles []Term // those with challenges; each leads to the principle
	List
}

func (m *maker) casesCrumb() Link { return Link{Key: "cases.title", Href: m.at.cases()} }

func (m *maker) caseList() {
	all := ofKind(m.lib.Newest, content.Example, content.Challenge)
	b := m.base(m.at.cases(), "", "")
	m.offerAll(&b)
	m.paginate(b, all, func(b Base, list List) Page { return &CasesPage{b, list} },
		Filter{"kind", string(content.Example)}, Filter{"kind", string(content.Challenge)})
}

func (m *maker) challengeList() {
	challenges := ofKind(m.lib.Newest, content.Challenge)
	first := m.base("/challenges/", "", "")
	principles := sync.OnceValue(func() (terms []Term) {
		for _, p := range m.lib.Principles {
			if hard := ofKind(p.Cases, content.Challenge); len(hard) > 0 {
				terms = append(terms, first.principleTerm(p, m.at.principle(p.ID), hard))
			}
		}
		return terms
	})
	m.paginate(first, challenges, func(b Base, list List) Page {
		return &ChallengesPage{b, b.moved(first, principles()), list}
	}, Filter{"kind", string(content.Challenge)})
}

const firstFew = 5 // how many cases are shown of a list that has a page of its own

// paginate makes the pages of a list of case studies: the first at path, the
// others at path/page/N/. Readers can download the list, unless the page offers
// another one already. The filters, if any, select the same case studies on the
// search page.
func (m *maker) paginate(b Base, cases []*library.CaseStudy, page func(Base, List) Page, filters ...Filter) {
	m.offer(&b, cases, "")
	size := m.lib.Site.PageSize
	for number, part := range parts(cases, size) {
		m.addFrom(numbered(b.Path, number), b.source, func() Page {
			base := m.part(b, number)
			return page(base, List{base.cards(part), base.pager(b.Path, number, pageCount(len(cases), size), len(cases)), base.within(len(cases), filters)})
		})
	}
}

// within returns a search among the cases of a list that is too long to read at
// a glance.
func (b *Base) within(total int, filters []Filter) Within {
	if total <= firstFew || len(filters) == 0 {
		return Within{}
	}
	named := make([]Filter, len(filters))
	for i, f := range filters {
		named[i] = Filter{b.at.filter(f.Group), f.Value}
	}
	return Within{b.to("/search/"), named}
}

// isLong reports whether a list is so long that it has pages of its own, and
// only its first few cases are shown beside other things.
func (m *maker) isLong(cases []*library.CaseStudy) bool {
	return len(cases) > max(firstFew, m.lib.Site.PageSize)
}

// parts divides a list into pages, numbered from 1. An empty list has one page.
func parts[T any](all []T, size int) func(yield func(int, []T) bool) {
	return func(yield func(int, []T) bool) {
		for number := 1; ; number++ {
			n := min(size, len(all))
			if !yield(number, all[:n]) {
				return
			}
			if all = all[n:]; len(all) == 0 {
				return
			}
		}
	}
}

func pageCount(total, size int) int { return max(1, (total+size-1)/size) }

// part returns the base of a numbered page of a list whose first page has the
// base b.
func (m *maker) part(b Base, number int) Base {
	if number == 1 {
		return b
	}
	crumbs := make([]Link, 0, len(b.Breadcrumbs))
	for _, c := range b.Breadcrumbs[1:] {
		crumbs = append(crumbs, Link{c.Label, c.Key, "/" + strings.TrimPrefix(c.Href, b.Root)})
	}
	p := m.base(numbered(b.Path, number), b.Title, b.Description, crumbs...)
	p.source, p.Lang, p.Edit, p.Take = b.source, b.Lang, b.Edit, p.take(m.lists[b.Path])
	return p
}

func numbered(path string, number int) string {
	if number == 1 {
		return path
	}
	return path + "page/" + strconv.Itoa(number) + "/"
}

// near is how many page links are shown on each side of the current one.
const near = 2

func (b *Base) pager(path string, number, pages, total int) Pager {
	p := Pager{Number: number, Pages: pages, Total: total}
	if number > 1 {
		p.Previous = b.to(numbered(path, number-1))
	}
	if number < pages {
		p.Next = b.to(numbered(path, number+1))
	}
	last := 0
	for n := 1; n <= pages; n++ {
		if n > 1 && n < pages && (n < number-near || n > number+near) {
			continue
		}
		p.Links = append(p.Links, PageLink{n, b.to(numbered(path, n)), n == number, n > last+1})
		last = n
	}
	return p
}

// period returns the years of the work or, if none are stated, the year in
// which it was described.
func period(c *library.CaseStudy) Period {
	if p := worked(c); p != (Period{}) || c.DescribedIn == 0 {
		return p
	}
	return Period{c.DescribedIn, c.DescribedIn, true}
}

// worked returns the years of the work.
func worked(c *library.CaseStudy) Period {
	return Period{From: c.Start.Year, To: c.End.Year}
}

// otherLang returns the language of a case study if it differs from that of the
// site.
func (b *Base) otherLang(c *library.CaseStudy) string {
	if c.Lang == b.Site.Lang {
		return ""
	}
	return c.Lang
}

func (b *Base) caseLink(c *library.CaseStudy) Link {
	return Link{Label: c.Title, Href: b.to(b.at.caseStudy(c.ID))}
}

func (b *Base) countryLink(c *library.Country) Link {
	if len(c.Cases) == 0 { // named, but no work took place there, so it has no page
		return Link{Label: c.Name}
	}
	return Link{Label: c.Name, Href: b.to(countryPath(c))}
}

// moved returns the terms of another page with addresses for this one. The parts of
// a list show the same terms, and counting the cases of a term for each part would
// take time with the square of their number.
func (b *Base) moved(from Base, terms []Term) []Term {
	moved := slices.Clone(terms)
	for i, t := range moved {
		moved[i].Href = b.to(strings.TrimPrefix(t.Href, from.Root))
	}
	return moved
}

// term returns an entry of a taxonomy with the number of its cases.
func (b *Base) term(label, path string, cases []*library.CaseStudy) Term {
	t := Term{Link: Link{Label: label, Href: b.to(path)}}
	for _, c := range cases {
		switch c.Kind {
		case content.Example:
			t.Examples++
		case content.Challenge:
			t.Challenges++
		case content.Programme:
			t.Programmes++
		}
	}
	return t
}
