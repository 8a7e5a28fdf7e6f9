// The pages of programmes.

package site

import (
	"casebook/internal/content"
	"casebook/internal/library"
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
	page := &ProgrammesPage{Base: m.base("/programmes/", "", "")}
	var programmes []*library.CaseStudy
	for _, c := range m.orders.titles {
		if c.Kind == content.Programme {
			programmes = append(programmes, c.CaseStudy)
			t := page.term("", "", c.Members)
			page.Programmes = append(page.Programmes, ProgrammeCard{page.card(c.CaseStudy), t.Examples, t.Challenges, t.Programmes})
		}
	}
	m.offer(&page.Base, programmes, "")
	m.add(page)
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
