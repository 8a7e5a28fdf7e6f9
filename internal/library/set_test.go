package library_test

import (
	"fmt"
	"maps"
	"testing"

	"casebook/internal/library"
)

// TestUnknownPrincipleSet checks that an unknown set in site.yaml is one problem,
// not one for each case study that names a hallmark.
func TestUnknownPrincipleSet(t *testing.T) {
	files := maps.Clone(base)
	files["principles/first.md"] = "---\nnumber: 1\ntitle: First\nset: ours\nhallmarks: [{id: open, title: Open}]\n---\n"
	files["principles/strategic.md"] = "---\nnumber: 1\ntitle: Strategic\nset: thet-2016\nhallmarks: [{id: shared-vision, title: A shared vision}, {id: clear-plans, title: Clear plans}]\n---\n"
	files["principles/second.md"] = "---\nnumber: 2\ntitle: Second\nset: ours\n---\n"
	for i, hallmark := range []string{"shared-vision", "Clear plans", "open"} {
		files[fmt.Sprintf("cases/more-%d.md", i)] = "---\ntitle: More " + hallmark + "\nprinciples: [first, strategic]\nhallmarks: [" + hallmark + "]\nauthors: [A]\n---\n[x](../principles/first.md) [y](../principles/strategic.md)\n"
	}
	for set, hint := range map[string]string{
		"thet-2061": `did you mean "thet-2016"?`,
		"theirs":    "use one of: ours, thet-2016",
		"THET-2016": `did you mean "thet-2016"?`,
	} {
		files["site.yaml"] = "title: T\nprinciple_set: " + set + "\n"
		lib, problems := link(t, files, library.Options{})
		message := fmt.Sprintf("no principle belongs to the set %q", set)
		if len(problems) != 1 || problems[0].File != "site.yaml" || problems[0].Line != 2 || problems[0].Column != 16 || problems[0].Message != message || problems[0].Hint != hint || len(lib.LeftOut) > 0 {
			t.Errorf("%s: got %q, left out %v", set, texts(problems), lib.LeftOut)
		}
	}
	// When the set exists, case studies may also name principles of the other set, so
	// that a site can change the setting.
	for _, set := range []string{"thet-2016", "ours"} {
		files["site.yaml"] = "title: T\nprinciple_set: " + set + "\n"
		lib, problems := link(t, files, library.Options{})
		if len(problems) > 0 || len(lib.LeftOut) == 0 || lib.LeftOut[0].Why != library.OtherSet {
			t.Errorf("%s: got %v, left out %v", set, problems, lib.LeftOut)
		}
		for _, p := range lib.Principles {
			if p.Set != set {
				t.Errorf("%s shows %s", set, p.ID)
			}
		}
	}
	// Without the setting, one message asks for it.
	files["site.yaml"] = "title: T\n"
	_, problems := link(t, files, library.Options{})
	if len(problems) != 1 || problems[0].Code != "missing-set" || problems[0].Hint != "say which one the site shows: principle_set: ours" {
		t.Errorf("got %v", problems)
	}
	// When no principle has a set, none is left out.
	files = maps.Clone(base)
	files["site.yaml"] = "title: T\nprinciple_set: thet-2016\n"
	if _, problems = link(t, files, library.Options{}); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
}
