package pipeline

// Collecting, sorting and limiting the problems of a build.

import (
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

// capped returns at most frontmatter.MaxProblems problems, and one or two more, of each
// severity in each file, so that many warnings hide no error. The last of more says so.
func capped(sorted []problem.Problem) []problem.Problem {
	type kind struct {
		file     string
		severity problem.Severity
	}
	kept := sorted[:0]
	counts := map[kind]int{}
	for _, p := range sorted {
		of := kind{p.File, p.Severity}
		counts[of]++
		switch n := counts[of]; {
		case n < frontmatter.MaxProblems+2: // the parser may have added a problem that says the same
			kept = append(kept, p)
		case n == frontmatter.MaxProblems+2:
			kept = append(kept, problem.Problem{
				File: p.File, Line: p.Line, Column: p.Column, Severity: p.Severity, Code: "too-many-problems",
				Message: "the file has more problems than are shown here", Hint: "correct these first, then check again",
			})
		}
	}
	return kept
}
