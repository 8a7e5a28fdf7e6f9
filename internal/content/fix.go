package content

// Fixing: the edits of problems that leave no choice.

import "casebook/internal/problem"

// Fix returns a file with those problems fixed that have a [problem.Edit], and
// these problems, in the order in which they were fixed. It keeps an edit only
// if fewer problems are left with it, and no new one: all else in the file,
// comments included, stays as it is.
func Fix(name string, src []byte) (fixed []byte, done []problem.Problem) {
	fixed = src
	problems := Parse(name, fixed).Problems
	for i := 0; i < len(problems); {
		p := problems[i]
		if text, left, ok := fixOne(name, fixed, p, problems); ok {
			fixed, problems, i = text, left, 0
			done = append(done, p)
			continue
		}
		i++
	}
	return fixed, done
}

// fixOne makes the edit of one of a file's problems, and returns the problems
// that are left; false unless these are fewer and of the same kinds.
func fixOne(name string, src []byte, p problem.Problem, problems []problem.Problem) (text []byte, left []problem.Problem, ok bool) {
	// Its writer may have meant a comment: the edit would publish it.
	const comment = "yaml-comment"
	if p.Fix == (problem.Edit{}) || p.Code == comment {
		return nil, nil, false
	}
	text, err := problem.Apply(src, []problem.Edit{p.Fix})
	if err != nil {
		return nil, nil, false
	}
	left = Parse(name, text).Problems
	codes := map[string]int{}
	for _, one := range problems {
		codes[one.Code]++
	}
	codes[p.Code]--
	for _, one := range left {
		if codes[one.Code]--; codes[one.Code] < 0 {
			return nil, nil, false
		}
	}
	return text, left, true
}
