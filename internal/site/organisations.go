// The pages of organisations.

package site

import (
	"cmp"
	"slices"
	"sync"

	"casebook/internal/content"
	"casebook/internal/library"
)

func organisationKinds() []kind {
	return []kind{
		{&OrganisationsPage{}, single("/organisations/", (*maker).organisationList)},
		{&OrganisationPage{}, (*maker).organisationPages},
	}
}

// OrganisationsPage is "/organisations/".
type OrganisationsPage struct {
	Base
	Groups []OrganisationGroup
	Total  int
}

// OrganisationPage is "/organisations/<id>/".
type OrganisationPage struct {
	Base
	Organisation *content.OrganisationFields
	Total        Term
	Country      Link
	Members      []Link
	Partnerships []Link // those that it is a member of
	Successor    *Link
	Predecessors []Link
	List
}

// OrganisationGroup is the organisations of one type.
type OrganisationGroup struct {
	Type          string // "" when not stated
	Organisations []Term
}

func (m *maker) organisationList() Page {
	page := &OrganisationsPage{Base: m.base("/organisations/", "", ""), Total: len(m.lib.Organisations)}
	groups := map[string]int{}
	for _, o := range m.lib.Organisations {
		i, ok := groups[o.Type]
		if !ok {
			i = len(page.Groups)
			groups[o.Type] = i
			page.Groups = append(page.Groups, OrganisationGroup{Type: o.Type})
		}
		page.Groups[i].Organisations = append(page.Groups[i].Organisations, page.organisationTerm(o))
	}
	slices.SortFunc(page.Groups, func(a, b OrganisationGroup) int {
		// Organisations without a type come last.
		return cmp.Or(cmp.Compare(btoi(a.Type == ""), btoi(b.Type == "")), cmp.Compare(a.Type, b.Type))
	})
	return page
}

func (b *Base) organisationTerm(o *library.Organisation) Term {
	t := b.term(o.Name, organisationPath(o.ID), o.Cases)
	if o.Country != nil {
		t.Note = o.Country.Name
	}
	return t
}

func (m *maker) organisationPages() {
	for _, o := range m.lib.Organisations {
		first := m.base(organisationPath(o.ID), o.Name, "", Link{Key: "organisations.title", Href: "/organisations/"})
		total := sync.OnceValue(func() []Term { return []Term{first.organisationTerm(o)} })
		m.paginate(first, o.Cases, func(b Base, list List) Page { return organisationPage(b, o, b.moved(first, total())[0], list) }, Filter{"organisation", o.ID})
	}
}

func organisationPage(b Base, o *library.Organisation, total Term, list List) Page {
	page := &OrganisationPage{
		Base: b, Organisation: &o.OrganisationFields, Total: total, List: list,
		Members: b.organisationLinks(o.Members), Partnerships: b.organisationLinks(o.Partnerships), Predecessors: b.organisationLinks(o.Predecessors),
		Successor: b.optionalOrganisation(o.Successor),
	}
	if o.Country != nil {
		page.Country = b.countryLink(o.Country)
	}
	return page
}

func (b *Base) organisationLink(o *library.Organisation) Link {
	return Link{Label: o.Name, Href: b.to(organisationPath(o.ID))}
}

func (b *Base) organisationLinks(all []*library.Organisation) []Link {
	var links []Link
	for _, o := range all {
		links = append(links, b.organisationLink(o))
	}
	return links
}

// optionalOrganisation returns a link to an organisation, or nil for nil.
func (b *Base) optionalOrganisation(o *library.Organisation) *Link {
	if o == nil {
		return nil
	}
	link := b.organisationLink(o)
	return &link
}
