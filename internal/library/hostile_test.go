//go:build !race

package library_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/content"
	"casebook/internal/cost"
	"casebook/internal/library"
)

func TestHostileShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	checkHostileShapes(t, "misspelt partners", "one title for all", "dead anchors")
}

// checkHostileShapes links many wrong names in large vocabularies: those of the shapes, or
// all. This would be slow if the time for hints grew with the number of wrong names times
// the number of entries.
func checkHostileShapes(t *testing.T, shapes ...string) {
	const limit, memory = 5 * time.Second, 256 << 20
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	list := func(n int, format string) string { return strings.TrimSuffix(many(n, format), ", ") }
	base := relatedCases(func(i int) string { return fmt.Sprintf("Story about something %d", i) })
	for name, more := range map[string]map[string]string{
		"misspelt partners": {
			"organisations.yaml": many(14_000, "- {id: trust-%d, name: Trust of somewhere %[1]d}\n"),
			"cases/c.md":         study200("partners", list(200, "Trsut of somewhere %d, ")),
		},
		"misspelt disciplines": {
			"disciplines.yaml": many(14_000, "- {id: d-%d, label: Discipline of something %[1]d}\n"),
			"cases/c.md":       study200("disciplines", list(200, "Dsicipline of something %d, ")),
		},
		"misspelt references": {
			"references.yaml": many(12_000, "- {id: report-on-health-%d, type: report, title: R}\n"),
			"cases/c.md":      study200("sources", list(200, "reprot-on-health-%d, ")),
		},
		"misspelt case studies": {
			"cases/c.md": study200("related", list(200, "stroy-about-something-%d, ")),
		},
		"members of an organisation": {
			"organisations.yaml": many(5_000, "- {id: trust-%d, name: Trust %[1]d, members: [nobody-%[1]d], successor: noone-%[1]d}\n"),
		},
		"unknown benefits":      {"cases/c.md": "---\ntitle: C\nkind: programme\nauthors: [A]\nbenefits:\n" + many(1_900, "  Republic of Nowhere %d: x\n") + "---\n"},
		"names of countries":    {"site.yaml": "title: T\ncountries:\n" + many(20_000, "  Republic of Nowhere %d: A land %[1]d\n")},
		"dead anchors":          {"cases/c.md": "---\ntitle: C\nkind: programme\nauthors: [A]\n---\n" + many(4_000, "## Heading number %d\n\n") + many(4_000, "[x](#heding-number-%d)\n\n")},
		"dead links":            {"cases/c.md": "---\ntitle: C\nkind: programme\nauthors: [A]\n---\n" + many(20_000, "[x](stroy-about-%d.md)\n\n")},
		"links to the preview":  {"cases/c.md": "---\ntitle: C\nkind: programme\nauthors: [A]\n---\n" + many(10_000, "[x](http://localhost:8080/cases/story-%d/)\n\n")},
		"one title for all":     {},
		"long names":            {"cases/c.md": study200("countries", list(200, strings.Repeat("Nowhere land ", 15)+"%d, "))},
		"divided titles":        {"cases/c.md": study200("hallmarks", list(200, "Part %d, "))},
		"commas within a title": {"cases/c.md": study200("hallmarks", `"`+list(2_000, "part %d, ")+`"`)},
	} {
		if len(shapes) > 0 && !slices.Contains(shapes, name) {
			continue
		}
		parsed := slices.Clone(base)
		if name == "one title for all" {
			parsed = relatedCases(func(int) string { return "Story" })
		}
		for path, text := range more {
			parsed = append(parsed, content.Parse(path, []byte(text)))
		}
		if more["site.yaml"] == "" {
			parsed = append(parsed, content.Parse("site.yaml", []byte("title: T\n")))
		}
		var found int
		took, used := cost.Of(func() {
			lib, problems := library.New(parsed, library.Options{Today: today})
			_, dead := lib.ResolveLinks(parsed)
			found = len(problems) + len(dead)
		})
		if took > limit || used > memory {
			t.Errorf("%s: %v of processor time, %d MB, %d problems", name, took, used>>20, found)
		} else {
			t.Logf("%s: %v, %d MB, %d problems", name, took, used>>20, found)
		}
	}
}

// relatedCases returns 2,000 case studies with titles that title returns, each related
// to others.
func relatedCases(title func(i int) string) []*content.Parsed {
	files := []*content.Parsed{content.Parse("principles/p.md", []byte("---\nnumber: 1\ntitle: P\nhallmarks: [{id: h, title: H}]\n---\n"))}
	for i := range 2_000 {
		text := fmt.Sprintf("---\ntitle: %s\nhallmarks: [h]\nauthors: [A]\nrelated: [%s]\n---\n", title(i), title((i+1)%2_000))
		files = append(files, content.Parse(fmt.Sprintf("cases/story-about-something-%d.md", i), []byte(text)))
	}
	return files
}

// study200 returns a case study whose field has the list as its value.
func study200(field, list string) string {
	return "---\ntitle: C\nkind: programme\nauthors: [A]\n" + field + ": [" + list + "]\n---\n"
}
