package site

import (
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
)

func TestPattern(t *testing.T) {
	of := func(principle int, country, discipline string) Pattern {
		return pattern(&library.CaseStudy{
			CaseStudy:   &content.CaseStudy{},
			Principles:  []*library.Principle{{Principle: &content.Principle{PrincipleFields: content.PrincipleFields{Number: principle}}}},
			Countries:   []*library.Country{{Slug: country}},
			Disciplines: []*library.Term{{Term: &content.Term{Source: content.Source{ID: discipline}}}},
		})
	}
	a, b := of(1, "uganda", "midwifery"), of(2, "uganda", "surgery")
	if a.Warp != b.Warp || a.Weft == b.Weft || a.Colour == b.Colour {
		t.Errorf("one country, two disciplines and two principles have the patterns %+v and %+v", a, b)
	}
	seen := map[string]bool{}
	for number := 1; number <= 12; number++ {
		seen[of(number, "", "").Colour] = true
	}
	if len(seen) != 12 {
		t.Errorf("12 principles have %d colours", len(seen))
	}
	if p := pattern(&library.CaseStudy{CaseStudy: &content.CaseStudy{}}); p.Colour == "" || p.Warp != "" || p.Weft != "" {
		t.Errorf("a case study that states nothing has the pattern %+v", p)
	}
}
