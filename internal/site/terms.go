package site

import (
	"cmp"
	"slices"
	"strconv"

	"casebook/internal/library"
)

// countryPages makes the list of countries and a list of cases for each.
func (m *maker) countryPages() {
	list := &CountriesPage{Base: m.base("/countries/", "", "")}
	for _, c := range m.lib.Countries {
		list.Countries = append(list.Countries, list.countryTerm(c))
	}
	m.add(list)

	based := map[*library.Country][]*library.Organisation{}
	for _, o := range m.lib.Organisations {
		if o.Country != nil && len(o.Cases) > 0 {
			based[o.Country] = append(based[o.Country], o)
		}
	}
	for _, c := range m.lib.Countries {
		crumbs := []Link{{Key: "countries.title", Href: "/countries/"}}
		if c.Parent != nil {
			crumbs = append(crumbs, Link{Label: c.Parent.Name, Href: countryPath(c.Parent)})
		}
		b := m.base(countryPath(c), c.Name, "", crumbs...)
		told := [][]*library.CaseStudy{c.Cases}
		for _, o := range first(maxBased, based[c]) {
			told = append(told, o.Cases)
		}
		m.paginate(b, c.Cases, func(b Base, list List) Page {
			page := &CountryPage{Base: b, Country: b.countryTerm(c), List: list}
			for _, p := range m.lib.Principles {
				if here := m.orders.in[p][c]; len(here) > 0 {
					page.Principles = append(page.Principles, b.principleTerm(p, inCountryPath(p.ID, c), here))
				}
			}
			for _, nation := range m.lib.Countries {
				if nation.Parent == c {
					page.Nations = append(page.Nations, b.countryTerm(nation))
				}
			}
			for _, o := range first(maxBased, based[c]) {
				term := b.organisationTerm(o)
				if o.Country == c {
					term.Note = "" // the page's own title says it
				}
				page.Organisations = append(page.Organisations, term)
			}
			return page
		}, told...)
	}
}

// maxBased bounds the organisations listed on a country's page.
const maxBased = 30

func (b *Base) countryTerm(c *library.Country) Term {
	return b.term(c.Name, countryPath(c), c.Cases)
}

// disciplinePages makes the list of disciplines and a list of cases for each.
func (m *maker) disciplinePages() {
	list := &DisciplinesPage{Base: m.base("/disciplines/", "", "")}
	for _, d := range m.lib.Disciplines {
		list.Disciplines = append(list.Disciplines, list.disciplineTerm(d))
	}
	m.add(list)
	for _, d := range m.lib.Disciplines {
		crumb := Link{Key: "disciplines.title", Href: "/disciplines/"}
		groups := m.disciplineGroups(d)
		byPrinciple := starts(disciplinePrinciplesPath(d.ID), groups, m.titlesOnPage())
		b := m.base(disciplinePrinciplesPath(d.ID), "", "", crumb, Link{Label: d.Label, Href: disciplinePath(d.ID)})
		paginateGroups(m, b, groups, func(b Base, list GroupList) Page {
			return &DisciplinePrinciplesPage{b, Link{Label: d.Label, Href: b.to(disciplinePath(d.ID))}, list}
		})
		b = m.base(disciplinePath(d.ID), d.Label, "", crumb)
		shared := make([][]*library.CaseStudy, len(m.lib.Principles))
		for i, p := range m.lib.Principles {
			shared[i] = sharing(p, d)
		}
		m.paginate(b, d.Cases, func(b Base, list List) Page {
			page := &DisciplinePage{Base: b, Discipline: b.disciplineTerm(d), Alternative: d.Alternative, List: list}
			for i, p := range m.lib.Principles {
				if len(shared[i]) > 0 {
					// Of a principle with programmes alone there is no list.
					page.Principles = append(page.Principles, b.principleTerm(p, cmp.Or(byPrinciple[p], principlePath(p.ID)), shared[i]))
				}
			}
			return page
		}, d.Cases)
	}
}

func (b *Base) disciplineTerm(d *library.Term) Term {
	return b.term(d.Label, disciplinePath(d.ID), d.Cases)
}

// sharing are the cases of a discipline that are under a principle.
func sharing(p *library.Principle, d *library.Term) []*library.CaseStudy {
	var both []*library.CaseStudy
	for _, c := range d.Cases {
		if slices.Contains(c.Principles, p) {
			both = append(both, c)
		}
	}
	return both
}

// organisationPages makes the directory of organisations and a page for each.
func (m *maker) organisationPages() {
	list := &OrganisationsPage{Base: m.base("/organisations/", "", "")}
	groups := map[string]int{}
	for _, o := range m.lib.Organisations {
		i, ok := groups[o.Type]
		if !ok {
			i = len(list.Groups)
			groups[o.Type] = i
			list.Groups = append(list.Groups, OrganisationGroup{Type: o.Type})
		}
		list.Groups[i].Organisations = append(list.Groups[i].Organisations, list.organisationTerm(o))
	}
	slices.SortFunc(list.Groups, func(a, b OrganisationGroup) int {
		// Those of no stated type come last.
		return cmp.Or(cmp.Compare(btoi(a.Type == ""), btoi(b.Type == "")), cmp.Compare(a.Type, b.Type))
	})
	m.add(list)
	for _, o := range m.lib.Organisations {
		b := m.base(organisationPath(o.ID), o.Name, "", Link{Key: "organisations.title", Href: "/organisations/"})
		m.paginate(b, o.Cases, func(b Base, list List) Page { return organisationPage(b, o, list) }, o.Cases)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (b *Base) organisationTerm(o *library.Organisation) Term {
	t := b.term(o.Name, organisationPath(o.ID), o.Cases)
	if o.Country != nil {
		t.Note = o.Country.Name
	}
	return t
}

func organisationPage(b Base, o *library.Organisation, list List) Page {
	page := &OrganisationPage{Base: b, Organisation: &o.OrganisationFields, Total: b.organisationTerm(o), List: list}
	if o.Country != nil {
		page.Country = b.countryLink(o.Country)
	}
	for _, member := range o.Members {
		page.Members = append(page.Members, b.organisationLink(member))
	}
	for _, partnership := range o.Partnerships {
		page.Partnerships = append(page.Partnerships, b.organisationLink(partnership))
	}
	for _, predecessor := range o.Predecessors {
		page.Predecessors = append(page.Predecessors, b.organisationLink(predecessor))
	}
	if o.Successor != nil {
		successor := b.organisationLink(o.Successor)
		page.Successor = &successor
	}
	return page
}

// yearPages makes the list of years and a list of cases for each.
func (m *maker) yearPages() {
	years := map[int][]*library.CaseStudy{}
	for _, c := range m.lib.Newest {
		for _, y := range c.Years {
			years[y] = append(years[y], c)
		}
	}
	list := &YearsPage{Base: m.base("/years/", "", "")}
	var numbers []int
	for y := range years {
		numbers = append(numbers, y)
	}
	slices.SortFunc(numbers, func(a, b int) int { return cmp.Compare(b, a) })
	for _, y := range numbers {
		list.Years = append(list.Years, list.term(strconv.Itoa(y), yearPath(y), years[y]))
		b := m.base(yearPath(y), strconv.Itoa(y), "", Link{Key: "years.title", Href: "/years/"})
		m.paginate(b, years[y], func(b Base, part List) Page { return &YearPage{b, strconv.Itoa(y), part} })
	}
	m.add(list)
}

func yearPath(y int) string { return "/years/" + strconv.Itoa(y) + "/" }
