package content_test

import (
	"testing"

	"casebook/internal/content"
)

// TestTermsRename checks that terms are renamed in sentences, but not in texts to type.
func TestTermsRename(t *testing.T) {
	terms := content.Terms{
		Principle: content.Noun{One: "value", Other: "values"},
		Hallmark:  content.Noun{One: "indicator", Other: "indicators"},
		CaseStudy: content.Noun{One: "story", Other: "stories"},
	}
	for text, want := range map[string]string{
		`"x" is not a hallmark of this knowledge base`:                  `"x" is not an indicator of this knowledge base`,
		`hallmarks are in the files of principles/; write the id`:       `indicators are in the files of principles/; write the id`,
		`the hallmark "hallmark x" is like it: write hallmarks: [x]`:    `the indicator "hallmark x" is like it: write hallmarks: [x]`,
		`Case studies. A case study has hallmarks.`:                     `Stories. A story has indicators.`,
		`write {hallmark}, name it in principles.md or hallmark-1`:      `write {hallmark}, name it in principles.md or hallmark-1`,
		`neither hallmarks nor principles are given`:                    `neither indicators nor values are given`,
		`principle_set: of site.yaml, and no discipline is called that`: `principle_set: of site.yaml, and no discipline is called that`,
		`see /cases/x/ and /principles/: a casebook`:                    `see /cases/x/ and /principles/: a casebook`,
	} {
		if got := terms.Rename(text); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", text, got, want)
		}
	}
	if got := (content.Terms{}).Rename("a hallmark"); got != "a hallmark" {
		t.Errorf("without terms: %q", got)
	}
}

// TestTermsInAddresses checks that an address has only letters from a to z.
func TestTermsInAddresses(t *testing.T) {
	words := content.Terms{Principle: content.Noun{One: "Gwerth", Other: "Gwerthoedd craidd"}, Hallmark: content.Noun{One: "指標", Other: "指標"}}.Slugs()
	if words.Principle.Other != "gwerthoedd-craidd" || words.Hallmark.Other != "hallmarks" || words.CaseStudy.Other != "cases" {
		t.Errorf("got %+v", words)
	}
}
