package content

// Fixing problems that have only one possible correction.

import "casebook/internal/problem"

// Fix applies the edits of the problems of a file that have a [problem.Edit]. It
// returns the edited file and the fixed problems, in the order in which they were
// fixed. It keeps an edit only if it leaves fewer problems and no new one.
// Everything else in the file, including comments, stays the same.
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

// fixOne applies the edit of one of a file's problems, and returns the remaining
// problems. ok is false unless there are fewer of them and none is of a new kind.
func fixOne(name string, src []byte, p problem.Problem, problems []problem.Problem) (text []byte, left []problem.Problem, ok bool) {
	// The author may have meant a comment, which the edit would publish.
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
