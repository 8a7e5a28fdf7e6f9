// The pages of disciplines.

package site

import (
	"cmp"
	"slices"
	"sync"

	"casebook/internal/content"
	"casebook/internal/library"
)

func disciplineKinds() []kind {
	return []kind{
		{&DisciplinesPage{}, (*maker).disciplineList},
		{&DisciplinePage{}, (*maker).disciplinePages},
		{&DisciplinePrinciplesPage{}, (*maker).disciplinePrinciplePages},
	}
}

// DisciplinesPage is "/disciplines/".
type DisciplinesPage struct {
	Base
	Disciplines []Term
}

// DisciplinePage is "/disciplines/<id>/".
type DisciplinePage struct {
	Base
	Discipline  Term
	Alternative []string
	Principles  []Term // each leads to the cases that the two share
	List
}

// DisciplinePrinciplesPage is "/disciplines/<id>/principles/".
type DisciplinePrinciplesPage struct {
	Base
	Discipline Link
	GroupList
}

func (m *maker) disciplinesCrumb() Link {
	return Link{Key: "disciplines.title", Href: m.at.disciplines()}
}

func (m *maker) disciplineList() {
	m.add(m.at.disciplines(), func() Page {
		page := &DisciplinesPage{Base: m.base(m.at.disciplines(), "", "")}
		for _, d := range m.lib.Disciplines {
			page.Disciplines = append(page.Disciplines, page.disciplineTerm(d))
		}
		return page
	})
}

func (b *Base) disciplineTerm(d *library.Term) Term {
	return b.term(d.Label, b.at.discipline(d.ID), d.Cases)
}

func (m *maker) disciplinePages() {
	for _, d := range m.lib.Disciplines {
		first := m.base(m.at.discipline(d.ID), d.Label, "", m.disciplinesCrumb())
		m.offer(&first, d.Cases, m.at.words.Discipline.One+"/"+d.ID)
		own := sync.OnceValue(func() []Term { return []Term{first.disciplineTerm(d)} })
		principles := sync.OnceValue(func() []Term { return m.principlesOf(d, first) })
		m.paginate(first, d.Cases, func(b Base, list List) Page {
			return &DisciplinePage{b, b.moved(first, own())[0], d.Alternative, b.moved(first, principles()), list}
		}, Filter{"discipline", d.ID})
	}
}

// principlesOf returns the principles that share cases with a discipline, for the
// first page of its list.
func (m *maker) principlesOf(d *library.Term, first Base) (principles []Term) {
	lists := starts(m.at.disciplinePrinciples(d.ID), m.disciplineGroups(d), m.titlesOnPage())
	for _, p := range m.lib.Principles {
		if shared := sharing(p, d); len(shared) > 0 {
			// If the two share only programmes, there is no list.
			principles = append(principles, first.principleTerm(p, cmp.Or(lists[p], m.at.principle(p.ID)), shared))
		}
	}
	return principles
}

func (m *maker) disciplinePrinciplePages() {
	for _, d := range m.lib.Disciplines {
		b := m.base(m.at.disciplinePrinciples(d.ID), "", "", m.disciplinesCrumb(), Link{Label: d.Label, Href: m.at.discipline(d.ID)})
		paginateGroups(m, b, m.disciplineGroups(d), func(b Base, list GroupList) Page {
			return &DisciplinePrinciplesPage{b, Link{Label: d.Label, Href: b.to(m.at.discipline(d.ID))}, list}
		})
	}
}

// disciplineGroups returns the cases of a discipline, grouped by principle.
func (m *maker) disciplineGroups(d *library.Term) []group[*library.Principle] {
	var groups []group[*library.Principle]
	for _, p := range m.lib.Principles {
		if cases := ofKind(sharing(p, d), content.Example, content.Challenge); len(cases) > 0 {
			groups = append(groups, group[*library.Principle]{p, m.principleCrumb(p), groupID(p.ID), cases})
		}
	}
	return groups
}

// sharing returns the cases of a discipline that are also under a principle.
func sharing(p *library.Principle, d *library.Term) []*library.CaseStudy {
	var both []*library.CaseStudy
	for _, c := range d.Cases {
		if slices.Contains(c.Principles, p) {
			both = append(both, c)
		}
	}
	return both
}
