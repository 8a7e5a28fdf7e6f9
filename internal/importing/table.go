// Tables: each row is a case study, and the heads of the columns are the paths
// of fields.

package importing

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"

	"github.com/xuri/excelize/v2"
)

// Limits of a table.
const (
	maxRows    = 10_000
	maxColumns = 1_000
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

// grid is the rows of a table.
type grid struct {
	rows [][]string // as people see them
	// Of a workbook: the rows as it stores them, where a date is a number of
	// days; nil for a file of text.
	stored    [][]string
	since1904 bool // the days are counted from 1904, not from 1900

	lacksValue func(row, column int) bool // whether an empty cell has a formula; from 0
}

// readCSV makes an entry of each row of a file of comma-separated values.
func readCSV(request Request) (*Import, error) {
	result := &Import{}
	text, err := result.decode(request.Data)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // line ends of old Macs
	}
	comma := separator(text)
	if m := separatorLine.FindStringSubmatch(text); m != nil {
		comma, text = rune(m[1][0]), text[len(m[0]):]
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return result, readRows(request, result, grid{rows: rows})
		}
		if err != nil {
			return nil, fmt.Errorf("it cannot be read as a table: %w", err)
		}
		if line, column := r.FieldPos(len(row) - 1); int(r.InputOffset()) == len(text) && isOpen(text, line, column) {
			return nil, fmt.Errorf("the quotation mark at %d:%d has no end: write another one where the text ends, or delete it", line, column)
		}
		if rows = append(rows, row); len(rows) > maxRows+1 {
			return nil, fmt.Errorf("it has more than %d rows: divide it", maxRows)
		}
	}
}

// separatorLine matches the line in which Excel is told what separates the cells.
var separatorLine = regexp.MustCompile(`^"?sep=([;,|\t])"?\r?\n`)

// separator returns what separates the cells of the first line. Excel writes
// semicolons in countries where a comma is part of a number.
func separator(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(line, ",")
	for _, c := range []rune{';', '\t', '|'} {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// isOpen reports whether the last cell of a text, which begins at a line and a
// column in bytes, begins with a quotation mark that is not closed.
func isOpen(text string, line, column int) bool {
	for range line - 1 {
		_, text, _ = strings.Cut(text, "\n")
	}
	cell, quoted := strings.CutPrefix(text[min(column-1, len(text)):], `"`)
	return quoted && strings.Count(cell, `"`)%2 == 0
}

// readRows makes an entry of each row below the heads.
func readRows(request Request, result *Import, g grid) error {
	result.Fixes, result.Hint = InSource, tableHint
	if request.ID != "" {
		return errors.New("a table holds many entries: give each its id in a column id, instead of --id")
	}
	first, err := NewDraft(request.Kind)
	if err != nil {
		return err
	}
	m, err := readMap(request.Map)
	if err != nil {
		return err
	}
	head, _ := headRow(first, &m, g.rows)
	if len(g.rows) < head+2 {
		return errors.New("it has no rows below its head: \"casebook form cases.csv\" writes a table to fill in")
	}
	for i, row := range g.rows[:head] {
		if text := strings.Join(strings.Fields(strings.Join(row, " ")), " "); text != "" {
			result.add(fmt.Sprintf("row %d", i+1), LeftOut, "it is above the heads: "+frontmatter.Shorten(text))
		}
	}
	columns, err := result.columns(first.Schema, m, g.rows[head], g.rows[head+1:])
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(columns, func(c column) bool { return c.path == TitleOf(first) }) {
		result.Problems = append(result.Problems, problem.Problem{
			Code: "import", Message: "no column has the head " + TitleOf(first),
			Hint: "write the names of fields into the first row, as \"casebook form cases.csv\" does, or say with --map what your heads mean",
		})
		return nil
	}
	taken := map[string]int{}
	var lists []*draft.Draft
	for i, row := range g.rows {
		if i <= head || strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		t := tableRow{request: request, result: result, m: m, columns: columns, heads: len(g.rows[head]), number: i + 1, grid: g}
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
			t.fail("", errors.New(strings.Replace(err.Error(), "with --id", "in a column id", 1)))
			continue
		}
		if d.Schema.List {
			lists = append(lists, d)
			continue
		}
		t.setPlaces(file)
		result.Files = append(result.Files, file)
	}
	if lists == nil {
		return nil
	}
	file, err := AddTo(first.Schema.Files[0], request.Existing(first.Schema.Files[0]), lists...)
	result.Files = append(result.Files, file)
	return err
}

// headRow returns the number of the row with the heads, from 0: the first one
// that names the title, otherwise the first one that speaks of a title or name,
// which it makes the head of the title.
func headRow(d *draft.Draft, m *fieldMap, rows [][]string) (number int, hasTitle bool) {
	rows = rows[:min(len(rows), 20)]
	for i, row := range rows {
		if slices.ContainsFunc(row, func(head string) bool { return columnOf(d.Schema, m.head(head)).path == TitleOf(d) }) {
			return i, true
		}
	}
	for _, word := range []string{"title", "name"} {
		for i, row := range rows {
			for _, head := range row {
				head = strings.Join(strings.Fields(head), " ")
				if _, given := m.Fields[head]; given || !slices.Contains(words(head), word) || columnOf(d.Schema, head).what() != "" {
					continue
				}
				m.Fields = maps.Clone(m.Fields)
				if m.Fields == nil {
					m.Fields = map[string]string{}
				}
				m.Fields[head] = TitleOf(d)
				return i, true
			}
		}
	}
	return 0, false
}

// words returns the words of a text, in lower case.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// columns returns what each column holds, and reports it.
func (i *Import) columns(schema content.Schema, m fieldMap, heads []string, rows [][]string) ([]column, error) {
	var columns []column
	suggested := "# What each column holds: a field, text or a heading of the text; nothing leaves it out.\nfields:\n"
	for n := range widest(heads, rows) {
		c, place := column{}, "column "+columnName(n)
		if n < len(heads) && strings.TrimSpace(heads[n]) != "" {
			c = columnOf(schema, m.head(heads[n]))
			c.head = strings.Join(strings.Fields(heads[n]), " ")
			place += " (" + c.head + ")"
			suggested += strings.TrimRight("  "+draft.Scalar(c.head)+": "+c.name(), " ") + "\n"
		}
		ours, given := m.Fields[c.head]
		switch {
		case c.what() != "":
			i.add(place, Mapped, c.what())
		case c.head == "":
			if why := firstIn(rows, n); why != "" {
				i.add(place, LeftOut, "it has no head: "+frontmatter.Shorten(why))
			}
		case given && ours != "":
			return nil, fmt.Errorf("the map has %s: %s, but %s has no such field: use one of %s", c.head, ours, schema.What, strings.Join(fieldKeys(schema), ", "))
		case given:
			i.add(place, LeftOut, "as the map says")
		default:
			why := "no field has this name"
			if near := frontmatter.Nearest(c.head, fieldKeys(schema)); near != "" {
				why += "; did you mean " + near + "?"
			}
			i.add(place, LeftOut, why)
		}
		columns = append(columns, c)
	}
	i.Map = []byte(suggested)
	return columns, nil
}

// columnOf returns what a column with a head holds.
func columnOf(schema content.Schema, head string) column {
	head = strings.Join(strings.Fields(head), " ")
	path, known := PathOf(schema, head)
	all := allSections(schema.Class)
	section := slices.IndexFunc(all, func(s content.Section) bool { return strings.EqualFold(s.Heading, strings.TrimRight(head, "?:")) })
	switch {
	case known:
		return column{path: path}
	case section >= 0:
		return column{heading: all[section].Heading}
	case strings.EqualFold(head, textColumn) && !schema.List:
		return column{isText: true}
	case strings.EqualFold(head, "id"):
		return column{path: "id"}
	}
	return column{}
}

// name returns the head that says what the column holds; "" if it is left out.
func (c column) name() string {
	if c.isText {
		return textColumn
	}
	return cmp.Or(c.path, c.heading)
}

// what returns what the column holds, for the report; "" if it is left out.
func (c column) what() string {
	switch {
	case c.heading != "":
		return "the text, below ## " + c.heading
	case c.isText:
		return "the text"
	}
	return c.path
}

// widest returns the number of columns in which a table has anything.
func widest(heads []string, rows [][]string) int {
	n := len(heads)
	for _, row := range rows {
		n = max(n, len(row))
	}
	return n
}

// firstIn returns the first text in a column.
func firstIn(rows [][]string, column int) string {
	for _, row := range rows {
		if column < len(row) && strings.TrimSpace(row[column]) != "" {
			return strings.Join(strings.Fields(row[column]), " ")
		}
	}
	return ""
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
	t.result.Problems = append(t.result.Problems, problem.Problem{Code: "import", Message: place + ": " + message})
}

var (
	yamlList  = regexp.MustCompile(`(\w+): \[([^\]]*)\]`)
	bareList  = regexp.MustCompile(`\[([^\]]*)\]`)
	fieldLine = regexp.MustCompile(`a line (\w+): …`)
)

// tableHint returns a hint about a content file as one about a table, in which
// items stand between semicolons and fields are columns.
func tableHint(hint string) string {
	hint = yamlList.ReplaceAllString(hint, "$2 in a column $1")
	hint = fieldLine.ReplaceAllString(hint, "a column for $1")
	return bareList.ReplaceAllStringFunc(hint, func(list string) string {
		return strings.ReplaceAll(strings.Trim(list, "[]"), ", ", "; ")
	})
}
