// Tables: each row is a case study, and the heads of the columns are the paths
// of fields.

package importing

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// Limits of a table.
const (
	maxRows    = 10_000
	maxColumns = 1_000
	maxSheet   = 128 << 20 // bytes of a workbook, decompressed
)

// textColumn is the head of the column for the text of a case study.
const textColumn = "text"

// column is a column of a table. At most one of path, heading and isText is
// set; if none is, the column is left out.
type column struct {
	head    string
	path    string // of a field
	heading string // of a section of the text
	isText  bool
}

// readCSV makes an entry of each row of a file of comma-separated values.
func readCSV(request Request) (*Import, error) {
	data := bytes.TrimPrefix(request.Data, []byte("\xef\xbb\xbf"))
	result := &Import{}
	if !utf8.Valid(data) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if err != nil {
			return nil, fmt.Errorf("its letters cannot be read: save it as \"CSV UTF-8\"")
		}
		data = decoded
		result.add("letters", Mapped, "read as Windows-1252; if accents are wrong, save it as \"CSV UTF-8\"")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(data), -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return result, readRows(request, result, rows, false)
		}
		if err != nil {
			return nil, fmt.Errorf("it cannot be read as a table: %w", err)
		}
		if rows = append(rows, row); len(rows) > maxRows+1 {
			return nil, fmt.Errorf("it has more than %d rows: divide it", maxRows)
		}
	}
}

// separator returns what separates the cells of the first line. Excel writes
// semicolons in countries where a comma is part of a number.
func separator(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, c := range []rune{';', '\t'} {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// readXLSX makes an entry of each row of the first sheet of a workbook.
func readXLSX(request Request) (*Import, error) {
	book, err := excelize.OpenReader(bytes.NewReader(request.Data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxSheet, UnzipXMLSizeLimit: maxSheet / 8})
	if err != nil {
		return nil, errors.New("it is not an Excel workbook, or it is damaged or has a password: save it as .xlsx, or as .csv")
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return nil, errors.New("it has no sheet")
	}
	lines, err := book.Rows(sheets[0])
	if err != nil {
		return nil, fmt.Errorf("its sheet %q cannot be read: %w", sheets[0], err)
	}
	defer lines.Close()
	var rows [][]string
	for lines.Next() {
		row, err := lines.Columns()
		if err != nil {
			return nil, fmt.Errorf("its sheet %q cannot be read: %w", sheets[0], err)
		}
		if len(row) > maxColumns {
			return nil, fmt.Errorf("row %d has more than %d columns", len(rows)+1, maxColumns)
		}
		if rows = append(rows, row); len(rows) > maxRows+1 {
			return nil, fmt.Errorf("it has more than %d rows: divide it", maxRows)
		}
	}
	result := &Import{}
	for _, sheet := range sheets[1:] {
		if sheet != valuesSheet {
			result.add("sheet "+sheet, LeftOut, "only the first sheet is read")
		}
	}
	return result, readRows(request, result, rows, true)
}

// readRows makes an entry of each row below the first. excel means that dates
// are numbers.
func readRows(request Request, result *Import, rows [][]string, excel bool) error {
	result.Fixes = InSource
	if request.ID != "" {
		return errors.New("a table holds many entries: give each its id in a column id, instead of --id")
	}
	if len(rows) < 2 {
		return errors.New("it has no rows below its head: \"casebook form cases.csv\" writes a table to fill in")
	}
	first, err := NewDraft(request.Kind)
	if err != nil {
		return err
	}
	columns := result.columns(first.Schema, rows[0])
	if !slices.ContainsFunc(columns, func(c column) bool { return c.path == TitleOf(first) }) {
		return fmt.Errorf("no column has the head %s: the first row names the fields; \"casebook form cases.csv\" writes one", TitleOf(first))
	}
	taken := map[string]int{}
	var lists []*draft.Draft
	for i, row := range rows[1:] {
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		t := tableRow{request: request, result: result, columns: columns, number: i + 2, excel: excel}
		d, id := t.read(row)
		if d == nil {
			continue
		}
		file, err := FileOf(d, id, draft.None, request.Existing)
		if err == nil && !d.Schema.List {
			if other := taken[file.Path]; other > 0 {
				err = fmt.Errorf("row %d has the same title or id: give one of the two another id, in a column id", other)
			}
			taken[file.Path] = t.number
		}
		if err != nil {
			t.fail("", err)
			continue
		}
		if d.Schema.List {
			lists = append(lists, d)
			continue
		}
		for line, path := range file.Places {
			file.Places[line] = t.placeOf(path)
		}
		file.Places[0] = t.placeOf("")
		result.Files = append(result.Files, file)
	}
	if lists == nil {
		return nil
	}
	file, err := AddTo(first.Schema.Files[0], request.Existing(first.Schema.Files[0]), lists...)
	result.Files = append(result.Files, file)
	return err
}

// columns returns what each column holds, and reports it.
func (i *Import) columns(schema content.Schema, heads []string) []column {
	var columns []column
	for n, head := range heads {
		c := column{head: strings.Join(strings.Fields(head), " ")}
		place := "column " + columnName(n)
		if c.head != "" {
			place += " (" + c.head + ")"
		}
		path, known := PathOf(schema, c.head)
		section := slices.IndexFunc(allSections(schema.Class), func(s content.Section) bool { return strings.EqualFold(s.Heading, c.head) })
		switch {
		case known:
			c.path = path
			i.add(place, Mapped, path)
		case section >= 0:
			c.heading = allSections(schema.Class)[section].Heading
			i.add(place, Mapped, "the text, below ## "+c.heading)
		case strings.EqualFold(c.head, textColumn) && !schema.List:
			c.isText = true
			i.add(place, Mapped, "the text")
		case strings.EqualFold(c.head, "id"):
			c.path = "id"
			i.add(place, Mapped, "the id of the entry")
		default:
			why := "no field has this name"
			if near := frontmatter.Nearest(c.head, fieldKeys(schema)); near != "" {
				why += "; did you mean " + near + "?"
			}
			i.add(place, LeftOut, why)
		}
		columns = append(columns, c)
	}
	return columns
}

// PathOf returns the path that a head names. The head is the path itself or
// another name of the field, in upper or lower case, and with spaces or hyphens
// instead of underscores.
func PathOf(schema content.Schema, head string) (string, bool) {
	path := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(head)))
	if _, ok := draft.FieldAt(schema, path); ok {
		return path, true
	}
	if _, ok := draft.FieldAt(schema, head); ok { // such as benefits.Malawi or container-title
		return head, true
	}
	for _, f := range schema.Fields {
		if slices.Contains(f.Also, path) {
			return f.Key, true
		}
	}
	return "", false
}

// fieldKeys returns the names of the fields of the schemas, each once.
func fieldKeys(schemas ...content.Schema) []string {
	var keys []string
	for _, schema := range schemas {
		for _, f := range schema.Fields {
			if !slices.Contains(keys, f.Key) {
				keys = append(keys, f.Key)
			}
		}
	}
	return keys
}

// allSections returns the headings of all kinds of case studies, each once.
func allSections(class content.Class) []content.Section {
	var all []content.Section
	for _, kind := range content.Kind("").Choices() {
		for _, s := range content.Sections(class, content.Kind(kind)) {
			if !slices.ContainsFunc(all, func(other content.Section) bool { return other.Heading == s.Heading }) {
				all = append(all, s)
			}
		}
	}
	return all
}

// columnName returns the name that spreadsheets give to column n, from 0: A, B,
// … AA.
func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n + 1)
	if err != nil {
		return strconv.Itoa(n + 1)
	}
	return name
}

// tableRow is the state of reading a row.
type tableRow struct {
	request Request
	result  *Import
	columns []column
	number  int // as spreadsheets number rows, from 1
	excel   bool
}

// read returns the entry of the row and its id. The entry is nil if the row has
// mistakes.
func (t *tableRow) read(cells []string) (d *draft.Draft, id string) {
	d, err := NewDraft(t.request.Kind)
	if err != nil {
		t.fail("", err)
		return nil, ""
	}
	failed := false
	var sections strings.Builder
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if i >= len(t.columns) || cell == "" {
			continue
		}
		switch c := t.columns[i]; {
		case c.path == "id":
			id = cell
		case c.path != "":
			if err := d.Set(c.path, t.value(d.Schema, c.path, cell)); err != nil {
				t.fail(c.path, err)
				failed = true
			}
		case c.heading != "":
			sections.WriteString("## " + c.heading + "\n\n" + cell + "\n\n")
		case c.isText:
			d.Body = cell + "\n\n"
		}
	}
	d.Body += sections.String()
	if err := t.request.apply(d); err != nil {
		t.fail("", err)
		failed = true
	}
	if failed {
		return nil, ""
	}
	return d, id
}

// value returns a cell as a value of the field. Excel stores a date as a number
// of days since 1900.
func (t *tableRow) value(schema content.Schema, path, cell string) string {
	field, _ := draft.FieldAt(schema, path)
	days, err := strconv.ParseFloat(cell, 64)
	if !t.excel || field.Type != "date" || err != nil || days < 9999 || days > 100_000 {
		return cell
	}
	date, err := excelize.ExcelDateToTime(days, false)
	if err != nil {
		return cell
	}
	return date.Format("2006-01-02")
}

// placeOf returns where the value at a path comes from.
func (t *tableRow) placeOf(path string) string {
	for i, c := range t.columns {
		if c.path != "" && (path == c.path || strings.HasPrefix(path, c.path+".")) {
			return fmt.Sprintf("row %d, column %s (%s)", t.number, columnName(i), c.head)
		}
	}
	return fmt.Sprintf("row %d", t.number)
}

// fail reports a mistake in the row.
func (t *tableRow) fail(path string, err error) {
	t.result.Problems = append(t.result.Problems, problem.Problem{
		Code: "import", Message: t.placeOf(path) + ": " + strings.TrimPrefix(err.Error(), path+": "),
	})
}
