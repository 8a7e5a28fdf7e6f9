package site

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
)

// TestEveryPartOfAKeptPageMatters makes an edit for each part of the keys that
// pages are kept under. With all parts a site that keeps pages is the one made
// anew; without the part some page must be stale.
func TestEveryPartOfAKeptPageMatters(t *testing.T) {
	files := map[string]string{
		"site.yaml":          "title: T\npage_size: 2\n",
		"principles/p.md":    "---\nnumber: 1\ntitle: P\n---\n",
		"principles/q.md":    "---\nnumber: 2\ntitle: Q\n---\n",
		"organisations.yaml": "- {id: o, name: Trust}\n",
	}
	for i, id := range []string{"a", "b", "c", "d", "e"} {
		files["cases/"+id+".md"] = fmt.Sprintf("---\ntitle: %s case\nsummary: S\nprinciples: [p]\ncountries: [Uganda]\npartners: [o]\npublished: 2026-01-0%d\nauthors: [A]\n---\n", strings.ToUpper(id), 9-i)
	}
	for i := range 6 {
		files[fmt.Sprintf("cases/f%d.md", i)] = fmt.Sprintf("---\ntitle: F%d\nprinciples: [p]\nauthors: [A]\n---\n", i)
	}
	files["cases/scheme.md"] = "---\ntitle: Scheme\nkind: programme\nauthors: [A]\n---\n"
	files["cases/a.md"] = strings.Replace(files["cases/a.md"], "authors", "related: [e]\nauthors", 1)
	files["cases/c.md"] = strings.Replace(files["cases/c.md"], "authors", "programme: scheme\nauthors", 1)

	for part, edit := range map[string]struct{ file, old, new string }{
		"case":       {"cases/a.md", "authors: [A]", "authors: [B]"},
		"programme":  {"cases/scheme.md", "title: Scheme", "title: The scheme"},
		"members":    {"cases/c.md", "summary: S", "summary: Other"},
		"related":    {"cases/e.md", "summary: S", "summary: Other"},
		"neighbours": {"cases/f1.md", "title: F1", "title: F1 again"},
		"terms":      {"organisations.yaml", "Trust", "The Trust"},
		"length":     {"cases/f5.md", "principles", "kind: programme\nprinciples"},
		"part":       {"cases/a.md", "summary: S", "summary: Other"},
		"others":     {"cases/d.md", "principles: [p]", "principles: [p, q]"},
		"letters":    {"cases/f5.md", "title: F5", "title: Z"},
	} {
		for _, leftOut := range []string{"", part} {
			lib := func(files map[string]string) *library.Library {
				var parsed []*content.Parsed
				for _, name := range slices.Sorted(maps.Keys(files)) {
					parsed = append(parsed, content.Parse(name, []byte(files[name])))
				}
				lib, problems := library.New(parsed, library.Options{})
				if len(problems) > 0 {
					t.Fatal(problems)
				}
				return lib
			}
			earlier, _ := New(lib(files), Options{leftOut: leftOut})
			after := maps.Clone(files)
			if !strings.Contains(after[edit.file], edit.old) {
				t.Fatalf("%s holds no %q", edit.file, edit.old)
			}
			after[edit.file] = strings.Replace(after[edit.file], edit.old, edit.new, 1)
			kept, _ := New(lib(after), Options{Earlier: earlier, leftOut: leftOut})
			anew, _ := New(lib(after), Options{})
			if same := reflect.DeepEqual(kept.Pages, anew.Pages); same != (leftOut == "") {
				t.Errorf("%s left out of the keys (%q): equal to a site made anew: %v", part, leftOut, same)
			}
		}
	}
}
