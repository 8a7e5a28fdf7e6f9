// The pages of years.

package site

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"casebook/internal/library"
)

func yearKinds() []kind {
	return []kind{
		{&YearsPage{}, single("/years/", (*maker).yearList)},
		{&YearPage{}, (*maker).yearPages},
	}
}

// YearsPage is "/years/".
type YearsPage struct {
	Base
	Years []Term
}

// YearPage is "/years/<y>/".
type YearPage struct {
	Base
	Year string
	List
}

func (m *maker) yearList() Page {
	page := &YearsPage{Base: m.base("/years/", "", "")}
	years := casesByYear(m.lib)
	for _, y := range slices.SortedFunc(maps.Keys(years), func(a, b int) int { return cmp.Compare(b, a) }) {
		page.Years = append(page.Years, page.term(strconv.Itoa(y), yearPath(y), years[y]))
	}
	return page
}

func (m *maker) yearPages() {
	for y, cases := range casesByYear(m.lib) {
		b := m.base(yearPath(y), strconv.Itoa(y), "", Link{Key: "years.title", Href: "/years/"})
		m.paginate(b, cases, func(b Base, part List) Page { return &YearPage{b, strconv.Itoa(y), part} },
			Filter{"year", strconv.Itoa(y)})
	}
}

// casesByYear returns the cases of each year, newest first.
func casesByYear(lib *library.Library) map[int][]*library.CaseStudy {
	years := map[int][]*library.CaseStudy{}
	for _, c := range lib.Newest {
		for _, y := range c.Years {
			years[y] = append(years[y], c)
		}
	}
	return years
}
