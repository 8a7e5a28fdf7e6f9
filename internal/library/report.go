package library

// Collecting problems. Expensive hints are made only for the problems that are
// shown.

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// reports are the problems found so far.
type reports struct{ all []report }

// report is a problem and a function that makes its hint, or nil if it has one.
type report struct {
	problem.Problem
	hint func() string
}

// add adds a problem at a place in a source file.
func (r *reports) add(severity problem.Severity, s content.Source, at content.Position, code, message, hint string) {
	r.all = append(r.all, report{Problem: problem.Problem{
		File: s.File, Line: at.Line, Column: at.Column,
		Severity: severity, Code: code, Message: message, Hint: hint,
	}})
}

// addLater adds an error whose hint is expensive to find.
func (r *reports) addLater(s content.Source, at content.Position, code, message string, hint func() string) {
	r.add(problem.Error, s, at, code, message, "")
	r.all[len(r.all)-1].hint = hint
}

// sorted returns all problems, sorted. Problems of a file beyond the maximum number
// that is shown get no hint.
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
