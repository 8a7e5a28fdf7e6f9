package library_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
)

// tagged returns n case studies with random tags.
func tagged(n int) []*content.Parsed {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	var principle, disciplines, organisations strings.Builder
	principle.WriteString("---\nnumber: 1\ntitle: P\nhallmarks:\n")
	for h := range 40 {
		fmt.Fprintf(&principle, "  - {id: h-%d, title: Hallmark %d}\n", h, h)
	}
	principle.WriteString("---\n")
	for d := range 20 {
		fmt.Fprintf(&disciplines, "- {id: d-%d, label: Discipline %d}\n", d, d)
	}
	for o := range 300 {
		fmt.Fprintf(&organisations, "- {id: o-%d, name: Organisation %d}\n", o, o)
	}
	countries := strings.Fields("UG TZ ZM MW GH ET KE RW SL LR NG SN ML NP IN BD PK KH MM FJ")
	files := []*content.Parsed{
		content.Parse("site.yaml", []byte("title: T\n")),
		content.Parse("principles/p.md", []byte(principle.String())),
		content.Parse("disciplines.yaml", []byte(disciplines.String())),
		content.Parse("organisations.yaml", []byte(organisations.String())),
		content.Parse("references.yaml", []byte("- {id: s, type: report, title: S}\n")),
	}
	for i := range n {
		files = append(files, content.Parse(fmt.Sprintf("cases/c-%05d.md", i), fmt.Appendf(nil,
			"---\ntitle: C %d\nhallmarks: [h-%d, h-%d]\ncountries: [%s]\ndisciplines: [d-%d]\npartners: [o-%d, o-%d]\nsources: [s]\n---\n",
			i, random.IntN(40), random.IntN(40), countries[random.IntN(20)], random.IntN(20), random.IntN(300), random.IntN(300))))
	}
	return files
}

func newLibrary(t testing.TB, files []*content.Parsed) *library.Library {
	t.Helper()
	lib, problems := library.New(files, library.Options{})
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	return lib
}

// similarity returns how much two case studies have in common, computed directly.
func similarity(a, b *library.CaseStudy) int {
	score := 0
	for _, x := range a.Hallmarks {
		for _, y := range b.Hallmarks {
			if x == y {
				score += 5
			}
		}
	}
	for _, x := range a.Partners {
		for _, y := range b.Partners {
			if x.Organisation == y.Organisation {
				score += 4
			}
		}
	}
	if a.Disciplines[0] == b.Disciplines[0] {
		score += 3
	}
	if a.Countries[0] == b.Countries[0] {
		score += 2
	}
	return score + 1 // the principle
}

// TestRelatedIsNearlyTheBest compares the related case studies with the most similar
// ones, which it finds by comparing every pair.
func TestRelatedIsNearlyTheBest(t *testing.T) {
	for _, test := range []struct {
		cases int
		least float64 // of the similarity of the most similar ones, the least part to reach
	}{{40, 1}, {1000, 0.9}} {
		lib := newLibrary(t, tagged(test.cases))
		got, best := 0, 0
		for _, c := range lib.Cases {
			var top [4]int
			for _, other := range lib.Cases {
				if other == c {
					continue
				}
				score := similarity(c, other)
				for i := range top {
					if score > top[i] {
						copy(top[i+1:], top[i:3])
						top[i] = score
						break
					}
				}
			}
			related := lib.Related(c)
			if again := lib.Related(c); !reflect.DeepEqual(again, related) {
				t.Fatalf("%s: the second answer is %d case studies, the first %d", c.ID, len(again), len(related))
			}
			for i, r := range related {
				got += similarity(c, r.Study)
				best += top[i]
				if len(r.Reasons) == 0 {
					t.Fatalf("%s is related to %s without a reason", c.ID, r.Study.ID)
				}
			}
		}
		if share := float64(got) / float64(best); share < test.least {
			t.Errorf("%d cases: the related ones have %.3f of the best similarity, want %.2f", test.cases, share, test.least)
		} else {
			t.Logf("%d cases: %.3f of the best", test.cases, share)
		}
	}
}
