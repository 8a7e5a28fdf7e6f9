package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casebook/internal/pipeline"
	"casebook/internal/problem"
)

// TestRefusedPictureIsOneProblem checks that a refused picture is one problem, and that the
// pages that use it are reported only after the file is removed.
func TestRefusedPictureIsOneProblem(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml":            "title: T\n",
		"cases/a/index.md":     "---\ntitle: A\nkind: programme\nauthors: [A]\n---\n![x](ward.png) [y](form.pdf)\n",
		"cases/a/ward.png":     "no picture",
		"cases/a/form.pdf":     "no document",
		"resources/r/form.pdf": "no document",
		"resources/r/index.md": "---\ntitle: R\ntype: template\nfile: form.pdf\n---\n",
	} {
		path := filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	faults := func() []string {
		result, err := b.Build(context.Background(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		for _, p := range result.Problems {
			if p.Severity == problem.Error {
				files = append(files, p.File)
			}
		}
		return files
	}
	if got, want := faults(), []string{"content/cases/a/form.pdf", "content/cases/a/ward.png", "content/resources/r/form.pdf"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, gone := range []string{"cases/a/ward.png", "resources/r/form.pdf"} {
		if err := os.Remove(filepath.Join(dir, "content", gone)); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := faults(), []string{"content/cases/a/form.pdf", "content/cases/a/index.md", "content/resources/r/index.md"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestMistakeChangesKeptLibrary checks that a mistake in an entry changes the problems
// of other files, although the set of valid entries does not change.
func TestMistakeChangesKeptLibrary(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("site.yaml", "title: T\n")
	write("organisations.yaml", "- {id: one, name: One}\n")
	write("cases/a.md", "---\ntitle: A\nkind: programme\nauthors: [A]\npartners: [New Trust]\n---\n")
	b := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	warnings := func() int {
		result, err := b.Build(context.Background(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		return problem.Count(result.Problems, problem.Warning)
	}
	before := warnings()
	write("organisations.yaml", "- {id: one, name: One}\n- {id: New Trust, name: New Trust}\n")
	if after := warnings(); before != 1 || after != 0 {
		t.Errorf("%d warnings, then %d; want 1, then none", before, after)
	}
}
