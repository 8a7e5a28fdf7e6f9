// Lists of titles under headings, such as the cases of a hallmark by country.

package site

import "casebook/internal/library"

// GroupList is one page of a list of titles under headings.
type GroupList struct {
	Groups []Group
	Pager  Pager
}

// Group is the cases under one heading. It may continue on the next page.
type Group struct {
	Link          // the heading, and where it leads
	ID    string  // of the group, for links to it
	Total int     // cases of the whole group
	Cases []*Card // only their title, kind and year
}

// group is a heading and the cases under it. A whole row or column of the
// coverage tables shares one list of titles under headings, because a list for
// each cell would be thousands of pages.
type group[T comparable] struct {
	term  T
	name  Link // Href starts at the root of the site
	id    string
	cases []*library.CaseStudy
}

// groupID returns the anchor of a group.
func groupID(slug string) string { return "group-" + slug }

// titlesOnPage returns how many titles are on one page of a list of titles.
func (m *maker) titlesOnPage() int { return m.lib.Site.PageSize * indexFactor }

// starts returns the address at which each group of a list begins.
func starts[T comparable](path string, groups []group[T], size int) map[T]string {
	addresses := map[T]string{}
	before := 0
	for _, g := range groups {
		addresses[g.term] = numbered(path, before/size+1) + "#" + g.id
		before += len(g.cases)
	}
	return addresses
}

// paginateGroups makes the pages of a list of titles under headings. It makes
// none for an empty list. A group that continues on the next page repeats its
// heading there.
func paginateGroups[T comparable](m *maker, b Base, groups []group[T], page func(Base, GroupList) Page) {
	type item struct {
		*group[T]
		study *library.CaseStudy
	}
	var items []item
	var distinct []*library.CaseStudy // a case study may be in several groups
	known := map[*library.CaseStudy]bool{}
	for i := range groups {
		for _, study := range groups[i].cases {
			if !known[study] {
				known[study] = true
				distinct = append(distinct, study)
			}
			items = append(items, item{&groups[i], study})
		}
	}
	if len(items) == 0 {
		return
	}
	m.offer(&b, distinct, "")
	size := m.titlesOnPage()
	for number, part := range parts(items, size) {
		m.addFrom(numbered(b.Path, number), b.source, func() Page {
			base := m.part(b, number)
			list := GroupList{Pager: base.pager(b.Path, number, pageCount(len(items), size), len(items))}
			for i, it := range part {
				if i == 0 || it.group != part[i-1].group {
					list.Groups = append(list.Groups, Group{Link{Label: it.name.Label, Href: base.to(it.name.Href)}, it.id, len(it.cases), nil})
				}
				g := &list.Groups[len(list.Groups)-1]
				g.Cases = append(g.Cases, base.title(it.study))
			}
			return page(base, list)
		})
	}
}
