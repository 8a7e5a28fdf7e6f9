package library

// Gathering problems, with hints that are made only for those that are printed.

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// reports are the problems found so far.
type reports struct{ all []report }

// report is a problem, and how to make its hint unless it has one.
type report struct {
	problem.Problem
	hint func() string
}

// add adds a problem of a place in the source.
func (r *reports) add(severity problem.Severity, s content.Source, at content.Position, code, message, hint string) {
	r.all = append(r.all, report{Problem: problem.Problem{
		File: s.File, Line: at.Line, Column: at.Column,
		Severity: severity, Code: code, Message: message, Hint: hint,
	}})
}

// addLater adds an error whose hint takes time to find.
func (r *reports) addLater(s content.Source, at content.Position, code, message string, hint func() string) {
	r.add(problem.Error, s, at, code, message, "")
	r.all[len(r.all)-1].hint = hint
}

// sorted are all problems. Those of a file beyond the number that is printed
// have no hint.
func (r *reports) sorted() []problem.Problem {
	slices.SortStableFunc(r.all, func(a, b report) int { return problem.Compare(a.Problem, b.Problem) })
	problems := make([]problem.Problem, len(r.all))
	inFile := map[string]int{}
	for i, one := range r.all {
		inFile[one.File]++
		if one.hint != nil && inFile[one.File] <= frontmatter.MaxProblems {
			one.Hint = one.hint()
		}
		problems[i] = one.Problem
	}
	return slices.Compact(problems)
}
