package library_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// TestReferencesToUnreadableFiles checks that references to entries of an
// unreadable file are not reported.
func TestReferencesToUnreadableFiles(t *testing.T) {
	files := withCase("hallmarks: [clear-plans, unheard-of]\nprinciples: [other]\nrelated: [other-case]\nresources: [guide]\npartners: [New Trust]\ndisciplines: [Dentistry]\nagreed_by: [Another]\n",
		"[x](other-case.md) [y](../resources/guide.md) [z](../pages/about.md#who)\n")
	files["principles/other.md"] = "---\nnumber: 2\ntitle: Other\n---\n"
	unread := []string{"principles/other.md", "cases/other-case.md", "resources/guide.md", "pages/about.md", "organisations.yaml", "disciplines.yaml", "references.yaml"}
	var parsed []*content.Parsed
	for _, path := range slices.Sorted(maps.Keys(files)) {
		p := content.Parse(path, []byte(files[path]))
		if slices.Contains(unread, path) {
			p = &content.Parsed{Path: path, Problems: []problem.Problem{{File: path, Code: "unreadable"}}}
		}
		parsed = append(parsed, p)
	}
	lib, problems := library.New(parsed, library.Options{Today: today})
	_, dead := lib.ResolveLinks(parsed)
	if problems = append(problems, dead...); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
}

// TestNoNewTermWithMistakenEntry checks that a name is not reported as new when an entry
// with a mistake may be its entry.
func TestNoNewTermWithMistakenEntry(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\npartners: [New Trust]\ndisciplines: [Dentistry]\n", "")
	files["organisations.yaml"] += "- {id: New Trust, name: New Trust}\n"
	files["disciplines.yaml"] += "- {label: Dentistry}\n"
	_, problems := link(t, files, library.Options{})
	if len(problems) != 2 || problems[0].File != "disciplines.yaml" || problems[1].File != "organisations.yaml" {
		t.Errorf("got %v", problems)
	}
}

// TestOneMessageForAMistakenEntry checks that what names an entry is not reported
// too where the entry has a mistake, and that another name is reported all the same.
func TestOneMessageForAMistakenEntry(t *testing.T) {
	for file, mistake := range map[string][2]string{
		"principles/strategic.md": {"{id: clear-plans, title: Clear plans}", "{id: Clear Plans, title: Clear plans}"},
		"organisations.yaml":      {"id: mirembe, name", "id: Mirembe, name"},
		"disciplines.yaml":        {"{id: midwifery, label", "{id: Midwifery, label"},
		"references.yaml":         {"id: thet-2016", "id: THET 2016"},
	} {
		files := withCase("hallmarks: [clear-plans, unheard-of]\npartners: [mirembe]\nagreed_by: [mirembe, someone-else]\nquotes: [{text: T, consent: given, source: nobody-1900}]\n", "")
		files["references.yaml"] += "- {id: other-2020, type: report, title: Another, issued: 2020}\n"
		files[file] = strings.Replace(files[file], mistake[0], mistake[1], 1)
		_, problems := link(t, files, library.Options{})
		if want := []string{"bad-id", "unknown-hallmark", "unknown-organisation", "unknown-reference"}; !slices.Equal(codes(problems), want) {
			t.Errorf("%s: got %v", file, problems)
		}
	}
}
