package preview_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"casebook/internal/preview"
	"casebook/internal/problem"
)

func TestFrames(t *testing.T) {
	long := strings.Repeat("é", 300) + "HERE" + strings.Repeat("z", 300)
	sources := map[string]string{
		"a.md":    "\ufeffone\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nseven\r\neight\r\nnine\r\n",
		"old.md":  "one\rtwo\rthree\r",
		"long.md": long,
		"bad.md":  "a\x00b\u202ec\xffd\te\n",
	}
	read := 0
	source := func(path string) ([]byte, error) {
		read++
		if text, ok := sources[path]; ok {
			return []byte(text), nil
		}
		return nil, errors.New("gone")
	}
	r := start(t, preview.Options{})
	r.Fail([]problem.Problem{
		{File: "a.md", Line: 5, Column: 2, Message: "m", Hint: "h"},
		{File: "a.md", Line: 1, Column: 1},
		{File: "a.md", Line: 9, Column: 99},
		{File: "a.md", Line: 10, Column: 1},
		{File: "a.md"},
		{File: "a.md", Line: 2},
		{File: "bad.md", Line: 1, Column: 5},
		{File: "old.md", Line: 2, Column: 1},
		{File: "gone.md", Line: 1, Column: 5},
		{File: "long.md", Line: 1, Column: 301},
	}, source)
	got := r.report(t).Problems
	for i, want := range []string{
		`2"two" 3"three" 4"four" 5"five"*2 6"six" 7"seven" 8"eight"`,
		`1"one"*1 2"two" 3"three" 4"four"`,
		`6"six" 7"seven" 8"eight" 9"nine"*5`,
		``,
		``,
		`1"one" 2"two"*0 3"three" 4"four" 5"five"`,
		`1"a` + "\ufffd" + `b` + "\ufffd" + `c` + "\ufffd" + `d\te"*5`,
		`1"one" 2"two"*1 3"three"`,
		``,
		fmt.Sprintf(`1"…%sHERE%s…"*55`, strings.Repeat("é", 53), strings.Repeat("z", 103)),
	} {
		var lines []string
		for _, l := range got[i].Frame {
			line := fmt.Sprintf("%d%q", l.Number, l.Text)
			if l.Marked {
				line += fmt.Sprintf("*%d", l.Column)
			}
			lines = append(lines, line)
		}
		if frame := strings.ReplaceAll(strings.Join(lines, " "), `\ufffd`, "\ufffd"); frame != want {
			t.Errorf("%s: got\n%s\nwant\n%s", got[i].Place, frame, want)
		}
	}
	if got[0].Place != "a.md:5:2" || got[0].Message != "m" || got[0].Hint != "h" || got[0].Severity != "error" {
		t.Errorf("got %+v", got[0])
	}
	if read != 5 {
		t.Errorf("five files were read %d times", read)
	}
}

func TestErrorsComeFirstAndAreBounded(t *testing.T) {
	var problems []problem.Problem
	for i := range 5000 {
		severity := problem.Advice
		if i == 4999 {
			severity = problem.Error
		}
		problems = append(problems, problem.Problem{File: fmt.Sprintf("%04d.md", i), Severity: severity})
	}
	r := start(t, preview.Options{})
	r.Fail(problems, nil)
	got := r.report(t)
	if len(got.Problems) != 1000 || got.More != 4000 {
		t.Errorf("%d problems and %d more", len(got.Problems), got.More)
	}
	if got.Problems[0].Place != "4999.md" || got.Problems[0].Severity != "error" || got.Problems[1].Place != "0000.md" {
		t.Errorf("got %+v", got.Problems[:2])
	}
	if problems[0].File != "0000.md" {
		t.Error("the caller's problems were reordered")
	}
}

func TestStateEscapesHostileText(t *testing.T) {
	r := start(t, preview.Options{})
	r.Fail([]problem.Problem{{File: "</script><b>.md", Line: 1, Column: 1, Message: "<img src=x onerror=alert(1)>\x1b[31m\u202e", Hint: "<script>"}},
		func(string) ([]byte, error) { return []byte("</script><script>alert(1)</script>"), nil })
	got := r.get(t, "/__casebook/state")
	if strings.ContainsAny(got.body, "<>\x1b\u202e") || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%s: %s", got.Header.Get("Content-Type"), got.body)
	}
	waiting := r.get(t, "/").body
	if strings.Contains(waiting, "<img") || strings.Contains(waiting, "<b>") || strings.Contains(waiting, "<script>") || strings.ContainsAny(waiting, "\x1b\u202e") {
		t.Errorf("the waiting page contains the text of a problem unescaped: %s", waiting)
	}
	if want := `<p class="place">&lt;/script&gt;&lt;b&gt;.md:1:1</p><p class="message"><span class="severity">error</span>&lt;img src=x onerror=alert(1)&gt;`; !strings.Contains(waiting, want) {
		t.Errorf("the waiting page does not list the problem: %s", waiting)
	}
}
