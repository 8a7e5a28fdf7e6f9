package citation_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/citation"
	"casebook/internal/content"
)

// study returns a case study with all fields that a citation shows.
func study(authors ...string) *content.CaseStudy {
	c := &content.CaseStudy{
		Source: content.Source{ID: "stable-wards"},
		CaseFields: content.CaseFields{
			Title: "50 % fewer & safer: {Wards} in Łódź", Summary: "What changed.", Published: content.Date{Year: 2026, Month: 11, Day: 24},
		},
	}
	for _, name := range authors {
		c.Authors = append(c.Authors, content.Author{Name: name})
	}
	return c
}

var publication = citation.Publication{Title: "Casebook", Address: "https://casebook.example/cases/stable-wards/", Lang: "en-GB"}

func ExampleBibTeX() {
	c := study("Dr Grace Banda", "Ministry of Health, Malawi and UK")
	fmt.Print(string(citation.BibTeX(citation.Of(c, publication))))
	// Output:
	// @techreport{stable-wards,
	//   author = {Banda, Grace and {Ministry of Health, Malawi and UK}},
	//   title = {{50 \% fewer \& safer: \textbraceleft{}Wards\textbraceright{} in Łódź}},
	//   institution = {Casebook},
	//   type = {Case study},
	//   year = {2026},
	//   month = {11},
	//   url = {https://casebook.example/cases/stable-wards/},
	//   language = {en-GB},
	//   abstract = {What changed.}
	// }
}

// TestNames checks that a name is divided into family and given name only when it is
// certainly that of a person.
func TestNames(t *testing.T) {
	for name, want := range map[string]content.Name{
		"Dr Grace Banda":                   {Given: "Grace", Family: "Banda"},
		"Prof. Dame Sally C. Davies":       {Given: "Sally C.", Family: "Davies"},
		"Banda, Grace":                     {Given: "Grace", Family: "Banda"},
		"van der Berg, Anna":               {Literal: "van der Berg, Anna"},
		"Grace Banda":                      {Literal: "Grace Banda"},
		"Tropical Health Trust":            {Literal: "Tropical Health Trust"},
		"Queen Elizabeth Hospital, Malawi": {Literal: "Queen Elizabeth Hospital, Malawi"},
		"Dr Banda":                         {Literal: "Banda"},
		"Dr":                               {Literal: "Dr"},
	} {
		r := citation.Of(study(name), publication)
		if got := r.Authors[0]; got != want {
			t.Errorf("%q is %+v, want %+v", name, got, want)
		}
	}
	c := study("Grace Banda")
	c.Authors[0].ORCID = "0000-0002-1825-0097"
	if got, want := citation.Of(c, publication).Authors[0], (content.Name{Given: "Grace", Family: "Banda"}); got != want {
		t.Errorf("with an ORCID: %+v, want %+v", got, want)
	}
}

func TestRIS(t *testing.T) {
	got := string(citation.RIS(citation.Of(study("Dr Grace Banda", "Ministry of Health, Malawi"), publication)))
	want := strings.Join([]string{
		"TY  - RPRT", "ID  - stable-wards", "AU  - Banda, Grace", "AU  - Ministry of Health  Malawi,", "TI  - 50 % fewer & safer: {Wards} in Łódź",
		"PY  - 2026", "DA  - 2026/11/24/", "M3  - Case study", "PB  - Casebook", "UR  - https://casebook.example/cases/stable-wards/",
		"LA  - en-GB", "AB  - What changed.", "ER  - ", "",
	}, "\r\n")
	if want = strings.ReplaceAll(want, "Health  Malawi", "Health Malawi"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCSL(t *testing.T) {
	article := &content.Reference{
		Source: content.Source{ID: "streeton-2021"}, Type: "article-journal", Title: "A <b>title</b>", ContainerTitle: "BMJ Global Health",
		Authors: []content.Name{{Family: "Beethoven", Particle: "van", Given: "L"}, {Literal: "WHO"}},
		Issued:  content.Date{Year: 2021, Month: 6}, Volume: "6", Issue: "Suppl 6", Page: "e004533", DOI: "10.1136/x",
	}
	data, err := citation.CSL(article)
	if err != nil {
		t.Fatal(err)
	}
	var item map[string]any
	if err := json.Unmarshal(data, &item); err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(item)
	want := `{"DOI":"10.1136/x","author":[{"family":"Beethoven","given":"L","non-dropping-particle":"van"},{"literal":"WHO"}],` +
		`"container-title":"BMJ Global Health","id":"streeton-2021","issue":"Suppl 6","issued":{"date-parts":[[2021,6]]},"page":"e004533",` +
		`"title":"A \u003cb\u003etitle\u003c/b\u003e","type":"article-journal","volume":"6"}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if bib := string(citation.BibTeX(article)); !strings.Contains(bib, "author = {van Beethoven, L and {WHO}}") || !strings.HasPrefix(bib, "@article{streeton-2021,") {
		t.Errorf("BibTeX of an article:\n%s", bib)
	}
}

// TestFile checks that a file holds its records one after the other, separated as its
// format requires.
func TestFile(t *testing.T) {
	one := &content.Reference{Source: content.Source{ID: "x"}, Type: "book", Title: "T"}
	const bib, ris = "@book{x,\n  title = {{T}}\n}\n", "TY  - BOOK\r\nID  - x\r\nTI  - T\r\nER  - \r\n"
	const csl = "  {\n    \"id\": \"x\",\n    \"type\": \"book\",\n    \"title\": \"T\"\n  }"
	want := map[string][3]string{ // of no record, one, two
		".bib":  {"", bib, bib + "\n" + bib},
		".ris":  {"", ris, ris + ris},
		".json": {"[]\n", "[\n" + csl + "\n]\n", "[\n" + csl + ",\n" + csl + "\n]\n"},
	}
	for _, format := range citation.Formats() {
		record, err := format.Encode(one)
		if err != nil {
			t.Fatal(err)
		}
		for n, want := range want[format.Extension] {
			var got strings.Builder
			if err := format.Write(&got, slices.Values(slices.Repeat([][]byte{record}, n))); err != nil || got.String() != want {
				t.Errorf("%d records in %s: %v\ngot  %q\nwant %q", n, format.Extension, err, &got, want)
			}
		}
	}
}

// FuzzRecords checks that a record is always one record, whatever its fields contain.
func FuzzRecords(f *testing.F) {
	f.Add("title", "name", "https://example.org/")
	f.Add("}\n@misc{x,", "A and B, {", "https://example.org/{}%")
	f.Add("ER  - \r\nTY  - JOUR", "a\r\nER  - ", "x\ny")
	f.Add(`\`, `\}`, `\\`)
	f.Fuzz(func(t *testing.T, title, name, url string) {
		r := &content.Reference{Source: content.Source{ID: "x"}, Type: "report", Title: title, Authors: []content.Name{{Literal: name}, {Family: name, Given: title}}, URL: url, Note: name}
		ris := string(citation.RIS(r))
		for i, line := range strings.Split(strings.TrimSuffix(ris, "\r\n"), "\r\n") {
			if len(line) < 6 || line[2:6] != "  - " || (i == 0) != (line[:2] == "TY") || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("line %d of RIS is %q", i+1, line)
			}
		}
		if n := strings.Count(ris, "ER  - \r\n"); n != 1 {
			t.Fatalf("RIS ends %d records: %q", n, ris)
		}
		depth := 0
		bib := string(citation.BibTeX(r))
		for i := 0; i < len(bib); i++ {
			switch bib[i] { // BibTeX also counts escaped braces
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth == 0 && i > len("@techreport") && i < len(bib)-2 {
				t.Fatalf("BibTeX ends its record at byte %d of %q", i, bib)
			}
		}
	})
}
