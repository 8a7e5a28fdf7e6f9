// The pages of programmes.

package site

import (
	"casebook/internal/content"
)

func programmeKinds() []kind {
	return []kind{
		{&ProgrammesPage{}, (*maker).programmeList},
		{&ProgrammeCasesPage{}, (*maker).programmeCases},
	}
}

// ProgrammesPage is "/programmes/".
type ProgrammesPage struct {
	Base
	Programmes []ProgrammeCard
}

// ProgrammeCasesPage is "/programmes/<id>/": the cases of a programme that has
// more than its own page shows.
type ProgrammeCasesPage struct {
	Base
	Programme Link
	List
}

// ProgrammeCard is a programme in a list; its Examples, Challenges and
// Programmes are the cases that belong to it.
type ProgrammeCard struct {
	*Card
	Examples   int
	Challenges int
	Programmes int
}

var programmesCrumb = Link{Key: "programmes.title", Href: "/programmes/"}

func (m *maker) programmeList() {
	programmes := byTitle(ofKind(m.lib.Cases, content.Programme))
	b := m.base("/programmes/", "", "")
	m.offer(&b, programmes, "")
	m.add(b.Path, func() Page {
		page := &ProgrammesPage{Base: b}
		for _, c := range programmes {
			t := b.term("", "", c.Members)
			page.Programmes = append(page.Programmes, ProgrammeCard{b.card(c), t.Examples, t.Challenges, t.Programmes})
		}
		return page
	})
}

func (m *maker) programmeCases() {
	for _, c := range m.lib.Cases {
		if m.isLong(c.Members) {
			b := m.base(programmePath(c.ID), "", "", programmesCrumb, Link{Label: c.Title, Href: m.at.caseStudy(c.ID)})
			m.paginate(b, c.Members, func(b Base, part List) Page { return &ProgrammeCasesPage{b, b.caseLink(c), part} },
				Filter{"programme", c.ID})
		}
	}
}
