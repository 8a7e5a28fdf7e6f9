package pipeline

import (
	"fmt"
	"slices"
	"testing"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// TestCapped checks that of many warnings in a file some are shown, and every error among them.
func TestCapped(t *testing.T) {
	var all []problem.Problem
	for i := range 150 {
		p := problem.Problem{File: "a.md", Line: i + 1, Severity: problem.Warning, Message: fmt.Sprint(i)}
		if i == 140 {
			p.Severity = problem.Error
		}
		all = append(all, p)
	}
	all = append(all, problem.Problem{File: "b.md", Severity: problem.Warning})
	kept := capped(all)
	most := frontmatter.MaxProblems + 2
	if warnings := problem.Count(kept, problem.Warning); warnings != most+1 || kept[most-1].Code != "too-many-problems" {
		t.Errorf("%d warnings are shown, want %d of a.md and one of b.md", warnings, most)
	}
	if shown := slices.IndexFunc(kept, func(p problem.Problem) bool { return p.Severity == problem.Error }); shown < 0 || kept[shown].Line != 141 {
		t.Error("the error among the warnings is not shown")
	}
}
