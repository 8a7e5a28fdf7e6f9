package library

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
)

// TestEveryPartOfKeptRelationsMatters makes an edit for each part of the key that
// relations are kept under: with all parts they are those worked out anew,
// without the part they are stale.
func TestEveryPartOfKeptRelationsMatters(t *testing.T) {
	files := map[string]string{
		"site.yaml":          "title: T\n",
		"principles/p.md":    "---\nnumber: 1\ntitle: P\nhallmarks: [{id: h, title: H}]\n---\n",
		"principles/q.md":    "---\nnumber: 2\ntitle: Q\n---\n",
		"disciplines.yaml":   "- {id: nursing, label: Nursing}\n- {id: surgery, label: Surgery}\n",
		"organisations.yaml": "- {id: o, name: Trust}\n- {id: l, name: Link, type: partnership}\n",
		"cases/scheme.md":    "---\ntitle: Scheme\nkind: programme\nauthors: [A]\n---\n",
		"cases/a.md":         "---\ntitle: A\nhallmarks: [h]\ncountries: [Uganda]\ndisciplines: [nursing]\npartners: [o]\npartnership: l\nprogramme: scheme\nprinciples: [p]\nauthors: [A]\n---\n",
		"cases/b.md":         "---\ntitle: B\nprinciples: [p]\nauthors: [A]\n---\n",
		"cases/c.md":         "---\ntitle: C\nprinciples: [p]\ncountries: [Uganda]\nauthors: [A]\n---\n",
		"cases/m.md":         "---\ntitle: M\nprinciples: [q]\ndisciplines: [surgery]\nrelated: [o]\nauthors: [A]\n---\n",
		"cases/n.md":         "---\ntitle: N\nprinciples: [q]\ndisciplines: [surgery]\nauthors: [A]\n---\n",
		"cases/o.md":         "---\ntitle: O\nprinciples: [q]\ndisciplines: [surgery]\nauthors: [A]\n---\n",
	}
	instead := func(old, new string) func(map[string]string) {
		return func(files map[string]string) { files["cases/b.md"] = strings.Replace(files["cases/b.md"], old, new, 1) }
	}
	for part, edit := range map[string]func(map[string]string){
		"kind": func(f map[string]string) {
			f["cases/c.md"] = strings.Replace(f["cases/c.md"], "title: C", "title: C\nkind: programme", 1)
		},
		"id": func(f map[string]string) { // of three that are alike but for what m names: the second comes last
			f["cases/p.md"] = f["cases/n.md"]
			delete(f, "cases/n.md")
		},
		"chosen": func(f map[string]string) {
			f["cases/a.md"] = strings.Replace(f["cases/a.md"], "authors", "related: [c]\nauthors", 1)
		},
		"partnership":  instead("authors", "partnership: l\nauthors"),
		"programme":    instead("authors", "programme: scheme\nauthors"),
		"hallmark":     instead("principles: [p]", "hallmarks: [h]"),
		"organisation": instead("authors", "partners: [o]\nauthors"),
		"discipline":   instead("authors", "disciplines: [nursing]\nauthors"),
		"country":      instead("authors", "countries: [Uganda]\nauthors"),
		"principle": func(f map[string]string) {
			f["cases/c.md"] = strings.Replace(f["cases/c.md"], "principles: [p]", "principles: [q]", 1)
		},
	} {
		for _, leftOut := range []string{"", part} {
			link := func(files map[string]string, opts Options) *Library {
				var parsed []*content.Parsed
				for _, name := range slices.Sorted(maps.Keys(files)) {
					parsed = append(parsed, content.Parse(name, []byte(files[name])))
				}
				lib, _ := New(parsed, opts)
				return lib
			}
			related := func(lib *Library) string {
				var b strings.Builder
				for _, c := range lib.Cases {
					fmt.Fprintf(&b, "%s:", c.ID)
					for _, r := range c.Related {
						fmt.Fprintf(&b, " %s %v", r.Study.ID, r.Reasons)
					}
					b.WriteByte('\n')
				}
				return b.String()
			}
			after := maps.Clone(files)
			edit(after)
			earlier := link(files, Options{leftOut: leftOut})
			kept, anew := related(link(after, Options{Earlier: earlier, leftOut: leftOut})), related(link(after, Options{}))
			if (kept == anew) != (leftOut == "") {
				t.Errorf("%s left out of the key (%q):\n%s\nanew:\n%s", part, leftOut, kept, anew)
			}
		}
	}
}
