package importing_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"casebook/internal/content"
	"casebook/internal/cost"
	"casebook/internal/importing"

	"github.com/xuri/excelize/v2"
)

// TestWorkbook fills in a workbook that Form returns, and checks that importing it gives
// the entries, also when a date is a date of Excel.
func TestWorkbook(t *testing.T) {
	form, err := importing.Form(".xlsx", "", importing.Words{Names: importing.Vocabularies{"countries": {"Malawi"}, "hallmarks": {"Stable governance"}}})
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
		form, err := importing.Form(".csv", kind, importing.Words{})
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

// TestTables checks that tables as other programs write them become entries, and that
// each part that is left out has a line in the report or a problem.
func TestTables(t *testing.T) {
	const head = "title,authors,hallmarks,text\n"
	utf16 := func(text string, order binary.AppendByteOrder) string {
		var b []byte
		for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
			b = order.AppendUint16(b, unit)
		}
		return string(b)
	}
	for _, test := range []struct{ name, text, want string }{
		{"Windows-1252", "title,authors\nCaf\xe9,Z\n", "cases/cafe.md: title: Café"},
		{"letters of Macs", "title,authors\nCaf\x8e de l\xd5\x8et\x8e,Jos\x8e Pe\x96a\n", "its letters cannot be read"},
		{"Russian letters", "title,authors\n\xc1\xee\xeb\xfc\xed\xe8\xf6\xe0,Z\n", "its letters cannot be read"},
		{"Japanese letters", "title,authors\n\x95a\x89@\x82\xcc\x8b\xa6\x97\xcd,Z\n", "its letters cannot be read"},
		{"UTF-16", utf16("title\tauthors\r\nCafé\tZ\r\n", binary.LittleEndian), "letters: read as UTF-16"},
		{"UTF-16, high byte first", utf16("title,authors\nCafé,Z\n", binary.BigEndian), "cases/cafe.md: title: Café"},
		{"UTF-16 without a mark", "t\x00i\x00", "its letters cannot be read"},
		{"line ends of old Macs", "title,authors\rA,Z\rB,Z\r", "cases/b.md: title: B"},
		{"line for Excel", "sep=;\r\ntitle;authors\r\nA, b;Z\r\n", `cases/a-b.md: title: "A, b"`},
		{"bars", "title|authors\nA|Z\n", "cases/a.md: title: A"},
		{"lines above the heads", "Our cases,\n,\ntitle,authors\nA,Z\n", "row 1: it is above the heads: Our cases"},
		{"a head that speaks of a title", "Time,What is the title of your case study?\n1,A\n", "cases/a.md: title: A"},
		{"no title", "colour\nred\n", "no column has the head title"},
		{"row without a title", head + ",Z,,\n", "row 2: it has no title"},
		{"title in another script", head + "東京,Z,,\n", "give one in a column id"},
		{"open quotation mark", head + "\"A,Z,x,y\nB,Z,x,y\n", "the quotation mark at 2:1 has no end"},
		{"commas in a text", head + "A,Z,x,one, two\n", "row 2, column E: the row has more cells than the heads"},
		{"column without a head", "title,\nA,note\n", "column B: it has no head: note"},
		{"words beside heads", "TITLE *,Author(s),Country 1,Country (2)\nA,Z,Kenya,Uganda\n", "cases/a.md: - Uganda"},
		{"heads again", "title,authors\nA,Z\ntitle,authors\nB,Z\n", "row 3: it repeats the heads"},
		{"heads in the first column", "title,A\nauthors,Z\ncountries,Kenya\n", "the heads stand in the first column"},
		{"bullets in a cell", "title,authors\nA,\"1. Grace Banda\n• Jane Smith\"\n", "cases/a.md: - Grace Banda\ncases/a.md: - Jane Smith"},
		{"two titles", "title,Title\nA,B\n", "row 2, column B (Title): another column gives title too"},
		{"error of a formula", head + "A,Z,#N/A,\n", "row 2, column C (hallmarks): #N/A is an error of a formula"},
		{"date with a time", "title,start\nA,2016-02-13 00:00:00\n", "cases/a.md: start: 2016-02-13"},
		{"records", "title,indicators\nA,40 nurses\n", "such as indicators.1.name"},
	} {
		if got := outcome(importing.Request{Name: "a.csv", Data: []byte(test.text)}); !strings.Contains(got, test.want) {
			t.Errorf("%s: no %q in\n%s", test.name, test.want, got)
		}
	}
}

// TestMapOfTable checks that a map names the fields for the headings of a table, and the
// values for the words in its cells.
func TestMapOfTable(t *testing.T) {
	request := importing.Request{Name: "a.csv", Data: []byte("Site,Where we were,Story,Log\nA,Blantyre,We met.,x\n"), Existing: nothing}
	result, err := importing.Read(request)
	if err != nil || !strings.HasSuffix(string(result.Map), "fields:\n  Site:\n  Where we were:\n  Story:\n  Log:\n") {
		t.Fatalf("%v\n%s", err, result.Map)
	}
	request.Map = []byte("fields: {Site: title, Where we were: countries, Story: What was done, Log: }\nvalues: {Where we were: {Blantyre: Malawi}}\n")
	if result, err = importing.Read(request); err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result)
	}
	if got, want := string(result.Files[0].Data), "---\ntitle: A\ncountries:\n  - Malawi\n---\n## What was done\n\nWe met.\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for line, want := range map[int]string{0: "row 2", 2: "row 2, column A (Site)", 6: "row 2, column C (Story)"} {
		if got := result.Files[0].Places[line]; got != want {
			t.Errorf("line %d comes from %q, want %q", line, got, want)
		}
	}
	request.Map = []byte("fields: {Site: title, Log: colour}\n")
	if _, err = importing.Read(request); err == nil || !strings.Contains(err.Error(), "Log: colour") {
		t.Errorf("an unknown field: %v", err)
	}
}

// TestManyMergedCells checks that a small file cannot stand for any number of cells.
func TestManyMergedCells(t *testing.T) {
	book := excelize.NewFile()
	row := make([]any, 120)
	for i := range row {
		row[i] = "x"
	}
	err := errors.Join(book.SetSheetRow("Sheet1", "A1", &[]any{"title"}), book.SetSheetRow("Sheet1", "A2", &row), book.SetCellStr("Sheet1", "A1000", "y"))
	for i := range row {
		name, _ := excelize.ColumnNumberToName(i + 1)
		err = errors.Join(err, book.MergeCell("Sheet1", name+"2", name+"999"))
	}
	var b bytes.Buffer
	if err := errors.Join(err, book.Write(&b)); err != nil {
		t.Fatal(err)
	}
	if _, err := importing.Read(importing.Request{Name: "a.xlsx", Data: b.Bytes(), Existing: nothing}); err == nil || !strings.Contains(err.Error(), "unmerge them") {
		t.Errorf("got %v, want an error about merged cells", err)
	}
}

// TestSheets checks that the parts of a workbook other than plain cells become part of the
// entries, or are in the report.
func TestSheets(t *testing.T) {
	book := excelize.NewFile()
	is1904 := true
	sheet := func(name string, rows ...[]any) {
		_, err := book.NewSheet(name)
		for i, row := range rows {
			err = errors.Join(err, book.SetSheetRow(name, fmt.Sprint("A", i+1), &row))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	sheet("Sheet1", []any{"Read me first"})
	sheet("Cases", []any{"title", "authors", "countries", "start", "indicators.1.value"}, []any{"A", "Z", "Malawi", 41236, 0.25}, []any{"B", "Y"}, []any{"C", "X"})
	percent, err := book.NewStyle(&excelize.Style{NumFmt: 9})
	if err := errors.Join(err, book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &is1904}), book.MergeCell("Cases", "C2", "C3"), book.SetRowVisible("Cases", 3, false),
		book.AddComment("Cases", excelize.Comment{Cell: "B3", Text: "Ask her"}), book.SetCellHyperLink("Cases", "B2", "https://example.org/z", "External"),
		book.SetCellStyle("Cases", "E2", "E2", percent), book.SetCellFormula("Cases", "D4", "DATE(2016,1,2)")); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	result, err := importing.Read(importing.Request{Name: "a.xlsx", Data: b.Bytes(), Existing: nothing})
	if err != nil || len(result.Files) != 2 {
		t.Fatal(err, result)
	}
	if got := string(result.Files[0].Data); !strings.Contains(got, "start: 2016-11-24\n") || !strings.Contains(got, `value: "25%"`) {
		t.Errorf("the first entry is\n%s", got)
	}
	if got := string(result.Files[1].Data); !strings.Contains(got, "  - Malawi\n") {
		t.Errorf("the second entry is\n%s", got)
	}
	for what, words := range map[string]string{
		"sheet Sheet1": "left out only one sheet is read", "merged cells C2:C3": "mapped", "row 3, hidden": "mapped", "comment at B3": "left out Ask her", "link at B2": "https://example.org/z",
	} {
		if !hasLine(result, what, words) {
			t.Errorf("no %s, %s in %v", what, words, result.Report)
		}
	}
	if len(result.Problems) != 1 || !strings.HasPrefix(result.Problems[0].Message, "row 4, column D (start): the formula in this cell has no value") {
		t.Errorf("the problems are %v", result.Problems)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("title,quotes.1.text,benefits.Malawi,x\nA,b,c,d\n")
	f.Add("title;countries\n\"A\n\"\"b\";Malawi;Wales\n")
	f.Fuzz(func(t *testing.T, text string) {
		var result *importing.Import
		var err error
		cost.Limit{Time: time.Second, TimePerByte: 50 * time.Microsecond, Memory: 32 << 20, MemoryPerByte: 40_000}.Check(t, len(text), func() {
			result, err = importing.Read(importing.Request{Name: "a.csv", Data: []byte(text), Existing: nothing})
		})
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
