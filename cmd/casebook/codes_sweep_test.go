//go:build sweep

package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/docs"
	"casebook/internal/problem"
)

// TestCodeExamplesOfThemesSweep is TestCodeExamples for codes of themes. It takes longer,
// because each example loads a theme.
func TestCodeExamplesOfThemesSweep(t *testing.T) {
	testCodeExamples(t, func(code string) bool { return strings.HasPrefix(code, "theme-") })
}

// named matches a hint that gives exactly one text to write.
var named = regexp.MustCompile(`^(?:did you mean "?([^"?]+)"?\?.*|use one of: ([^,]+)|write ([^\s,;"]+|#+ [^,;"]+|\.\./\S+)|put quotes round the whole name: (".+"))$`)

// obeyed follows the hint of a problem, if it is an edit or one text that replaces another.
func obeyed(t *testing.T, text string, p problem.Problem) (string, bool) {
	t.Helper()
	edit := p.Fix
	if m := named.FindStringSubmatch(p.Hint); edit == (problem.Edit{}) && m != nil && p.Line > 0 {
		line := []rune(strings.Split(text, "\n")[p.Line-1])[p.Column-1:]
		ends := "],})\""
		if line[0] == '#' || m[4] != "" {
			ends = "])\"" // the text has spaces and commas
		}
		length := strings.IndexAny(string(line)+ends, ends)
		edit = problem.Edit{
			From: problem.Position{Line: p.Line, Column: p.Column},
			To:   problem.Position{Line: p.Line, Column: p.Column + len([]rune(string(line)[:min(length, len(string(line)))]))},
			Text: strings.Join(m[1:], ""),
		}
	}
	if edit == (problem.Edit{}) {
		return "", false
	}
	done, err := problem.Apply([]byte(text), []problem.Edit{edit})
	if err != nil {
		t.Errorf("%s: %v", p, err)
	}
	return string(done), true
}

// TestFollowedHintsSweep follows the hints of the examples of codes exactly, and checks that
// the problem disappears and no other appears.
func TestFollowedHintsSweep(t *testing.T) {
	site := newExampleSite(t)
	tried := 0
	for _, code := range docs.Codes() {
		e := exampleOf(code)
		if e.wrong == nil || strings.HasPrefix(code.Name, "theme-") {
			continue
		}
		before := site.check(t, e.wrong)
		for _, p := range before {
			text, isObeyed := "", false
			if p.Code == code.Name {
				text, isObeyed = obeyed(t, e.wrong[p.File], p)
			}
			if !isObeyed {
				continue
			}
			tried++
			files := maps.Clone(e.wrong)
			files[p.File] = text
			for _, after := range site.check(t, files) {
				if !slices.ContainsFunc(before, func(q problem.Problem) bool { return q.Code == after.Code && q.Code != p.Code }) {
					t.Errorf("%s: %s\n%s\ngives\n%s\nwhich has %s (%s)", code.Name, p, p.Hint, text, after, after.Code)
				}
			}
		}
	}
	if tried < 18 {
		t.Errorf("only %d hints were followed", tried)
	}
}
