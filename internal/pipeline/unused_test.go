package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"
)

// TestUnusedFiles adds files that no page links to, and checks what is reported for each.
func TestUnusedFiles(t *testing.T) {
	golden := readFolder(t, goldenInput)
	picture := golden["content/cases/shared-ward/rota.png"]
	draft := strings.Replace(golden["content/cases/governance.md"], "---\n", "---\ndraft: true\n", 1) + "\n![A ward](<a ward.png>)\n"
	tests := []struct {
		name  string
		files folder
		want  []string // "path: code"
	}{
		{"a case study as text", folder{"cases/x.txt": "A text."}, []string{"cases/x.txt: not-markdown"}},
		{"a case study as PDF", folder{"cases/x.pdf": "%PDF-1.7\n%%EOF"}, []string{"cases/x.pdf: not-markdown"}},
		{"a case study that Notepad saved", folder{"cases/x.md.txt": "A text."}, []string{"cases/x.md.txt: unknown-file"}},
		{"a picture", folder{"cases/shared-ward/ward.png": picture}, []string{"cases/shared-ward/ward.png: unused-file"}},
		{"a document beside a case study", folder{"cases/shared-ward/later.txt": "A plan."}, []string{"cases/shared-ward/later.txt: unused-file"}},
		{"a picture of a draft", folder{"cases/draft/index.md": draft, "cases/draft/a ward.png": picture}, nil},
	}
	before := buildDir(t, goldenInput, pipeline.Options{}).Problems
	for _, test := range tests {
		files := readFolder(t, goldenInput)
		for name, text := range test.files {
			files["content/"+name] = text
		}
		var got []string
		for _, p := range files.build(t, pipeline.Options{}).Problems {
			if !slices.Contains(before, p) {
				got = append(got, fmt.Sprintf("%s: %s", strings.TrimPrefix(p.File, "content/"), p.Code))
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
