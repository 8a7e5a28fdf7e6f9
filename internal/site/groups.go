package site

import "casebook/internal/library"

// GroupList is one page of a list of titles under headings.
type GroupList struct {
	Groups []Group
	Pager  Pager
}

// Group is the cases under one heading, which may continue on the next page.
type Group struct {
	Link         // what the heading leads to
	ID    string // of the group, for links to it
	Total int    // cases of the whole group
	Cases []Card // their title, kind and year alone
}

// group is a heading and the cases under it. A list of titles under headings is
// one list for a whole row or column of the coverage tables: a list for each of
// their cells would be thousands of pages.
type group[T comparable] struct {
	term  T
	name  Link // Href from the root of the site
	id    string
	cases []*library.CaseStudy
}

// groupID is the anchor of a group.
func groupID(slug string) string { return "group-" + slug }

// titlesOnPage is how many titles stand on one page of a list of titles.
func (m *maker) titlesOnPage() int { return m.lib.Site.PageSize * indexFactor }

// starts are the addresses at which the groups of a list begin.
func starts[T comparable](path string, groups []group[T], size int) map[T]string {
	addresses := map[T]string{}
	before := 0
	for _, g := range groups {
		addresses[g.term] = numbered(path, before/size+1) + "#" + g.id
		before += len(g.cases)
	}
	return addresses
}

// paginateGroups makes the pages of a list of titles under headings, none for
// an empty list. A group that runs over the end of a page has its heading again
// on the next.
func paginateGroups[T comparable](m *maker, b Base, groups []group[T], page func(Base, GroupList) Page) {
	type item struct {
		*group[T]
		study *library.CaseStudy
	}
	var items []item
	for i := range groups {
		for _, study := range groups[i].cases {
			items = append(items, item{&groups[i], study})
		}
	}
	if len(items) == 0 {
		return
	}
	size := m.titlesOnPage()
	for number, part := range parts(items, size) {
		base := m.part(b, number)
		list := GroupList{Pager: base.pager(b.Path, number, pageCount(len(items), size), len(items))}
		for i, it := range part {
			if i == 0 || it.group != part[i-1].group {
				list.Groups = append(list.Groups, Group{Link{Label: it.name.Label, Href: base.to(it.name.Href)}, it.id, len(it.cases), nil})
			}
			g := &list.Groups[len(list.Groups)-1]
			g.Cases = append(g.Cases, Card{Link: base.caseLink(it.study), Kind: it.study.Kind, When: period(it.study), Lang: base.otherLang(it.study)})
		}
		m.add(page(base, list))
	}
}
