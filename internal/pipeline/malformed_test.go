package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/pipeline"
)

// kinds are files of the golden input, one of each kind of content.
var kinds = []string{
	"content/site.yaml", "content/organisations.yaml", "content/disciplines.yaml", "content/references.yaml",
	"content/principles/listen-first.md", "content/cases/shared-ward/index.md", "content/resources/guide.md", "content/pages/about.md",
	"themes/own/strings/en.yaml",
}

// shapes are texts that are invalid for all kinds of files, and some that are valid for all.
var shapes = []string{
	"", "\n", "null", "~", "42", "true", "text", `""`, "- x", "[]", "{}", "{[", "[[]]", "- - x", "- null", "x: y", "x: [", "title:", "title: [x]", "? x", ": x", "'", "\"",
	"title: x\ntitle: y", "&a [*a]", "\x00", "\xff", "...", "%YAML 9.9", "page_size: -1", "page_size: 99999999999", "id: x", "- id: x", "- id:", "- {}",
	"---", "---\n", "---\n---\n", "---\nnull\n---\n", "---\n42\n---\n", "---\n- x\n---\n", "---\n[]\n---\n", "---\n{[\n---\n", "---\nx: y\n---\n", "---\ntitle: x", "---\ntitle: x\n---", "# x",
}

// FuzzBuild replaces one file of each kind by a text, and checks that the build ends with
// either a site or errors. Its seeds are all shapes for all files, and all files truncated
// near the end of each line; with -short, a tenth of the shapes.
func FuzzBuild(f *testing.F) {
	base := readFolder(f, goldenInput)
	base["themes/own/strings/en.yaml"] = "site.report: Tell us\n"
	base["content/site.yaml"] = strings.TrimSpace(base["content/site.yaml"]) + "\ntheme: own\n"
	for kind, name := range kinds {
		if _, ok := base[name]; !ok {
			f.Fatalf("the golden input has no %s", name)
		}
		for i, shape := range shapes {
			if !testing.Short() || (kind+i)%10 == 0 {
				f.Add(uint8(kind), shape)
			}
		}
		for line, end := 0, 0; end < len(base[name]); end++ {
			if base[name][end] != '\n' {
				continue
			}
			if line++; !testing.Short() && line%3 == kind%3 {
				f.Add(uint8(kind), base[name][:end-min(end, 3)])
			}
		}
	}
	dir := f.TempDir()
	base.write(f, dir)
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(f)})
	f.Fuzz(func(t *testing.T, kind uint8, text string) {
		name := kinds[int(kind)%len(kinds)]
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		defer os.WriteFile(file, []byte(base[name]), 0o644)
		result, err := builder.Build(context.Background(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if (result.Snapshot == nil) != result.Failed() {
			t.Errorf("%s as %q: both a site and errors, or neither: %v", name, text, result.Problems)
		}
	})
}
