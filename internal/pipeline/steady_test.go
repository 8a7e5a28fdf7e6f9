package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/pipeline"
	"casebook/internal/source"
)

// TestFolderThatChangesIsReadAgain changes a page during a build, and checks that the site is
// built again, but not without end if the page changes during each build.
func TestFolderThatChangesIsReadAgain(t *testing.T) {
	for _, test := range []struct {
		changes int
		want    string // a part of the error
	}{{0, ""}, {1, ""}, {100, "build again when"}} {
		t.Run(fmt.Sprint(test.changes), func(t *testing.T) {
			dir := t.TempDir()
			readFolder(t, goldenInput).write(t, dir)
			scanner, err := source.New(dir, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			left := test.changes
			builder := newBuilder(pipeline.Options{Theme: defaultTheme(t), Progress: func(stage pipeline.Stage, done, _ int) {
				if stage != pipeline.Reading || done > 0 || left == 0 {
					return
				}
				left--
				about := filepath.Join(dir, "content/pages/about.md")
				text, err := os.ReadFile(about)
				if err == nil {
					err = os.WriteFile(about, append(text, fmt.Sprintf("\nChange %d.\n", left)...), 0o644)
				}
				if err != nil {
					t.Error(err)
				}
			}})
			result, err := builder.BuildFolder(t.Context(), scanner, today)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error %v, want %q", err, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if page, err := result.Snapshot.ReadFile("about/index.html"); err != nil || strings.Contains(string(page), "Change 0") != (test.changes > 0) {
				t.Errorf("the page does not have the last text: %v", err)
			}
		})
	}
}

// TestMovedPages checks the hints for pages that were published and no longer exist.
func TestMovedPages(t *testing.T) {
	result := buildDir(t, goldenInput, pipeline.Options{})
	for name, test := range map[string]struct {
		added, gone []string
		want        []string // "file hint"
	}{
		"nothing":              {nil, nil, nil},
		"a list and its pages": {nil, []string{"countries/x/index.html", "cases/a-z/index.html", "cases/page/2/index.html", "cases/x/plan.txt"}, nil},
		"removed":              {nil, []string{"cases/old/index.html"}, []string{"content/cases: if it has another address now, write in its file: aliases: [/cases/old/]"}},
		"renamed":              {[]string{"cases/governance/index.html"}, []string{"cases/old/index.html"}, []string{"content/cases/governance.md: if this is the same one, write here: aliases: [/cases/old/]"}},
		"a resource renamed":   {[]string{"resources/guide/index.html"}, []string{"resources/old/index.html"}, []string{"content/resources/guide.md: if this is the same one, write here: aliases: [/resources/old/]"}},
		"two, which nobody pairs": {[]string{"cases/governance/index.html"}, []string{"cases/old/index.html", "cases/older/index.html"}, []string{
			"content/cases: if it has another address now, write in its file: aliases: [/cases/old/]", "content/cases: if it has another address now, write in its file: aliases: [/cases/older/]",
		}},
	} {
		var got []string
		for _, p := range result.Moved(test.added, test.gone) {
			got = append(got, p.File+": "+p.Hint)
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, test.want)
		}
	}
}
