package advice_test

import (
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

// TestLeadingPictureOfPeople: what the picture shows and the basis on which it is
// shown are compared.
func TestLeadingPictureOfPeople(t *testing.T) {
	const front = "---\ntitle: The title of a case\nprinciples: [fair]\nauthors: [A]\npicture: {file: ward.jpg, credit: B, "
	for _, test := range []struct {
		fields string
		finds  int
	}{{"alt: Two nurses, consent: no-people", 1}, {"alt: Two nurses, consent: given", 0}, {"alt: The ward, consent: no-people", 0}} {
		found := check(t, front+test.fields+"}\n---\nText.\n")
		if len(found) != test.finds || test.finds > 0 && (found[0].Code != "people-consent" || found[0].Line != 5) {
			t.Errorf("%s: got %v", test.fields, found)
		}
	}
}

// TestHintsThatCanBeObeyed: a text to type makes the advice go away.
func TestHintsThatCanBeObeyed(t *testing.T) {
	const front = "---\ntitle: The title of a case\nprinciples: [fair]\nauthors: [A]\n"
	for code, test := range map[string]struct {
		text, old string // what the hint replaces, from its last ": " on or after "write "
	}{
		"heading-order":  {front + "---\n## What was done\n\nText.\n\n#### Training\n\nText.\n", "#### Training"},
		"one-sided":      {front + "countries: [Malawi, Wales]\nbenefits: {Malawi: [a course]}\n---\nText.\n", "Malawi: [a course]"},
		"people-consent": {front + "---\n![A nurse with a patient](ward.jpg \"The ward in 2018\")\n", "![A nurse with a patient](ward.jpg \"The ward in 2018\")"},
	} {
		found := check(t, test.text)
		if len(found) != 1 || found[0].Code != code {
			t.Errorf("%s: got %v", code, found)
			continue
		}
		_, instead, isText := strings.Cut(found[0].Hint, "write ")
		switch {
		case code == "one-sided":
			instead = test.old + ", Wales: not reported"
		case !isText:
			_, instead, _ = strings.Cut(found[0].Hint, "caption: ")
		}
		if again := check(t, strings.Replace(test.text, test.old, instead, 1)); len(again) > 0 {
			t.Errorf("%s: got %v", code, again)
		}
	}
}
