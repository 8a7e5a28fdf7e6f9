package advice_test

import (
	"os"
	"strings"
	"testing"

	"casebook/internal/advice"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// check is the advice for a case study of a small library.
func check(t *testing.T, text string) []problem.Problem {
	t.Helper()
	file := content.Parse("cases/x.md", []byte(text))
	files := []*content.Parsed{
		file,
		content.Parse("site.yaml", []byte("title: T\n")),
		content.Parse("organisations.yaml", []byte("- {id: thet, name: THET}\n")),
		content.Parse("principles/fair.md", []byte("---\ntitle: Fair\nnumber: 1\nsummary: S\n---\n")),
	}
	lib, _ := library.New(files, library.Options{Drafts: true, Attachments: map[string]bool{"cases/ward.jpg": true}})
	if lib == nil || len(lib.Cases) != 1 {
		t.Fatalf("cannot read %s: %v", text, file.Problems)
	}
	return advice.Check(advice.New(lib, lib.Cases[0], file.Body, problem.Lines([]byte(text)), advice.Abbreviations(lib)))
}

// TestExamples: the example of each rule gives its advice, at a place in the
// file, and no other advice.
func TestExamples(t *testing.T) {
	for _, rule := range advice.Rules() {
		found := check(t, rule.Example)
		if len(found) == 0 {
			t.Errorf("%s: nothing is found in its example", rule.Code)
		}
		for _, p := range found {
			if p.Code != rule.Code || p.Severity != problem.Advice || p.Hint == "" {
				t.Errorf("%s: got %+v", rule.Code, p)
			}
			if p.Line == 0 && rule.Code != "hard-to-read" {
				t.Errorf("%s: got no place for %s", rule.Code, p)
			}
		}
	}
}

// TestNoAdvice holds texts that are like those of the rules, and good.
func TestNoAdvice(t *testing.T) {
	front := "---\ntitle: The title of a case\nprinciples: [fair]\nauthors: [A]\n"
	for name, text := range map[string]string{
		"a year":                     front + "---\nIn 2018 we met, and in 1998 too.\n",
		"figures with a source":      front + "sources: [{title: R, url: \"https://example.org/\"}]\n---\nWe trained 1,200 nurses.\n",
		"a figure of an indicator":   front + "indicators: [{name: Nurses, value: \"1,200\", as_of: 2018, source: {title: R, url: \"https://example.org/\"}}]\n---\nWe trained 1,200 nurses.\n",
		"a number without its digit": front + "sources: [{title: R, url: \"https://example.org/\"}]\n---\nGrant 943 476 5918 was large.\n",
		"acronyms":                   front + "---\nThe Joint Steering Committee met. The JSC of THET and the NHS is in phase III. The World Meteorological Organization (WMO) and the HSSP (a plan).\n",
		"a picture with consent":     front + "---\n![A nurse](ward.jpg \"The ward. Shown with her consent.\")\n",
		"a picture of a building":    front + "---\n![The ward](ward.jpg)\n",
		"not reported":               front + "countries: [Malawi, Wales]\nbenefits: {Malawi: [a course], United Kingdom: not reported}\n---\nText.\n",
		"gains by organisation":      front + "countries: [Malawi, Wales]\nbenefits: {thet: [a course]}\n---\nText.\n",
		"headings":                   front + "---\n## One\n\n### Two\n\n## Three\n\n```\n#### Code\n```\n",
		"a link that says where":     front + "---\nRead [the plan of 2018](https://example.org/).\n",
		"no summary":                 front + "---\nThe title of a case.\n",
	} {
		if found := check(t, text); len(found) > 0 {
			t.Errorf("%s: got %v", name, found)
		}
	}
}

// TestHintsThatCanBeObeyed: a text to type makes the advice go away.
func TestHintsThatCanBeObeyed(t *testing.T) {
	for code, obey := range map[string]func(example, hint string) string{
		"heading-order": func(example, hint string) string {
			return strings.Replace(example, "#### Training", strings.TrimPrefix(hint, "write "), 1)
		},
		"one-sided": func(example, _ string) string {
			return strings.Replace(example, "[a course]", "[a course], Wales: not reported", 1)
		},
		"people-consent": func(example, hint string) string {
			_, picture, _ := strings.Cut(hint, "caption: ")
			return strings.Replace(example, "![A nurse with a patient](ward.jpg \"The ward in 2018\")", picture, 1)
		},
	} {
		for _, rule := range advice.Rules() {
			if rule.Code == code {
				found := check(t, rule.Example)
				if again := check(t, obey(rule.Example, found[0].Hint)); len(again) > 0 {
					t.Errorf("%s: got %v", code, again)
				}
			}
		}
	}
}

// TestDocumented holds the table of the documentation to the rules.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/reviewing.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), advice.Table()) {
		t.Errorf("internal/docs/reviewing.md lacks this table:\n%s", advice.Table())
	}
}
