// Excel workbooks.

package importing

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/frontmatter"

	"github.com/xuri/excelize/v2"
)

// maxSheet is the largest size of a workbook, decompressed, in bytes.
const maxSheet = 128 << 20

// maxMerged is how many cells of a sheet may have their value from merged cells.
const maxMerged = 100_000

// maxNotes is how many comments, links and hidden rows of a sheet are listed.
const maxNotes = 100

// readXLSX makes an entry of each row of a sheet of a workbook: the first one
// that has a head for the title.
func readXLSX(request Request) (*Import, error) {
	book, err := excelize.OpenReader(bytes.NewReader(request.Data), excelize.Options{UnzipSizeLimit: maxSheet, UnzipXMLSizeLimit: maxSheet / 8})
	if err != nil {
		return nil, errors.New("it is not an Excel workbook, or it is damaged or has a password: save it as .xlsx, or as .csv")
	}
	defer book.Close()
	sheets := slices.DeleteFunc(book.GetSheetList(), func(name string) bool { return name == valuesSheet })
	if len(sheets) == 0 {
		return nil, errors.New("it has no sheet")
	}
	d, err := NewDraft(request.Kind)
	if err != nil {
		return nil, err
	}
	m, err := readMap(request.Map)
	if err != nil {
		return nil, err
	}
	var s sheet
	for _, name := range sheets {
		next := sheet{book: book, name: name}
		if err := next.read(); err != nil {
			return nil, fmt.Errorf("its sheet %q cannot be read: %w", name, err)
		}
		var isTable bool
		next.head, isTable = headRow(d, &m, next.rows)
		if s.name == "" || isTable {
			s = next
		}
		if isTable {
			break
		}
	}
	result := &Import{}
	for _, name := range sheets {
		if name != s.name {
			result.add("sheet "+name, LeftOut, "only one sheet is read, "+s.name)
		}
	}
	if err := s.merge(result); err != nil {
		return nil, err
	}
	s.report(result)
	return result, readRows(request, result, s.grid)
}

// sheet is a sheet of a workbook.
type sheet struct {
	book *excelize.File
	name string
	head int // row with the heads, from 0
	grid
	hidden []int // rows, from 1
}

// read reads the rows of the sheet.
func (s *sheet) read() error {
	if properties, err := s.book.GetWorkbookProps(); err == nil && properties.Date1904 != nil {
		s.since1904 = *properties.Date1904
	}
	lines, err := s.book.Rows(s.name)
	if err != nil {
		return err
	}
	defer lines.Close()
	stored, err := s.book.Rows(s.name)
	if err != nil {
		return err
	}
	defer stored.Close()
	for lines.Next() && stored.Next() {
		row, err := lines.Columns()
		if err != nil {
			return err
		}
		raw, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		if len(row) > maxColumns {
			return fmt.Errorf("row %d has more than %d columns", len(s.rows)+1, maxColumns)
		}
		s.rows, s.stored = append(s.rows, row), append(s.stored, append(raw, make([]string, max(0, len(row)-len(raw)))...))
		if lines.GetRowOpts().Hidden {
			s.hidden = append(s.hidden, len(s.rows))
		}
		if len(s.rows) > maxRows+1 {
			return fmt.Errorf("it has more than %d rows: divide it", maxRows)
		}
	}
	s.lacksValue = func(row, column int) bool {
		cell, err := excelize.CoordinatesToCellName(column+1, row+1)
		if err != nil {
			return false
		}
		formula, err := s.book.GetCellFormula(s.name, cell)
		return err == nil && formula != ""
	}
	return nil
}

// merge gives each cell that is merged with the one above it the same value, and
// in the row of the heads each that is merged with the one before it.
func (s *sheet) merge(result *Import) error {
	merged, err := s.book.GetMergeCells(s.name)
	if err != nil {
		return fmt.Errorf("its merged cells cannot be read: %w", err)
	}
	total := 0
	for _, m := range merged {
		column, first, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		lastColumn, last, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil || err2 != nil || first > len(s.rows) || column > len(s.rows[first-1]) {
			continue
		}
		if first-1 != s.head || first != last {
			lastColumn = column
		}
		filled := 0
		for row := first - 1; row < min(last, len(s.rows)); row++ {
			for c := column - 1; c < min(lastColumn, maxColumns); c++ {
				if row == first-1 && c == column-1 {
					continue
				}
				filled++
				if total++; total > maxMerged {
					return fmt.Errorf("its merged cells stand for more than %d cells: unmerge them", maxMerged)
				}
				for _, rows := range [][][]string{s.rows, s.stored} {
					rows[row] = append(rows[row], make([]string, max(0, c+1-len(rows[row])))...)
					rows[row][c] = rows[first-1][column-1]
				}
			}
		}
		if filled > 0 {
			result.add("merged cells "+m.GetStartAxis()+":"+m.GetEndAxis(), Mapped, "each has the value of the first")
		}
	}
	return nil
}

// report adds to the report what of the sheet is in no cell.
func (s *sheet) report(result *Import) {
	for _, row := range s.hidden[:min(len(s.hidden), maxNotes)] {
		result.add(fmt.Sprintf("row %d, hidden", row), Mapped, "a hidden row is read like the others: delete it if nobody should see it")
	}
	for n := range widest(nil, s.rows) {
		if visible, err := s.book.GetColVisible(s.name, columnName(n)); err == nil && !visible {
			result.add("column "+columnName(n)+", hidden", Mapped, "a hidden column is read like the others: delete it if nobody should see it")
		}
	}
	comments, err := s.book.GetComments(s.name)
	if err == nil {
		for _, c := range comments[:min(len(comments), maxNotes)] {
			text := c.Text
			for _, run := range c.Paragraph {
				text += run.Text
			}
			if _, row, err := excelize.CellNameToCoordinates(c.Cell); err != nil || row-1 != s.head { // the notes of the form explain its heads
				result.add("comment at "+c.Cell, LeftOut, frontmatter.Shorten(text))
			}
		}
	}
	links, err := s.book.GetHyperLinkCells(s.name, "External")
	if err != nil {
		return
	}
	slices.Sort(links)
	for _, cell := range links[:min(len(links), maxNotes)] {
		_, address, err := s.book.GetCellHyperLink(s.name, cell)
		text, _ := s.book.GetCellValue(s.name, cell)
		if address = strings.TrimPrefix(address, "mailto:"); err == nil && !strings.Contains(text, address) {
			result.add("link at "+cell, LeftOut, "write its address into the cell, if readers need it: "+address)
		}
	}
	for what, n := range map[string]int{"hidden rows": len(s.hidden), "comments": len(comments), "links": len(links)} {
		if n > maxNotes {
			result.add(fmt.Sprintf("%s, %d more", what, n-maxNotes), LeftOut, "they are not listed")
		}
	}
}
