package advice_test

import (
	"strings"
	"testing"

	"casebook/internal/advice"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// check returns the advice for a case study of a small library.
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

// TestNoAdvice checks that good texts that resemble those of the rules get no advice.
func TestNoAdvice(t *testing.T) {
	front := "---\ntitle: The title of a case\nprinciples: [fair]\nauthors: [A]\n"
	for name, text := range map[string]string{
		"a year":                     front + "---\nIn 2018 we met, and in 1998 too.\n",
		"figures with a source":      front + "start: 2018\nsources: [{title: R, url: \"https://example.org/\"}]\n---\nWe trained 1,200 nurses.\n",
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

// TestLeadingPictureOfPeople checks that a picture whose alternative text names people
// must not have the consent "no-people".
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

// TestFollowedHints follows each hint exactly, and checks that its advice disappears and no
// other appears.
func TestFollowedHints(t *testing.T) {
	const fields = "---\ntitle: The title of a case\nprinciples: [fair]\nauthors: [A]\n"
	replaced := func(old string) func(text, hint string) string { // by the part of the hint after "write ", or after ": "
		return func(text, hint string) string {
			_, instead, isText := strings.Cut(hint, "write ")
			if !isText {
				_, instead, _ = strings.Cut(hint, ": ")
			}
			return strings.Replace(text, old, instead, 1)
		}
	}
	for code, test := range map[string]struct {
		text string
		obey func(text, hint string) string
	}{
		"patient-identifier": {fields + "---\nShe was born on 3 April 1961 in Wales.\n", func(text, _ string) string {
			return strings.Replace(text, "born on 3 April 1961", "58 years old", 1)
		}},
		"people-consent": {fields + "---\n![A nurse with a patient](ward.jpg \"The ward in 2018\")\n", replaced("![A nurse with a patient](ward.jpg \"The ward in 2018\")")},
		"no-text":        {fields + "---\n", func(text, _ string) string { return text + "\nWe met.\n" }},
		"one-sided": {fields + "countries: [Malawi, Wales]\nbenefits: {Malawi: [a course]}\n---\nText.\n", func(text, hint string) string {
			_, line, _ := strings.Cut(hint, ", or ")
			return strings.Replace(text, "[a course]", "[a course], "+line, 1)
		}},
		"unsourced-figure": {fields + "---\nWe trained 1,200 nurses.\n", func(text, hint string) string {
			line := strings.NewReplacer("the year", "2019", "id of references.yaml", "{title: R, url: \"https://example.org/\"}").Replace(strings.TrimPrefix(hint, "add "))
			return strings.Replace(text, "authors: [A]\n", "authors: [A]\n"+line+"\n", 1)
		}},
		"undated-figure": {fields + "sources: [{title: R, url: \"https://example.org/\"}]\n---\nWe trained 1,200 nurses.\n", func(text, _ string) string {
			return strings.Replace(text, "authors: [A]\n", "authors: [A]\nstart: 2019\n", 1)
		}},
		"summary-title": {fields + "summary: The title, of a case.\n---\nText.\n", func(text, _ string) string {
			return strings.Replace(text, "summary: The title, of a case.\n", "", 1)
		}},
		"unknown-acronym": {fields + "---\nThe QXZ met in June.\n", func(text, hint string) string {
			_, words, _ := strings.Cut(hint, "such as: ")
			return strings.Replace(text, "QXZ", words, 1)
		}},
		"heading-order": {fields + "---\n## What was done\n\nText.\n\n#### Training\n\nText.\n", replaced("#### Training")},
		"link-text": {fields + "---\nThe plan is [here](https://example.org/).\n", func(text, hint string) string {
			_, words, _ := strings.Cut(hint, "such as ")
			return strings.Replace(text, "[here]", strings.TrimSuffix(words, "(…)"), 1)
		}},
		"hard-to-read": {fields + "---\n" + strings.Repeat("Interdisciplinary organisational transformation necessitates comprehensive collaboration. ", 40) + "\n", func(text, _ string) string {
			return strings.ReplaceAll(text, "Interdisciplinary organisational transformation necessitates comprehensive collaboration.", "We work well if we work as one.")
		}},
	} {
		found := check(t, test.text)
		if len(found) != 1 || found[0].Code != code {
			t.Errorf("%s: got %v", code, found)
			continue
		}
		obeyed := test.obey(test.text, found[0].Hint)
		if again := check(t, obeyed); len(again) > 0 || obeyed == test.text {
			t.Errorf("%s: following %q gives\n%s\nwhich has the advice %v", code, found[0].Hint, obeyed, again)
		}
	}
}
