// Tables in a file of comma-separated values.

package importing

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// readCSV makes an entry of each row of a file of comma-separated values.
func readCSV(request Request) (*Import, error) {
	result := &Import{}
	text, err := result.decode("letters", request.Data)
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
