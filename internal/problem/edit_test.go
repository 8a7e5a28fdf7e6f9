package problem_test

import (
	"slices"
	"testing"

	"casebook/internal/problem"
)

func edit(line, from, to int, text string) problem.Edit {
	return problem.Edit{From: problem.Position{Line: line, Column: from}, To: problem.Position{Line: line, Column: to}, Text: text}
}

func TestApply(t *testing.T) {
	for _, test := range []struct {
		text  string
		edits []problem.Edit
		want  string // empty: an error
	}{
		{"one\ntwo\n", []problem.Edit{edit(2, 1, 4, "2"), edit(1, 1, 1, "> ")}, "> one\n2\n"},
		{"\ufeffé: x\r\nb\rc", []problem.Edit{edit(1, 4, 5, "y"), edit(2, 2, 2, "!"), edit(3, 1, 2, "d")}, "\ufeffé: y\r\nb!\rd"},
		{"one", []problem.Edit{edit(1, 1, 4, "x"), edit(1, 1, 4, "x")}, "x"}, // the same edit twice
		{"one", []problem.Edit{edit(1, 1, 3, "x"), edit(1, 2, 4, "y")}, ""},
		{"one", []problem.Edit{edit(2, 1, 1, "x")}, ""},
		{"one\ntwo", []problem.Edit{edit(1, 5, 5, "x")}, ""},
		{"one", []problem.Edit{{}}, ""},
	} {
		got, err := problem.Apply([]byte(test.text), test.edits)
		if string(got) != test.want || (err != nil) != (test.want == "") {
			t.Errorf("%q with %v: got %q, %v, want %q", test.text, test.edits, got, err, test.want)
		}
	}
}

func TestLines(t *testing.T) {
	if got, want := problem.Lines([]byte("\ufeffa\r\nb\rc\n\nd")), []string{"a", "b", "c", "", "d"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
