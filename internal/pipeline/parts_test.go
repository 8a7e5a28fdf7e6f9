package pipeline_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"

	"casebook/internal/content"
	"casebook/internal/pipeline"
)

// TestEveryPartOfAKeyMatters makes an edit for each part of the keys that a
// builder keeps its results under. With the part the site is that of a clean
// build; without it the oracle must find a stale file, or it would find nothing.
func TestEveryPartOfAKeyMatters(t *testing.T) {
	const governance, ward = "content/cases/governance.md", "content/resources/ward-checklist/checklist.txt"
	picture := func(width int) string {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 2))); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	edits := map[string]edit{
		"bytes of a file":                 replace(governance, "The plan outlived", "The plan has outlived"),
		"bytes of an attachment":          replace(ward, "____", "...."),
		"entries":                         replace(governance, "title: Governance", "title: The governance"),
		"attachments that there are":      replace(ward, "____", "________________"),
		"build date":                      {name: "another day", do: func(folder) {}},
		"files of the theme":              add("themes/own/assets/site.css", "body { margin: 0 }\n"),
		"language":                        replace("content/site.yaml", "language: en", "language: en-GB"),
		"data of a page":                  replace(governance, "title: Governance", "title: The governance"),
		"text of a page":                  replace("content/pages/about.md", "A small knowledge base", "A very small knowledge base"),
		"templates and strings of a page": replace("themes/own/strings/en.yaml", "a mistake", "mistakes"),
	}
	if len(edits) != len(pipeline.Parts) {
		t.Errorf("%d edits for %d parts", len(edits), len(pipeline.Parts))
	}
	for _, part := range pipeline.Parts {
		e, ok := edits[string(part)]
		if !ok {
			t.Errorf("no edit for %q", part)
			continue
		}
		before := readFolder(t, goldenInput)
		before["themes/own/strings/en-GB.yaml"] = "site.report: Do tell us\n"
		before["content/cases/shared-ward/rota.png"] = picture(3)
		for _, leave := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%v", part, leave), func(t *testing.T) {
				dir := t.TempDir()
				files := folder{}
				for name, text := range before {
					files[name] = text
				}
				files.write(t, dir)
				builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
				if leave {
					builder.LeaveOut(part)
				}
				made := func(b *pipeline.Builder, date content.Date) map[string][32]byte {
					t.Helper()
					result, err := b.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: date})
					if err != nil || result.Failed() {
						t.Fatal(err, result.Problems)
					}
					return hashes(result.Snapshot)
				}
				made(builder, content.Date{Year: 2026, Month: 6, Day: 30})
				e.do(files)
				files.write(t, dir)
				july := content.Date{Year: 2026, Month: 6, Day: 30}
				if part == "build date" {
					july = content.Date{Year: 2026, Month: 7, Day: 1}
				}
				diff := changed(made(builder, july), made(pipeline.New(pipeline.Options{Theme: defaultTheme(t)}), july))
				if stale := len(diff) > 0; stale != leave {
					t.Errorf("%s: these differ from a clean build: %q", e.name, diff)
				}
			})
		}
	}
}
