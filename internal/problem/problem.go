// Package problem describes what is wrong with the content of a site: one
// [Problem] for each mistake, at file, line and column, with a hint that says
// how to correct it.
//
// Each stage of a build reports all problems that it finds, and the command
// prints them together. The package knows nothing of content: it sorts and
// prints.
package problem

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says what a problem does to a build.
type Severity uint8

const (
	Error   Severity = iota // nothing is built
	Warning                 // built, but an error under --strict
	Advice                  // worth knowing, never stops a build
)

func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "advice"
	}
}

// MarshalText makes a severity its name in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Position is a point in a file. Line and Column count from 1, Column in
// characters (not bytes). The zero Position is the whole file.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Problem is one diagnostic. Line and Column count from 1, Column in
// characters (not bytes); 0 means that the problem is about the whole file.
type Problem struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`           // stable, for tests and scripts: "unknown-key"
	Message  string   `json:"message"`        // what is wrong, lower case, no full stop
	Hint     string   `json:"hint,omitempty"` // what to do about it
	Fix      Edit     `json:"fix,omitzero"`   // what the hint says, as an edit; zero where it leaves a choice
}

// Edit replaces the text of a file from one position up to another, which is
// not included. The zero Edit is none.
type Edit struct {
	From Position `json:"from"`
	To   Position `json:"to"`
	Text string   `json:"text"`
}

// Position is the "path:line:column" that editors and terminals open.
func (p Problem) Position() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// String is the problem on one line, without its hint.
func (p Problem) String() string {
	if p.Severity == Error {
		return p.Position() + ": " + p.Message
	}
	return p.Position() + ": " + p.Severity.String() + ": " + p.Message
}

// Sort orders problems by file, line and column and drops exact repeats, so
// that the result does not depend on the order in which they were found.
func Sort(problems []Problem) []Problem {
	slices.SortFunc(problems, Compare)
	return slices.Compact(problems)
}

// Compare orders problems by place, and those of one place in a fixed order.
func Compare(a, b Problem) int {
	return cmp.Or(
		strings.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Severity, b.Severity),
		strings.Compare(a.Code, b.Code),
		strings.Compare(a.Message, b.Message),
		strings.Compare(a.Hint, b.Hint),
	)
}

// Count returns how many of the problems have the severity.
func Count(problems []Problem, severity Severity) int {
	n := 0
	for _, p := range problems {
		if p.Severity == severity {
			n++
		}
	}
	return n
}

// Strict returns the problems with every warning turned into an error.
func Strict(problems []Problem) []Problem {
	strict := slices.Clone(problems)
	for i := range strict {
		if strict[i].Severity == Warning {
			strict[i].Severity = Error
		}
	}
	return strict
}
