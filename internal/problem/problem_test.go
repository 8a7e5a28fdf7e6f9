package problem_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"casebook/internal/problem"
)

var sample = []problem.Problem{
	{File: "cases/a.md", Line: 2, Column: 8, Severity: problem.Error, Code: "unknown-term", Message: `"Ugunda" is not a country`, Hint: "did you mean Uganda?"},
	{File: "cases/a.md", Line: 10, Column: 1, Severity: problem.Warning, Code: "new-term", Message: "new"},
	{File: "cases/b.md", Severity: problem.Advice, Code: "missing", Message: "no country"},
}

func TestSortIgnoresInputOrder(t *testing.T) {
	for range 20 {
		shuffled := append([]problem.Problem{sample[1]}, sample...)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := problem.Sort(shuffled); !reflect.DeepEqual(got, sample) {
			t.Fatalf("got %v", got)
		}
	}
}

func TestPrint(t *testing.T) {
	tests := []struct {
		format problem.Format
		want   string
	}{
		{problem.Text, `cases/a.md:2:8: "Ugunda" is not a country
    did you mean Uganda?
cases/a.md:10:1: warning: new
cases/b.md: advice: no country
`},
		{problem.GitHub, `::error file=cases/a.md,line=2,col=8,title=unknown-term::"Ugunda" is not a country%0Adid you mean Uganda?
::warning file=cases/a.md,line=10,col=1,title=new-term::new
::notice file=cases/b.md,title=missing::no country
`},
	}
	for _, test := range tests {
		var b strings.Builder
		if err := problem.Print(&b, test.format, sample); err != nil {
			t.Fatal(err)
		}
		if b.String() != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.format, b.String(), test.want)
		}
	}
	if err := problem.Print(&strings.Builder{}, "yaml", nil); err == nil {
		t.Error("an unknown format is accepted")
	}
}

func TestPrintJSONIsAnArrayEvenWhenEmpty(t *testing.T) {
	for _, problems := range [][]problem.Problem{nil, sample} {
		var b strings.Builder
		if err := problem.Print(&b, problem.JSON, problems); err != nil {
			t.Fatal(err)
		}
		var got []map[string]any
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got == nil || len(got) != len(problems) {
			t.Errorf("got %s: %v", b.String(), err)
		}
	}
}

func TestTerminalAndAnnotationInjection(t *testing.T) {
	hostile := []problem.Problem{{File: "a\n::error::x\x1b[2J.md", Line: 1, Column: 1, Code: "c", Message: "\x1b[31mred\u202egpj.exe\n::error file=x::owned"}}
	for _, format := range []problem.Format{problem.Text, problem.GitHub} {
		var b strings.Builder
		if err := problem.Print(&b, format, hostile); err != nil {
			t.Fatal(err)
		}
		if strings.Count(b.String(), "\n") != 1 {
			t.Errorf("%s: one problem takes several lines: %q", format, b.String())
		}
		if strings.ContainsAny(b.String(), "\x1b\u202e") {
			t.Errorf("the output contains terminal escapes: %q", b.String())
		}
	}
}

func TestStrict(t *testing.T) {
	strict := problem.Strict(sample)
	if problem.Count(strict, problem.Error) != 2 || problem.Count(sample, problem.Error) != 1 {
		t.Errorf("got %v from %v", strict, sample)
	}
}
