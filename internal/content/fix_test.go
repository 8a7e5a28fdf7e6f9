package content_test

import (
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// TestFixAddsNoProblem applies Fix to each mistake of TestMistakes.
func TestFixAddsNoProblem(t *testing.T) {
	fixed := 0
	for _, h := range mistakes {
		text, _ := mutate(t, h.file, h.old, h.new)
		before := content.Parse(h.file, []byte(text)).Problems
		got, done := content.Fix(h.file, []byte(text))
		after := content.Parse(h.file, got).Problems
		if len(done) == 0 {
			if string(got) != text {
				t.Errorf("%s: the file is changed without a fix", h.name)
			}
			continue
		}
		fixed++
		if len(after) != len(before)-len(done) {
			t.Errorf("%s: fixed %v, and these problems remain: %v", h.name, done, after)
		}
		if was, is := problem.Lines([]byte(text)), problem.Lines(got); len(was) != len(is) {
			t.Errorf("%s: %d lines became %d", h.name, len(was), len(is))
		}
	}
	if fixed < 10 {
		t.Errorf("only %d of the mistakes were fixed", fixed)
	}
}

func TestFixKeepsEverythingElse(t *testing.T) {
	const was = "\ufeff---\r\ntitle: “Burns care”\r\n# a comment\r\nKind: example\r\nprinciples: [strategic]\r\nlicense: CC-BY-4.0\r\nauthors: [A]\r\n---\r\nText “in quotes”.\r\n"
	got, done := content.Fix("cases/x.md", []byte(was))
	want := strings.NewReplacer("“Burns care”", `"Burns care"`, "Kind", "kind", "license", "licence").Replace(was)
	if string(got) != want || len(done) != 3 {
		t.Errorf("fixed %v: got\n%s\nwant\n%s", done, got, want)
	}
}
