package library_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"casebook/internal/library"
)

// TestHintsWithoutSuggestion checks the hint for a name that resembles no other. It
// lists a short vocabulary, and says where to find a long one.
func TestHintsWithoutSuggestion(t *testing.T) {
	many := maps.Clone(base)
	many["principles/many.md"] = "---\nnumber: 20\ntitle: Many\nhallmarks:\n"
	for i := range 13 {
		many["principles/many.md"] += fmt.Sprintf("  - {id: sign-%d, title: Sign %d}\n", i, i)
		many[fmt.Sprintf("principles/many-%d.md", i)] = fmt.Sprintf("---\nnumber: %d\ntitle: Many %d\n---\n", i+2, i)
		many[fmt.Sprintf("resources/help-%d.md", i)] = fmt.Sprintf("---\ntitle: Help %d\ntype: guidance\nhallmarks: [{id: sign-1, why: it helps}]\n---\n", i)
		many[fmt.Sprintf("cases/story-%d.md", i)] = fmt.Sprintf("---\ntitle: Story %d\nhallmarks: [sign-1]\nauthors: [A]\n---\n", i)
		many["organisations.yaml"] += fmt.Sprintf("- {id: trust-%d, name: Trust %d}\n", i, i)
		many["references.yaml"] += fmt.Sprintf("- {id: ref-%d, type: report, title: R}\n", i)
	}
	many["principles/many.md"] += "---\n"
	tests := []struct{ front, few, many string }{
		{"countries: [Zzzzzzzzz]\n", "write its English name or its code, such as Uganda, UG or US-CA", "write its English name or its code, such as Uganda, UG or US-CA"},
		{"hallmarks: [Zzzzzzzzz]\n", "use one of: clear-plans, shared-vision", "hallmarks are in the files of principles/; write the id or title of one"},
		{"principles: [Zzzzzzzzz]\n", "use one of: strategic", "principles are the files of principles/; write the name of one without .md, or its title"},
		{"resources: [Zzzzzzzzz]\n", "use one of: guide", "resources are the files of resources/; write the name of one without .md, or its title"},
		{"related: [Zzzzzzzzz]\n", "use one of: c, other-case, scheme", "write the name of a file or folder of cases/, without .md, or its title"},
		{"agreed_by: [Zzzzzzzzz]\n", "use one of: mirembe, pair, rcm", "write a name of organisations.yaml, or of a partner"},
		{"quotes: [{text: T, consent: given, source: Zzzzzzzzz}]\n", "use one of: thet-2016", "see references.yaml for its id; for another source write {title: …, url: …}"},
	}
	for _, test := range tests {
		for want, files := range map[string]map[string]string{test.few: base, test.many: many} {
			files = maps.Clone(files)
			files["cases/c.md"] = "---\ntitle: C\nauthors: [A]\nkind: programme\n" + test.front + "---\n"
			_, problems := link(t, files, library.Options{})
			if len(problems) != 1 || problems[0].Hint != want {
				t.Errorf("%s: want %q, got %q", strings.TrimSpace(test.front), want, texts(problems))
			}
		}
	}
}

// TestHintsForShortNames checks that a hint suggests a similar name for a
// short one only if the two are very similar.
func TestHintsForShortNames(t *testing.T) {
	for text, want := range map[string]string{
		"b2":   "b3, chad, four",
		"two":  `did you mean "four"?`, // the second principle
		"fou":  `did you mean "four"?`,
		"chda": `did you mean "chad"?`,
		"foul": `did you mean "four"?`,
		"fuel": "b3, chad, four",
	} {
		files := map[string]string{"site.yaml": "title: T\n", "cases/c.md": "---\ntitle: C\nkind: programme\nauthors: [A]\nprinciples: [" + text + "]\n---\n"}
		for i, id := range []string{"b3", "four", "chad"} {
			files["principles/"+id+".md"] = fmt.Sprintf("---\nnumber: %d\ntitle: %s\n---\n", i+1, id)
		}
		if _, problems := link(t, files, library.Options{}); len(problems) != 1 || strings.TrimPrefix(problems[0].Hint, "use one of: ") != want {
			t.Errorf("%s: got %q, want %q", text, texts(problems), want)
		}
	}
}

// TestEntriesWithoutName checks that two entries without a name are not
// reported as two entries with the same name.
func TestEntriesWithoutName(t *testing.T) {
	files := maps.Clone(base)
	files["organisations.yaml"] += "- {id: first}\n- {id: second}\n"
	_, problems := link(t, files, library.Options{})
	if got := codes(problems); !slices.Equal(got, []string{"missing-field", "missing-field"}) {
		t.Errorf("got %q", got)
	}
}
