package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
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
// either a site or errors. Its seeds are an eighth of the texts; TestMalformedFilesSweep has
// all of them.
func FuzzBuild(f *testing.F) {
	m := newMalformed(f)
	part := 8
	if testing.Short() {
		part = 40
	}
	for kind := range kinds {
		for _, text := range m.texts(kind, part) {
			f.Add(uint8(kind), text)
		}
	}
	f.Fuzz(m.check)
}

// malformed builds a site of which one file is replaced.
type malformed struct {
	base    folder
	dir     string
	builder *pipeline.Builder
}

func newMalformed(t testing.TB) *malformed {
	base := readFolder(t, goldenInput)
	base["themes/own/strings/en.yaml"] = "site.report: Tell us\n"
	base["content/site.yaml"] = strings.TrimSpace(base["content/site.yaml"]) + "\ntheme: own\n"
	for _, name := range kinds {
		if _, ok := base[name]; !ok {
			t.Fatalf("the golden input has no %s", name)
		}
	}
	m := &malformed{base, t.TempDir(), pipeline.New(pipeline.Options{Theme: defaultTheme(t)})}
	base.write(t, m.dir)
	return m
}

// texts returns every part-th text for the file of a kind: all shapes, and the file
// truncated near the end of each line.
func (m *malformed) texts(kind, part int) []string {
	all := slices.Clone(shapes)
	text := m.base[kinds[kind]]
	for end := range len(text) {
		if text[end] == '\n' {
			all = append(all, text[:end-min(end, 3)])
		}
	}
	return sample(all[kind%part:], part)
}

func (m *malformed) check(t *testing.T, kind uint8, text string) {
	name := kinds[int(kind)%len(kinds)]
	file := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	defer os.WriteFile(file, []byte(m.base[name]), 0o644)
	result, err := m.builder.Build(context.Background(), pipeline.Input{Tree: scan(t, m.dir), Today: today})
	if err != nil {
		t.Fatal(err)
	}
	if (result.Snapshot == nil) != result.Failed() {
		t.Errorf("%s as %q: both a site and errors, or neither: %v", name, text, result.Problems)
	}
}
