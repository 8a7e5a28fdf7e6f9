package pipeline

import (
	"fmt"
	"testing"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// TestCapped checks that many warnings do not become an error, and that no error is lost
// among many warnings.
func TestCapped(t *testing.T) {
	many := func(graver int) []problem.Problem {
		var all []problem.Problem
		for i := range 150 {
			p := problem.Problem{File: "a.md", Line: i + 1, Severity: problem.Warning, Message: fmt.Sprint(i)}
			if i == graver {
				p.Severity = problem.Error
			}
			all = append(all, p)
		}
		return append(all, problem.Problem{File: "b.md", Severity: problem.Advice})
	}
	for _, test := range []struct {
		name   string
		graver int
		errors int
	}{{"warnings alone", -1, 0}, {"an error that is shown", 3, 1}, {"an error that is left out", 140, 1}} {
		kept := capped(many(test.graver))
		if n := problem.Count(kept, problem.Error); n != test.errors {
			t.Errorf("%s: %d errors, want %d", test.name, n, test.errors)
		}
		if want := frontmatter.MaxProblems + 3; len(kept) != want || kept[want-2].Code != "too-many-problems" {
			t.Errorf("%s: %d problems are reported, want %d", test.name, len(kept), want)
		}
	}
}
