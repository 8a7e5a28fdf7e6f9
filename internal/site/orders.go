// The case studies in the orders that several kinds of page need.

package site

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/library"
)

// orders holds the case studies in the orders that several kinds of page need.
// It is immutable.
type orders struct {
	titles func() []*library.CaseStudy // all, by title

	// in holds the cases of a principle that took place in a country or in one of
	// its nations, in the order of the principle's cases.
	in map[*library.Principle]map[*library.Country][]*library.CaseStudy
}

func newOrders(lib *library.Library) *orders {
	o := &orders{titles: sync.OnceValue(func() []*library.CaseStudy { return byTitle(lib.Cases) }), in: map[*library.Principle]map[*library.Country][]*library.CaseStudy{}}
	for _, p := range lib.Principles {
		o.in[p] = byCountry(p.Cases)
	}
	return o
}

// byCountry groups cases by each country that they took place in. A case in a
// nation counts for the nation and for its country.
func byCountry(cases []*library.CaseStudy) map[*library.Country][]*library.CaseStudy {
	in := map[*library.Country][]*library.CaseStudy{}
	for _, study := range cases {
		for _, c := range study.Countries {
			for ; c != nil; c = c.Parent {
				if list := in[c]; len(list) == 0 || list[len(list)-1] != study {
					in[c] = append(list, study)
				}
			}
		}
	}
	return in
}

func byTitle(cases []*library.CaseStudy) []*library.CaseStudy {
	sorted := slices.Clone(cases)
	slices.SortFunc(sorted, func(a, b *library.CaseStudy) int {
		return cmp.Or(strings.Compare(a.SortKey, b.SortKey), strings.Compare(a.ID, b.ID))
	})
	return sorted
}

// initial returns the letter that a title is listed under, or "0–9" if it
// starts with a digit or sign.
func initial(c *library.CaseStudy) string {
	if r, _ := utf8.DecodeRuneInString(c.SortKey); unicode.IsLetter(r) {
		return string(unicode.ToUpper(r))
	}
	return "0–9"
}

// byNewest returns the cases as lists show them, the newest first.
func byNewest(cases []*library.CaseStudy) []*library.CaseStudy {
	sorted := slices.Clone(cases)
	slices.SortFunc(sorted, library.CompareNewest)
	return sorted
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

func first[T any](n int, all []T) []T { return all[:min(n, len(all))] }
