package importing_test

import (
	"strings"
	"testing"

	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/importing"
)

const references = `references:
  - id: banda-2016
    type: article-journal
    title: "Joint planning: 100% of it & more"
    author: [{family: Banda, given: Grace}, {literal: World Health Organization}]
    issued: 2016-11
    container-title: BMJ Global Health
    volume: "6"
    issue: Suppl 6
    page: 101–109
    DOI: 10.1000/182
    URL: "https://example.org/a_b?c=1"
    abstract: What twelve partnerships learned.
  - id: thet-2018
    type: report
    title: Café in Łódź
    author: [{literal: THET}]
    editor: [{family: Müller, given: Anne}]
    issued: 2018
    publisher: THET
    publisher-place: London
  - id: b-2001
    type: book
    title: A book
    author: [{family: Doe, given: Jane}]
    issued: 2001-02-03
    publisher: Press
    ISBN: 978-0-00-000000-2
`

// TestReferencesRoundTrip checks that importing what package citation writes gives the
// same references.
func TestReferencesRoundTrip(t *testing.T) {
	want := content.Parse("references.yaml", []byte(references))
	if len(want.Problems) > 0 {
		t.Fatal(want.Problems)
	}
	for extension, encode := range map[string]func(*content.Reference) []byte{".bib": citation.BibTeX, ".ris": citation.RIS} {
		var file strings.Builder
		for _, e := range want.Entries {
			file.Write(encode(e.(*content.Reference)))
			file.WriteString("\n")
		}
		result, err := importing.Read(importing.Request{Name: "a" + extension, Data: []byte(file.String()), Existing: nothing})
		if err != nil || len(result.Problems) > 0 || len(result.Files) != 1 {
			t.Fatalf("%v %+v", err, result)
		}
		got := content.Parse("references.yaml", result.Files[0].Data)
		if len(got.Problems) > 0 || len(got.Entries) != len(want.Entries) {
			t.Fatalf("%v\n%s", got.Problems, result.Files[0].Data)
		}
		for i, e := range got.Entries {
			a, b := *e.(*content.Reference), *want.Entries[i].(*content.Reference)
			if string(encode(&a)) != string(encode(&b)) {
				t.Errorf("%s: got\n%s\nwant\n%s", extension, encode(&a), encode(&b))
			}
		}
	}
}

// TestKnownReferences checks that a record with the id or the DOI of an existing
// reference is not added again.
func TestKnownReferences(t *testing.T) {
	existing := func(name string) []byte {
		if name == "references.yaml" {
			return []byte(references)
		}
		return nil
	}
	result, err := importing.Read(importing.Request{Name: "a.bib", Existing: existing, Data: []byte(
		"@misc{banda-2016, title={X}} @misc{other, title={Y}, doi={https://doi.org/10.1000/182}} @misc{new one, title={Z}, author={Ludwig van Beethoven and THET}, keywords={k}} @misc{New, title={Z}}")})
	if err != nil || len(result.Files) != 1 {
		t.Fatalf("%v %+v", err, result)
	}
	got := content.Parse("references.yaml", result.Files[0].Data)
	if len(got.Problems) > 0 || len(got.Entries) != 5 {
		t.Fatalf("%v\n%s", got.Problems, result.Files[0].Data)
	}
	r := got.Entries[3].(*content.Reference)
	if r.ID != "new-one" || r.Authors[0].Family != "van Beethoven" || r.Authors[0].Given != "Ludwig" || r.Authors[1].Literal != "THET" {
		t.Errorf("got %+v", r)
	}
	left := 0
	for _, line := range result.Report {
		if line.Outcome == importing.LeftOut {
			left++
		}
	}
	if left != 3 {
		t.Errorf("report: %v", result.Report)
	}
}

// TestRecords: records as reference managers and journals write them become
// references, and nothing of them is lost without a line of the report.
func TestRecords(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a.bib", "@misc{a, title={Caf\xe9}}", "title: Café"},
		{"a.bib", "@misc{a, title={Caf\xe9}}", "letters: read as Windows-1252"},
		{"a.bib", `@misc{a, title={{\textgreater} 50\% $\geq$ \foo 5}}`, `> 50% ≥ \foo 5`},
		{"a.bib", "@inproceedings{a, title={A}, crossref={P}} @proceedings{p, title={The talks}, booktitle={x}, year=2019}", "issued: 2019\ncontainer-title: The talks\n- id: p"},
		{"a.bib", "@misc{a, title={A}, crossref={none}}", "a, crossref: a reference has no field for it"},
		{"a.bib", "@misc{title={A}, author={B, C}}", "- id: b\n"},
		{"a.bib", "@misc{a, title={A}, author={Banda G., Smith J., Okello P.}}", "several names"},
		{"a.bib", "@misc{a, title={A}, author={King, Jr., Martin}}", "suffix: Jr."},
		{"a.bib", "@misc{a, title={A}, author={B, C and others}}", "a, author, others: the names"},
		{"a.bib", "@misc{a, title={A}, author={B, C" + strings.Repeat(" and B, C", 1_200) + "}}", "a, author, the names from B, C: "},
		{"a.bib", "@misc{a, title={A}, author={Jean de La Fontaine}}", "family: de La Fontaine\ngiven: Jean\n"},
		{"a.bib", `@misc{a, title={A}, year=2018, month = mar # "~15"}`, "issued: 2018-03-15"},
		{"a.bib", "@misc{a, title={A}, year={n.d.}}", `a, year: "n.d." is no date`},
		{"a.bib", "@misc{a, title={A}, subtitle={B}}", `title: "A: B"`},
		{"a.bib", `@misc{a, title={A}, howpublished={\url{https://example.org/}}}`, `URL: "https://example.org/"`},
		{"a.bib", "@misc{a, title={A}} @misc{a, title={B}}", "record a, line 1: as a-2"},
		{"a.bib", "@misc{a, title={A}, url={http://example.org/a http://example.org/b}}", "URL: \"http://example.org/a\"\n"},
		{"a.bib", "@misc{a, title={A}, url={http://example.org/a http://example.org/b}}", "a reference has one address: http://example.org/b"},
		{"a.nbib", "\nPMID- 1\nTI  - A title that\n      goes on.\nFAU - Banda, Grace\nAU  - Banda G\nCN  - A Group\nTA  - BMJ\nJT  - A journal\nLID - 10.1000/x [doi]\nDP  - 2018 Feb 3\nLA  - eng\n", "title: A title that goes on\nauthor:\n- family: Banda\ngiven: Grace\n- A Group\nissued: 2018-02-03\ncontainer-title: A journal\nDOI: \"10.1000/x\"\nlanguage: en\n"},
		{"a.ris", "PMID- 1\nTI  - A\nDP  - 2017 Jan-Feb\n\nPMID- 2\nTI  - B\nPG  - 1-9\n", "issued: 2017-01\n"},
		{"a.ris", "TY  - JOUR\nTI  - A\nAU  - World Health Organization\nER  - \n", "- World Health Organization\n"},
		{"a.ris", "TY  - JOUR\nTI  - A\nAU  - Banda, Grace, Jr\nER  - \n", "given: Grace\nsuffix: Jr\n"},
		{"a.ris", "TY  - JOUR\nTI  - A\nDO  - S0140(18) [pii]\nDO  - 10.1016/S0140(18) [doi]\nSN  - 0140-6736 (Print)\nER  - \n", "DOI: \"10.1016/S0140(18)\"\nISSN: \"0140-6736\""},
		{"a.ris", "TY  - JOUR\nTI  - A\nDO  - S0140(18) [pii]\nER  - \n", `"S0140(18) [pii]" is no DOI`},
		{"a.ris", "TY  - JOUR\nTI  - A\nY1  - 2018 Mar 15\nM3  - doi: 10.1000/x\nER  - \n", "issued: 2018-03-15\nDOI: \"10.1000/x\"\n"},
		{"a.ris", "TY  - JOUR\nTI  - A\nY2  - last week\nER  - \n", `Y2: "last week" is no date`},
		{"a.ris", "TY  - BOOK\nBT  - A book\nER  - \n", "title: A book"},
		{"a.ris", "TY  - JOUR\nTI  - A\nAU  - B, C\nPY  - 2018\nER  - \nTY  - JOUR\nTI  - D\nAU  - B, C\nPY  - 2018\nER  - \n", "id: b-2018-2\n"},
	} {
		got := strings.ReplaceAll(outcome(importing.Request{Name: test.name, Data: []byte(test.text)}), "references.yaml: ", "")
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: no %q in\n%s", test.text, test.want, got)
		}
	}
}
