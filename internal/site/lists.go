package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/library"
)

const (
	firstFew    = 5 // cases shown of a list that has a page of its own
	newest      = 4 // cases shown on the home page
	indexFactor = 4 // titles on one page of the index, in pages of cases
)

// paginate makes the pages of a list of case studies: the first at path, the
// others at path/page/N/. Besides its part of the list, a page may tell of other
// case studies, such as by their number.
func (m *maker) paginate(b Base, cases []*library.CaseStudy, page func(Base, List) Page, others ...[]*library.CaseStudy) {
	size := m.lib.Site.PageSize
	also := m.key()
	for _, list := range others {
		also.studies(list)
	}
	told := m.hash(also)
	for number, part := range parts(cases, size) {
		k := m.key().of("length").number(len(cases)).of("part").studies(part).of("others").add(told[:]...)
		m.keep(numbered(b.Path, number), k, func() Page {
			base := m.part(b, number)
			return page(base, List{base.cards(part), base.pager(b.Path, number, pageCount(len(cases), size), len(cases))})
		})
	}
}

// isLong tells a list that has pages of its own, so that the first few are
// enough where it is shown beside other things.
func (m *maker) isLong(cases []*library.CaseStudy) bool {
	return len(cases) > max(firstFew, m.lib.Site.PageSize)
}

// parts cuts a list into pages, numbered from 1; an empty list has one.
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

// part is the base of the numbered page of a list whose first page has the base b.
func (m *maker) part(b Base, number int) Base {
	if number == 1 {
		return b
	}
	crumbs := make([]Link, 0, len(b.Breadcrumbs))
	for _, c := range b.Breadcrumbs[1:] {
		crumbs = append(crumbs, Link{c.Label, c.Key, "/" + strings.TrimPrefix(c.Href, b.Root)})
	}
	p := m.base(numbered(b.Path, number), b.Title, b.Description, crumbs...)
	p.source, p.Lang, p.Edit = b.source, b.Lang, b.Edit
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

func (b *Base) cards(cases []*library.CaseStudy) []Card {
	cards := make([]Card, len(cases))
	for i, c := range cases {
		cards[i] = b.card(c)
	}
	return cards
}

func (b *Base) card(c *library.CaseStudy) Card {
	return Card{
		Link: b.caseLink(c), Summary: c.Summary, Kind: c.Kind, Draft: c.Draft, Lang: b.otherLang(c),
		Principles: c.Shown.Principles, Countries: c.Shown.Countries, Disciplines: c.Shown.Disciplines, When: period(c),
	}
}

// period is the years of the work, else the year it was described in.
func period(c *library.CaseStudy) Period {
	if p := worked(c); p != (Period{}) || c.DescribedIn == 0 {
		return p
	}
	return Period{c.DescribedIn, c.DescribedIn, true}
}

// worked is the years of the work.
func worked(c *library.CaseStudy) Period {
	return Period{From: c.Start.Year, To: c.End.Year}
}

// otherLang is the language of a case study that is not in that of the site.
func (b *Base) otherLang(c *library.CaseStudy) string {
	if c.Lang == b.Site.Lang {
		return ""
	}
	return c.Lang
}

func (b *Base) caseLink(c *library.CaseStudy) Link {
	return Link{Label: c.Title, Href: b.to(casePath(c.ID))}
}

func (b *Base) countryLink(c *library.Country) Link {
	if len(c.Cases) == 0 { // named, but no work took place there: no page
		return Link{Label: c.Name}
	}
	return Link{Label: c.Name, Href: b.to(countryPath(c))}
}

func (b *Base) organisationLink(o *library.Organisation) Link {
	return Link{Label: o.Name, Href: b.to(organisationPath(o.ID))}
}

// term is an entry of a taxonomy with its cases counted.
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

// principleTerm counts some cases of a principle.
func (b *Base) principleTerm(p *library.Principle, path string, cases []*library.CaseStudy) Term {
	t := b.term(p.Title, path, cases)
	t.Number = p.Number
	return t
}

func ofKind(cases []*library.CaseStudy, kinds ...content.Kind) []*library.CaseStudy {
	var some []*library.CaseStudy
	for _, c := range cases {
		if slices.Contains(kinds, c.Kind) {
			some = append(some, c)
		}
	}
	return some
}

// most are the n terms with the most case studies, in the order they had.
func most(n int, terms []Term) []Term {
	if len(terms) <= n {
		return terms
	}
	counts := make([]int, len(terms))
	for i, t := range terms {
		counts[i] = t.All()
	}
	slices.SortFunc(counts, func(a, b int) int { return cmp.Compare(b, a) })
	least, spare := counts[n-1], 0 // of those with the least, the first by name
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

func first[T any](n int, all []T) []T { return all[:min(n, len(all))] }

// byNewest orders as lists do.
func byNewest(cases []*library.CaseStudy) []*library.CaseStudy {
	sorted := slices.Clone(cases)
	slices.SortFunc(sorted, library.CompareNewest)
	return sorted
}

// caseLists makes the lists of all cases.
func (m *maker) caseLists() {
	all := ofKind(m.lib.Newest, content.Example, content.Challenge)
	m.paginate(m.base("/cases/", "", ""), all, func(b Base, list List) Page { return &CasesPage{b, list} })

	challenges := ofKind(m.lib.Newest, content.Challenge)
	m.paginate(m.base("/challenges/", "", ""), challenges, func(b Base, list List) Page {
		page := &ChallengesPage{Base: b, List: list}
		for _, p := range m.lib.Principles {
			if hard := ofKind(p.Cases, content.Challenge); len(hard) > 0 {
				page.Principles = append(page.Principles, b.principleTerm(p, principlePath(p.ID), hard))
			}
		}
		return page
	}, challenges)

	programmes := &ProgrammesPage{Base: m.base("/programmes/", "", "")}
	for _, c := range m.orders.titles {
		if c.Kind == content.Programme {
			t := programmes.term("", "", c.Members)
			programmes.Programmes = append(programmes.Programmes, ProgrammeCard{programmes.card(c.CaseStudy), t.Examples, t.Challenges, t.Programmes})
		}
	}
	m.add(programmes)
	for _, c := range m.orders.titles {
		if m.isLong(c.Members) {
			b := m.base(programmePath(c.ID), "", "", Link{Key: "programmes.title", Href: "/programmes/"}, Link{Label: c.Title, Href: casePath(c.ID)})
			m.paginate(b, c.Members, func(b Base, part List) Page {
				return &ProgrammeCasesPage{b, b.caseLink(c.CaseStudy), part}
			}, []*library.CaseStudy{c.CaseStudy})
		}
	}
	m.index()
}

// titled is a case study with the key that it sorts by.
type titled struct {
	key string
	*library.CaseStudy
}

func byTitle(cases []*library.CaseStudy) []titled {
	keyed := make([]titled, len(cases))
	for i, c := range cases {
		keyed[i] = titled{library.SortKey(c.Title), c}
	}
	slices.SortFunc(keyed, func(a, b titled) int { return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.ID, b.ID)) })
	return keyed
}

// index makes the list of all titles, from A to Z.
func (m *maker) index() {
	const path = "/cases/a-z/"
	titles := m.orders.titles
	size := m.titlesOnPage()
	page := map[string]int{} // on which each letter starts
	var letters []string
	for i, c := range titles {
		if letter := c.initial(); page[letter] == 0 {
			page[letter] = i/size + 1
			letters = append(letters, letter)
		}
	}
	starts := m.key()
	for _, letter := range letters {
		starts.text(letter).number(page[letter])
	}
	told := m.hash(starts)
	for number, part := range parts(titles, size) {
		k := m.key().of("length").number(len(titles)).of("letters").add(told[:]...).of("part")
		for _, c := range part {
			k.study(c.CaseStudy)
		}
		m.keep(numbered(path, number), k, func() Page {
			base := m.part(m.base(path, "", "", Link{Key: "cases.title", Href: "/cases/"}), number)
			p := &IndexPage{Base: base, Pager: base.pager(path, number, pageCount(len(titles), size), len(titles))}
			for _, letter := range letters {
				p.Letters = append(p.Letters, LetterLink{letter, base.to(numbered(path, page[letter])) + "#" + letterID(letter)})
			}
			for _, c := range part {
				letter := c.initial()
				if n := len(p.Groups); n == 0 || p.Groups[n-1].Letter != letter {
					p.Groups = append(p.Groups, LetterGroup{Letter: letter, ID: letterID(letter)})
				}
				group := &p.Groups[len(p.Groups)-1]
				group.Cases = append(group.Cases, Card{Link: base.caseLink(c.CaseStudy), Kind: c.Kind, Lang: base.otherLang(c.CaseStudy)})
			}
			return p
		})
	}
}

// initial is the letter that a title is listed under; "0–9" for a digit or sign.
func (c titled) initial() string {
	if r, _ := utf8.DecodeRuneInString(c.key); unicode.IsLetter(r) {
		return string(unicode.ToUpper(r))
	}
	return "0–9"
}

// letterID is the anchor of a letter's group.
func letterID(letter string) string {
	if letter == "0–9" {
		return "letter-0"
	}
	return "letter-" + strings.ToLower(letter)
}
