package interview_test

import (
	"strings"
	"testing"
	"testing/iotest"

	"casebook/internal/draft"
	"casebook/internal/importing"
	"casebook/internal/interview"
)

// talk answers the plain questions about a kind, with one line for each answer. It returns
// the draft and all output.
func talk(t *testing.T, kind string, answers ...string) (*draft.Draft, string) {
	t.Helper()
	d, err := importing.NewDraft(kind)
	if err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	i := interview.Interview{
		// A terminal delivers one line at a time, so that a question cannot read the next answer.
		In: iotest.OneByteReader(strings.NewReader(strings.Join(answers, "\n") + "\n")), Out: &shown, Plain: true,
		Names: importing.Vocabularies{"hallmarks": {"Joint planning", "Stable governance"}, "principles": {"Strategic"}, "countries": countries},
	}
	if err := i.Fill(d); err != nil {
		t.Fatal(err)
	}
	return d, shown.String()
}

var countries = strings.Fields("Malawi Tanzania Uganda Kenya Zambia Ghana Nepal Myanmar Ethiopia Rwanda Burundi Angola Benin Chad Gabon Niger Togo Mali Sudan Somalia Gambia")

// TestCase checks that each field that a case study needs is asked for once, and that no
// other field is.
func TestCase(t *testing.T) {
	d, shown := talk(t, "case",
		`Burns: "who" decides? {{ .Title }}`, // title
		"Grace Banda; Amos Phiri",            // authors
		"2", "0",                             // hallmarks: the second, then no others
		"Malawy", "malawi; Uganda", // countries: asked again after a misspelt one
		"Surgery", // disciplines
		"",        // no partners
	)
	if got := string(d.Markdown(draft.None).Text); got != `---
title: 'Burns: "who" decides? {{ .Title }}'
authors:
  - Grace Banda
  - Amos Phiri
hallmarks:
  - Stable governance
countries:
  - malawi
  - Uganda
disciplines:
  - Surgery
---
` {
		t.Errorf("got\n%s\noutput:\n%s", got, shown)
	}
	for _, want := range []string{"Title. ", "2. ✓ Stable governance", `"Malawy" is not in the list: did you mean Malawi?`, "Partners (may stay empty). "} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
	for _, never := range []string{"Principles", "Sources", "Kenya"} {
		if strings.Contains(shown, never) {
			t.Errorf("%q in\n%s", never, shown)
		}
	}
}

// TestAlternatives checks that a principle is asked for when there is no hallmark, and a
// source when there is no author.
func TestAlternatives(t *testing.T) {
	_, shown := talk(t, "case", "Burns", "", "0")
	for _, want := range []string{"Principles", "Sources"} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
}

// TestMistakes checks that a question is repeated after an answer that the checks refuse.
func TestMistakes(t *testing.T) {
	d, shown := talk(t, "resource", "A charter", "9", "2", "ftp://x", "https://example.org/")
	if d.Get("url") != "https://example.org/" || d.Get("type") == "" || !strings.Contains(shown, `"ftp://x" is not the address of a web page`) {
		t.Errorf("url %q, type %q after\n%s", d.Get("url"), d.Get("type"), shown)
	}
}

func TestOtherKinds(t *testing.T) {
	for _, kind := range importing.Kinds() {
		d, shown := talk(t, kind) // no answers: the questions must come to an end
		if d.Get("title") != "" || !strings.Contains(shown, ". ") {
			t.Errorf("%s:\n%s", kind, shown)
		}
	}
	i := interview.Interview{In: iotest.OneByteReader(strings.NewReader("2\ny\n")), Out: &strings.Builder{}, Plain: true}
	if kind, err := i.Kind(); kind != "challenge" || err != nil {
		t.Errorf("%q %v", kind, err)
	}
	if yes, err := i.Confirm("Open it?"); !yes || err != nil {
		t.Errorf("%v %v", yes, err)
	}
}
