package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"
)

// TestReasons makes several edits, and checks the reasons for which pages are rendered.
func TestReasons(t *testing.T) {
	const governance, imposed = "content/cases/governance.md", "content/cases/rota-imposed.md"
	dir := t.TempDir()
	files := readFolder(t, goldenInput)
	files.write(t, dir)
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	follow := func() []string {
		t.Helper()
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil || result.Failed() {
			t.Fatal(err, result.Problems)
		}
		var lines []string
		for _, r := range result.Rerendered {
			lines = append(lines, fmt.Sprintf("%s: %s", r.Page, r.Reason))
		}
		return lines
	}
	if lines := follow(); !slices.Contains(lines, "home page: new") {
		t.Errorf("at first: %q", lines)
	}
	for _, step := range []struct {
		edit edit
		want []string // all reasons, or some of them if the last is "…"
	}{
		{edit{name: "nothing", do: func(folder) {}}, nil},
		{replace("content/pages/about.md", "A small", "A very small"), []string{"about: text"}},
		{replace(imposed, "Nobody had asked", "No one had asked"), []string{"cases/rota-imposed: text"}},
		{replace(imposed, "title: A rota", "title: One rota"), []string{"cases/rota-imposed: Title, Case.Title, Neighbours, Citation.BibTeX", "…"}},
		{add("content/cases/new.md", "---\ntitle: New\nprinciples: [share-credit]\nauthors: [A]\n---\n\nNew.\n"), []string{"cases/new: new", "principles/share-credit: Take, Examples, Total.Examples", "…"}},
		{replace("content/site.yaml", "title: Small", "title: Smaller"), []string{"about: Report, Site.Title", "…"}},
		{replace("themes/own/strings/en.yaml", "a mistake", "mistakes"), []string{"about: theme", "…"}},
		{replace(governance, "countries: [Tanzania]", "countries: [Uganda]"), []string{"countries/uganda: Country.Examples, Principles, Cases, Pager.Total", "cases/governance: Countries, Locator.Marks, Related, Citation.Keywords", "…"}},
	} {
		step.edit.do(files)
		files.write(t, dir)
		lines := follow()
		want, all := step.want, true
		if n := len(want); n > 0 && want[n-1] == "…" {
			want, all = want[:n-1], false
		}
		for _, line := range want {
			if !slices.Contains(lines, line) {
				t.Errorf("%s: %q is not among\n%s", step.edit.name, line, strings.Join(lines, "\n"))
			}
		}
		if all && len(lines) != len(want) {
			t.Errorf("%s: got\n%s", step.edit.name, strings.Join(lines, "\n"))
		}
	}
}
