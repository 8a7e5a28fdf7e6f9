package library_test

import (
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

func TestChallengesThatNameOrganisations(t *testing.T) {
	for _, test := range []struct{ name, fields, reported string }{
		{"no source is published", "authors: [A]\npartners: [ridge]", "Ridge Hospital"},
		{"one of two has agreed", "authors: [A]\npartners: [ridge, mirembe]\nagreed_by: [ridge]", "Mirembe Hospital"},
		{"a letter", "sources: [letter]\npartners: [ridge]", "Ridge Hospital"},
		{"a source without an address", "sources: [{title: What we heard}]\npartners: [ridge]", "Ridge Hospital"},
		{"a partnership", "authors: [A]\npartnership: both", "Both"},
		{"one source of two is published", "sources: [report, letter]\npartners: [ridge]", "Ridge Hospital"},
		{"all have agreed", "authors: [A]\npartners: [ridge, mirembe]\nagreed_by: [ridge, mirembe]", ""},
		{"their partnership has agreed", "authors: [A]\npartners: [ridge, mirembe]\nagreed_by: [both]", ""},
		{"all sources are published", "sources: [report, {title: R, url: \"https://example.org/\"}]\npartners: [ridge]", ""},
		{"nobody is named", "authors: [A]", ""},
		{"a draft", "draft: true\nauthors: [A]\npartners: [ridge]", ""},
		{"an example", "kind: example\nauthors: [A]\npartners: [ridge]", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			kind := "kind: challenge\n"
			if strings.HasPrefix(test.fields, "kind:") {
				kind = ""
			}
			files := []*content.Parsed{
				content.Parse("site.yaml", []byte("title: T\n")),
				content.Parse("principles/fair.md", []byte("---\ntitle: Fair\nnumber: 1\nsummary: S\n---\n")),
				content.Parse("organisations.yaml", []byte("- {id: ridge, name: Ridge Hospital}\n- {id: mirembe, name: Mirembe Hospital}\n- {id: both, name: Both, type: partnership, members: [ridge, mirembe]}\n")),
				content.Parse("references.yaml", []byte("- {id: report, type: report, title: R, publisher: THET}\n- {id: letter, type: personal_communication, title: L, publisher: THET}\n")),
				content.Parse("cases/x.md", []byte("---\ntitle: T\nprinciples: [fair]\n"+kind+test.fields+"\n---\nText.\n")),
			}
			_, problems := library.New(files, library.Options{Drafts: true})
			var got []problem.Problem
			for _, p := range problems {
				if p.Code == "not-agreed" {
					got = append(got, p)
				}
			}
			switch {
			case test.reported == "" && len(got) > 0:
				t.Errorf("got %v", got)
			case test.reported != "" && (len(got) != 1 || !strings.Contains(got[0].Message, "names "+test.reported+",") || got[0].Line < 2 || got[0].Severity != problem.Error):
				t.Errorf("got %v, want one about %s", got, test.reported)
			}
		})
	}
}
