package citation_test

import (
	"strings"
	"testing"
	"time"

	"casebook/internal/citation"
	"casebook/internal/cost"
	"casebook/internal/problem"
)

func TestReadBibTeX(t *testing.T) {
	records, problems := citation.ReadBibTeX(`A comment by somebody@example.org.
@string{bmj = {BMJ Global Health}}
@article {Streetone004533, author = {Ann-Marie Streeton and {World Health Organization}}, journal = bmj # { (online)}, month = jun, title = "The {\"O}sterreich \& caf\'e plan -- how", year = 2021 }
@book(b1, title = {A {nested {title}}},)`)
	if len(problems) > 0 || len(records) != 2 {
		t.Fatalf("%v %v", problems, records)
	}
	got := map[string]string{}
	for _, f := range records[0].Fields {
		got[f.Name] = f.Value
	}
	if records[0].Key != "Streetone004533" || got["journal"] != "BMJ Global Health (online)" || got["month"] != "06" || got["title"] != "The Österreich & café plan – how" || got["year"] != "2021" ||
		records[1].Fields[0].Value != "A nested title" || records[0].Fields[0].Raw != "Ann-Marie Streeton and {World Health Organization}" {
		t.Errorf("got %+v", records)
	}
}

func TestReadRIS(t *testing.T) {
	records, problems := citation.ReadRIS("\ufeffTY  - JOUR\r\nID  - x1\r\nTI  - A long\r\n title\r\nAU  - Banda, Grace\r\nER  - \r\n\r\nTY  - BOOK\nTI  - B\nER  -\n")
	if len(problems) > 0 || len(records) != 2 || records[0].Key != "x1" || records[0].Fields[0].Value != "A long title" || records[1].Type != "book" {
		t.Errorf("%v %+v", problems, records)
	}
}

// TestBrokenRecords checks that each part that is left out is reported, with its line.
func TestBrokenRecords(t *testing.T) {
	for src, line := range map[string]int{
		"@article{a,\n title = {A\n": 3, "@article{a, title}": 1, "@article{a,\n title = {A} year = 3}": 2, "\n@article{a, title = \"A": 2,
	} {
		if _, problems := citation.ReadBibTeX(src); len(problems) == 0 || problems[0].Line != line {
			t.Errorf("%q: %v", src, problems)
		}
	}
	long := strings.Repeat(strings.Repeat("x", 999)+"\n", 102)
	for src, line := range map[string]int{"TY  - JOUR\nAB  - " + long + "ID  - a\nER  -\n": 103, "TI  - A\n": 1, "TY  - JOUR\nTI  - A\n": 1, "TY  - JOUR\nTY  - BOOK\nER  -\n": 1} {
		if _, problems := citation.ReadRIS(src); len(problems) == 0 || problems[0].Line != line || line > 3 && len(problems) > 1 {
			t.Errorf("%.60q: %v", src, problems)
		}
	}
	for src, line := range map[string]int{"PMID- 1\nAB  - " + long + "TI  - A\n\nPMID- 2\n": 103, "TI  - A\n\nno tag\n": 3} {
		if records, problems := citation.ReadPubMed(src); len(records) != 1 || len(problems) != 1 || problems[0].Line != line {
			t.Errorf("%.60q: %d records, %v", src, len(records), problems)
		}
	}
}

// fuzzRead checks that read stays within limits of time and memory for any text.
func fuzzRead(f *testing.F, read func(string) ([]citation.Record, []problem.Problem)) {
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.Repeat(src, 1+20_000/(1+len(src))) // repetition reveals quadratic time
		cost.Limit{Time: time.Second, TimePerByte: 5 * time.Microsecond, Memory: 64 << 20, MemoryPerByte: 1_000}.Check(t, len(src), func() { read(src) })
	})
}

func FuzzReadBibTeX(f *testing.F) {
	f.Add(`@article {a, title = {B} # "c", x = y}`)
	f.Add(`@a{`)
	f.Add(`@string{a={\'e}}@b{c,d=a#a#a}`)
	fuzzRead(f, citation.ReadBibTeX)
}

func FuzzReadRIS(f *testing.F) {
	f.Add("TY  - JOUR\nTI  - A\n b\nER  - \n")
	f.Add("TI  - A\n")
	fuzzRead(f, citation.ReadRIS)
}

func FuzzReadPubMed(f *testing.F) {
	f.Add("\nPMID- 1\nTI  - A\n      b\nFAU - B, C\nAU  - B C\n\nPMID- 2\nBTI - D\n")
	f.Add("TI  - A\nno tag\n")
	f.Add("no tag\n")
	fuzzRead(f, citation.ReadPubMed)
}
