package problem_test

import (
	"encoding/json"
	"strings"
	"testing"

	"casebook/internal/problem"
)

func TestPrintTextShowsSource(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, test := range []struct {
		name, line string
		column     int
		fix        int // the number of characters that the fix replaces
		want       string
	}{
		{"a caret", "hallmarks: [plans]", 13, 0, "    hallmarks: [plans]\n                ^\n"},
		{"all that a fix replaces", "titel: x", 1, 5, "    titel: x\n    ^^^^^\n"},
		{"a tab is a space", "\tx: y", 2, 0, "     x: y\n     ^\n"},
		{"wide characters", "題: ×", 4, 0, "    題: ×\n        ^\n"},
		{"the end of a line", "x", 2, 0, "    x\n     ^\n"},
		{"control characters", "\x1b[31mx", 6, 0, "    \\u001b[31mx\n              ^\n"},
		{"an empty line", "", 1, 0, ""},
		{"beyond the line", "x", 9, 0, ""},
		{"a long line", long, 251, 0, "    …" + long[220:310] + "…\n" + strings.Repeat(" ", 35) + "^\n"},
	} {
		p := problem.Problem{File: "a.md", Line: 2, Column: test.column, Message: "m"}
		if test.fix > 0 {
			p.Fix = problem.Edit{From: problem.Position{Line: 2, Column: test.column}, To: problem.Position{Line: 2, Column: test.column + test.fix}}
		}
		var b strings.Builder
		err := problem.Printer{Lines: func(string) []string { return []string{"---", test.line} }}.Print(&b, problem.Text, []problem.Problem{p})
		if _, got, _ := strings.Cut(b.String(), "\n"); err != nil || got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestGitLab(t *testing.T) {
	var b strings.Builder
	moved := sample[0]
	moved.Line = 99
	if err := problem.Print(&b, problem.GitLab, append([]problem.Problem{moved, moved}, sample...)); err != nil {
		t.Fatal(err)
	}
	var got []struct {
		Description, Fingerprint, Severity string
		CheckName                          string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil || len(got) != 5 {
		t.Fatalf("got %s: %v", b.String(), err)
	}
	if p := got[2]; p.Description != "\"Ugunda\" is not a country\ndid you mean Uganda?" || p.CheckName != "unknown-term" || p.Severity != "critical" || p.Location.Path != "cases/a.md" || p.Location.Lines.Begin != 2 {
		t.Errorf("got %+v", p)
	}
	if got[4].Location.Lines.Begin != 1 {
		t.Error("a problem of a whole file has no line")
	}
	seen := map[string]bool{}
	for _, p := range got {
		if seen[p.Fingerprint] {
			t.Errorf("two problems have the fingerprint %s", p.Fingerprint)
		}
		seen[p.Fingerprint] = true
	}
}

func TestSARIF(t *testing.T) {
	var b strings.Builder
	fixable := problem.Problem{File: "cases/ä b.md", Line: 3, Column: 1, Code: "unknown-key", Message: "m", Fix: edit(3, 1, 6, "title")}
	printer := problem.Printer{Meaning: func(code string) string { return "the meaning of " + code }}
	if err := printer.Print(&b, problem.SARIF, append([]problem.Problem{fixable}, sample...)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID              string
						FullDescription struct{ Text string }
					}
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn int }
					}
				}
				Fixes []any
			}
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got.Version != "2.1.0" || len(got.Runs) != 1 {
		t.Fatalf("got %s: %v", b.String(), err)
	}
	run := got.Runs[0]
	for i, want := range []string{"error", "error", "warning", "note"} {
		r := run.Results[i]
		rule := run.Tool.Driver.Rules[r.RuleIndex]
		if r.Level != want || rule.ID != r.RuleID || rule.FullDescription.Text != "the meaning of "+r.RuleID {
			t.Errorf("result %d: got %+v", i, r)
		}
	}
	if uri := run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI; uri != "cases/%C3%A4%20b.md" {
		t.Errorf("got the address %s", uri)
	}
	if len(run.Results[0].Fixes) != 1 || len(run.Results[1].Fixes) != 0 {
		t.Error("the fixes differ from those of the problems")
	}
	if run.Results[3].Locations[0].PhysicalLocation.Region != nil {
		t.Error("a problem of a whole file has a region")
	}
}
