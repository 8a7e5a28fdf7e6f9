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
