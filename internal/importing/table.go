// Tables: each row is a case study, and the heads of the columns are the paths
// of fields.

package importing

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casebook/internal/draft"
	"casebook/internal/frontmatter"
)

// Limits of a table.
const (
	maxRows    = 10_000
	maxColumns = 1_000
)

// grid is the rows of a table.
type grid struct {
	rows [][]string // as people see them
	// Of a workbook: the rows as it stores them, where a date is a number of
	// days; nil for a file of text.
	stored    [][]string
	since1904 bool // the days are counted from 1904, not from 1900

	lacksValue func(row, column int) bool // whether an empty cell has a formula; from 0
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
		if text := oneLine(strings.Join(row, " ")); text != "" {
			result.add(fmt.Sprintf("row %d", i+1), LeftOut, "it is above the heads: "+frontmatter.Shorten(text))
		}
	}
	columns, err := result.columns(first.Schema, m, g.rows[head], g.rows[head+1:])
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(columns, func(c column) bool { return c.path == TitleOf(first) }) {
		result.fail("no column has the head "+TitleOf(first), "write the names of fields into the first row, as \"casebook form cases.csv\" does, or say with --map what your heads mean")
		return nil
	}
	if isTurned(first, columns, g.rows[head:]) {
		result.fail("the heads stand in the first column instead of the first row", "turn the table: copy it, and paste it in Excel with Paste Special, Transpose")
		return nil
	}
	taken := map[string]int{}
	var lists []*draft.Draft
	for i, row := range g.rows {
		if i <= head || strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		if slices.Equal(row, g.rows[head]) {
			result.add(fmt.Sprintf("row %d", i+1), LeftOut, "it repeats the heads")
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

// isTurned reports whether the heads of a table stand in its first column: one column
// has a head that is known, and at least three rows begin with one.
func isTurned(d *draft.Draft, columns []column, rows [][]string) bool {
	known := 0
	for _, row := range rows {
		if len(row) > 0 && columnOf(d.Schema, row[0]).what() != "" {
			known++
		}
	}
	return known > 2 && !slices.ContainsFunc(columns[1:], func(c column) bool { return c.what() != "" })
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
				head = oneLine(head)
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

var (
	yamlList  = regexp.MustCompile(`(\w+): \[([^\]]*)\]`)
	bareList  = regexp.MustCompile(`\[([^\]]*)\]`)
	fieldLine = regexp.MustCompile(`a line (\w+): …`)
	twoLines  = regexp.MustCompile(`two lines, (\w+): (\S+) and (\w+): (\S+)`)
)

// tableHint returns a hint about a content file as one about a table, in which
// items stand between semicolons and fields are columns.
func tableHint(hint string) string {
	hint = yamlList.ReplaceAllString(hint, "$2 in a column $1")
	hint = fieldLine.ReplaceAllString(hint, "a column for $1")
	hint = twoLines.ReplaceAllString(hint, "$2 in a column $1 and $4 in a column $3")
	hint = strings.NewReplacer("delete this line", "empty the cell", "delete the line", "empty the cell", "delete it:", "empty the cell:").Replace(hint)
	return bareList.ReplaceAllStringFunc(hint, func(list string) string {
		return strings.ReplaceAll(strings.Trim(list, "[]"), ", ", "; ")
	})
}
