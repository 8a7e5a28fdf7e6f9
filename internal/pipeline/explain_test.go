package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"
)

// TestExplain wants the words that say why pages are rendered.
func TestExplain(t *testing.T) {
	const governance, imposed = "content/cases/governance.md", "content/cases/rota-imposed.md"
	dir := t.TempDir()
	files := readFolder(t, goldenInput)
	files.write(t, dir)
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t), Explain: true})
	follow := func() []string {
		t.Helper()
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil || result.Failed() {
			t.Fatal(err, result.Problems)
		}
		var lines []string
		for _, reason := range result.Explain() {
			lines = append(lines, reason.String())
		}
		return lines
	}
	follow()
	for _, step := range []struct {
		edit edit
		want []string // lines, or what they start with
	}{
		{edit{name: "nothing", do: func(folder) {}}, nil},
		{replace("content/pages/about.md", "A small", "A very small"), []string{"text of about changed: its own page"}},
		{replace(imposed, "title: A rota", "title: One rota"), []string{"title of cases/rota-imposed changed: its own page, listed on "}},
		{add("content/cases/new.md", "---\ntitle: New\nprinciples: [share-credit]\nauthors: [A]\n---\n\nNew.\n"), []string{"cases/new is now listed: listed on cases/page/2, principles/share-credit, the home page", "cases/new is new: its own page"}},
		{replace(imposed, "Nobody had asked", "No one had asked"), []string{"text of cases/rota-imposed changed: its own page"}},
		{replace("content/site.yaml", "title: Small", "title: Smaller"), []string{"title of the site changed: "}},
		{replace("themes/own/strings/en.yaml", "a mistake", "mistakes"), []string{"templates, strings or assets of the theme changed: "}},
		{replace(governance, "countries: [Tanzania]", "countries: [Uganda]"), []string{"cases/governance is now listed: ", "cases/governance is no longer listed: ", "countries/uganda is now listed: listed on cases/governance"}},
	} {
		step.edit.do(files)
		files.write(t, dir)
		lines := follow()
		if len(step.want) == 0 && len(lines) > 0 || len(step.want) == 1 && len(lines) == 0 {
			t.Errorf("%s: %q", step.edit.name, lines)
		}
		for _, want := range step.want {
			if !slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, want) }) {
				t.Errorf("%s: no line starts with %q:\n%s", step.edit.name, want, strings.Join(lines, "\n"))
			}
		}
	}
}
