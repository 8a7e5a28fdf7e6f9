package pipeline

// Collecting, sorting and limiting the problems of a build.

import (
	"fmt"
	"slices"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/source"
)

// inTree returns the problems found while listing the source folder.
func inTree(tree *source.Tree) []problem.Problem {
	var all []problem.Problem
	for _, p := range tree.Problems() {
		all = append(all, problem.Problem{File: p.Path, Code: p.Code, Message: p.Message, Hint: p.Hint})
	}
	return all
}

// inContent returns the problems of the content, with paths relative to the source
// folder.
func inContent(files []*content.Parsed, attached attachments, linked linked, dead []problem.Problem) []problem.Problem {
	var all []problem.Problem
	for _, f := range files {
		all = append(all, f.Problems...)
	}
	all = slices.Concat(all, attached.problems, linked.problems, dead)
	for i := range all {
		all[i].File = contentFolder + all[i].File
	}
	return all
}

// strict sorts the problems and limits their number. They name things as the site
// does, if it has a library. With Options.Strict, warnings become errors.
func (b *Builder) strict(lib *library.Library, all []problem.Problem) []problem.Problem {
	all = capped(problem.Sort(all))
	if lib != nil {
		all = lib.Site.Terms.InProblems(all)
	}
	if b.opts.Strict {
		all = problem.Strict(all)
	}
	return all
}

// capped limits the problems of each file to about frontmatter.MaxProblems: more
// would only bury the first. A last problem says that some are not shown; it is as
// severe as the most severe of them.
func capped(sorted []problem.Problem) []problem.Problem {
	kept := sorted[:0]
	counts, notes := map[string]int{}, map[string]int{}
	for _, p := range sorted {
		counts[p.File]++
		switch n := counts[p.File]; {
		case n < frontmatter.MaxProblems+2: // the parser may have added a problem that says the same
			kept = append(kept, p)
		case n == frontmatter.MaxProblems+2:
			notes[p.File] = len(kept)
			kept = append(kept, problem.Problem{
				File: p.File, Line: p.Line, Column: p.Column, Severity: p.Severity, Code: "too-many-problems",
				Message: fmt.Sprintf("this file has more than %d problems; the others are not shown", frontmatter.MaxProblems),
				Hint:    "fix these first",
			})
		default:
			note := &kept[notes[p.File]]
			note.Severity = min(note.Severity, p.Severity)
		}
	}
	return kept
}
