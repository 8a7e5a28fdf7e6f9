// Rows of a table: each is an entry.

package importing

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/draft"

	"github.com/xuri/excelize/v2"
)

// tableRow is the state of reading a row.
type tableRow struct {
	request Request
	result  *Import
	m       fieldMap
	columns []column
	heads   int // cells in the row of the heads
	number  int // as spreadsheets number rows, from 1
	grid    grid
}

// read returns the entry of the row and its id. The entry is nil if the row has
// mistakes.
func (t *tableRow) read(cells []string) (d *draft.Draft, id string) {
	d, err := NewDraft(t.request.Kind)
	if err != nil {
		t.fail("", err)
		return nil, ""
	}
	failed := len(t.result.Problems)
	var sections strings.Builder
	for i, c := range t.columns {
		cell := ""
		if i < len(cells) {
			cell = strings.TrimSpace(cells[i])
		}
		isKept := c.what() != ""
		switch {
		case isKept && cell == "" && t.grid.lacksValue != nil && t.grid.lacksValue(t.number-1, i):
			t.failAt(i, errors.New("the formula in this cell has no value: open the workbook in Excel or LibreOffice, and save it again"))
		case cell == "":
		case i >= t.heads && t.grid.stored == nil:
			t.failAt(i, errors.New("the row has more cells than the heads: put a text with commas between quotation marks, or give the column a head"))
		case isKept && formulaError.MatchString(cell):
			t.failAt(i, fmt.Errorf("%s is an error of a formula: correct it, or empty the cell", cell))
		case c.path == "id":
			id = cell
		case c.path != "" && !isList(d.Schema, c.path) && d.Has(c.path):
			t.failAt(i, errors.New("another column gives "+c.path+" too: delete one of the two"))
		case c.path != "":
			if err := d.Set(c.path, t.m.value(c.head, t.value(d.Schema, i, cell))); err != nil {
				t.failAt(i, err)
			}
		case c.heading != "":
			sections.WriteString("## " + c.heading + "\n\n" + cell + "\n\n")
		case c.isText:
			d.Body += cell + "\n\n"
		}
	}
	d.Body += sections.String()
	if err := t.request.apply(d); err != nil {
		t.fail("", err)
	}
	if len(t.result.Problems) > failed {
		return nil, ""
	}
	return d, id
}

// formulaError matches what a spreadsheet shows for a formula that fails.
var formulaError = regexp.MustCompile(`^#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)$`)

func isList(schema content.Schema, path string) bool {
	field, _ := draft.FieldAt(schema, path)
	return field.List || field.Type == content.TextsByWho
}

// timeOfDay matches a date with a time, in the form that programs write.
var timeOfDay = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}\S*$`)

// value returns a cell as a value of its field. Excel stores a date as a number
// of days.
func (t *tableRow) value(schema content.Schema, i int, cell string) string {
	field, _ := draft.FieldAt(schema, t.columns[i].path)
	if field.Type != "date" {
		return cell
	}
	cell = timeOfDay.ReplaceAllString(cell, "$1")
	if t.grid.stored == nil {
		return cell
	}
	stored := strings.TrimSpace(t.grid.stored[t.number-1][i])
	days, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return cell
	}
	if days < 9999 || days > 100_000 {
		return stored // a year
	}
	date, err := excelize.ExcelDateToTime(days, t.grid.since1904)
	if err != nil {
		return cell
	}
	return date.Format("2006-01-02")
}

// setPlaces replaces the paths of fields in the places of a file by cells of the
// table, and adds those of its text.
func (t *tableRow) setPlaces(file File) {
	for line, path := range file.Places {
		file.Places[line] = t.placeOf(path)
	}
	file.Places[0] = t.placeOf("")
	lines := strings.Split(string(file.Data), "\n")
	body := slices.Index(lines[1:], "---") + 3 // its first line, from 1
	for i, c := range t.columns {
		switch at := slices.Index(lines[body-1:], "## "+c.heading); {
		case c.isText:
			file.Places[body] = t.cell(i)
		case c.heading != "" && at >= 0:
			file.Places[body+at] = t.cell(i)
		}
	}
}

// placeOf returns where the value at a path comes from.
func (t *tableRow) placeOf(path string) string {
	for i, c := range t.columns {
		if c.path != "" && (path == c.path || strings.HasPrefix(path, c.path+".")) {
			return t.cell(i)
		}
	}
	return fmt.Sprintf("row %d", t.number)
}

// cell returns the name of the cell of the row in a column.
func (t *tableRow) cell(i int) string {
	if t.columns[i].head == "" {
		return fmt.Sprintf("row %d, column %s", t.number, columnName(i))
	}
	return fmt.Sprintf("row %d, column %s (%s)", t.number, columnName(i), t.columns[i].head)
}

// fail reports a mistake in the value at a path, failAt in a cell.
func (t *tableRow) fail(path string, err error) { t.failIn(t.placeOf(path), err) }
func (t *tableRow) failAt(i int, err error)     { t.failIn(t.cell(i), err) }

func (t *tableRow) failIn(place string, err error) {
	message := err.Error()
	for _, c := range t.columns {
		message = strings.TrimPrefix(message, c.path+": ")
	}
	t.result.fail(place+": "+message, "")
}
