package importing_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"casebook/internal/content"
	"casebook/internal/cost"
	"casebook/internal/importing"

	"github.com/xuri/excelize/v2"
)

// TestWorkbook fills in a workbook that Form returns, and checks that importing it gives
// the entries, also when a date is a date of Excel.
func TestWorkbook(t *testing.T) {
	form, err := importing.Form(".xlsx", "", importing.Vocabularies{"countries": {"Malawi"}, "hallmarks": {"Stable governance"}})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.GetSheetList()[0]
	heads, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]any{"title": "Burns", "start": 42675, "end": 2018, "hallmarks": "Stable governance", "authors": "X", "What was done": "We met.", "quotes.1.text": "Yes.", "quotes.1.consent": "Given", "draft": true}
	for i, head := range heads[0] {
		if value, ok := values[head]; ok {
			name, _ := excelize.CoordinatesToCellName(i+1, 2)
			if err := book.SetCellValue(sheet, name, value); err != nil {
				t.Fatal(err)
			}
			delete(values, head)
		}
	}
	if len(values) > 0 {
		t.Errorf("no columns for %v", values)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	result, err := importing.Read(importing.Request{Name: "a.XLSX", Data: b.Bytes(), Existing: nothing})
	if err != nil || len(result.Problems) > 0 || len(result.Files) != 1 {
		t.Fatalf("%v, %v", err, result)
	}
	c := content.Parse("cases/burns.md", result.Files[0].Data).Entries[0].(*content.CaseStudy)
	if c.Start.String() != "2016-11-01" || c.End.String() != "2018" || c.Quotes[0].Consent != content.ConsentGiven || !c.Draft || !strings.Contains(string(result.Files[0].Data), "## What was done\n\nWe met.") {
		t.Errorf("got %+v from\n%s", c, result.Files[0].Data)
	}
	for _, line := range result.Report {
		if line.Outcome != importing.Mapped {
			t.Errorf("%v", line)
		}
	}
}

// TestEveryFormHasEveryField checks that the forms have all fields of the model.
func TestEveryFormHasEveryField(t *testing.T) {
	for _, kind := range importing.Kinds() {
		form, err := importing.Form(".csv", kind, nil)
		if err != nil {
			t.Fatal(err)
		}
		d, _ := importing.NewDraft(kind)
		for _, f := range d.Schema.Fields {
			if !strings.Contains(","+strings.ReplaceAll(string(form), "\ufeff", ""), ","+f.Key) {
				t.Errorf("%s: field %s is not in the form %s", kind, f.Key, form)
			}
		}
	}
}

func TestWindowsEncoding(t *testing.T) {
	result, err := importing.Read(importing.Request{Name: "a.csv", Data: []byte("title,authors\nCaf\xe9,Z\n"), Existing: nothing})
	if err != nil || len(result.Files) != 1 || !strings.Contains(string(result.Files[0].Data), "Café") || result.Files[0].Path != "cases/cafe.md" {
		t.Errorf("%v %+v", err, result)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("title,quotes.1.text,benefits.Malawi,x\nA,b,c,d\n")
	f.Add("title;countries\n\"A\n\"\"b\";Malawi;Wales\n")
	f.Fuzz(func(t *testing.T, text string) {
		var result *importing.Import
		var err error
		took, used := cost.Of(func() {
			result, err = importing.Read(importing.Request{Name: "a.csv", Data: []byte(text), Existing: nothing})
		})
		if took > time.Second+time.Duration(len(text))*50*time.Microsecond {
			t.Fatalf("took %v for %d bytes", took, len(text))
		}
		if used > 32<<20+uint64(len(text))*40_000 {
			t.Fatalf("%d bytes of memory for %d", used, len(text))
		}
		if err != nil {
			return
		}
		for _, file := range result.Files {
			if class, _ := content.Classify(file.Path); class != content.CaseClass {
				t.Fatalf("the file %q is not of the imported kind", file.Path)
			}
		}
	})
}
