// The tables of the coverage page as CSV.

package export

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/site"
)

// coverage writes each table of the coverage page: a row for each country or
// discipline, including those without a case study, with the number of examples
// and challenges under each principle or hallmark.
func (e *exporter) coverage() error {
	for _, t := range e.matrices() {
		if err := e.addCSV("data/"+matrixName(t)+".csv", matrixRows(t)); err != nil {
			return err
		}
	}
	return nil
}

// matrices returns the tables of the coverage page that are not empty.
func (e *exporter) matrices() []site.Matrix {
	var filled []site.Matrix
	for _, p := range e.in.Site.Pages {
		if _, ok := p.Kind.(*site.CoveragePage); !ok {
			continue
		}
		for _, t := range p.Page().(*site.CoveragePage).Tables {
			if len(t.Rows) > 0 {
				filled = append(filled, t)
			}
		}
	}
	return filled
}

// matrixName returns the name of the file of a table, without its extension.
func matrixName(t site.Matrix) string { return "coverage-" + t.ID }

// matrixRows returns the head and the rows of a table.
func matrixRows(t site.Matrix) [][]string {
	_, of, _ := strings.Cut(t.ID, "-by-")
	head := []string{of}
	for _, c := range t.Columns {
		head = append(head, fmt.Sprintf("%d. %s", c.Number, c.Label))
	}
	rows := [][]string{head}
	for _, r := range t.Rows {
		cells := []string{r.Label}
		for _, c := range r.Cells {
			cells = append(cells, strconv.Itoa(c.Count()))
		}
		rows = append(rows, cells)
	}
	for _, empty := range t.Empty {
		cells := []string{empty.Label}
		for range t.Columns {
			cells = append(cells, "0")
		}
		rows = append(rows, cells)
	}
	return rows
}
