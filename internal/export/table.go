package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
)

// byteOrderMark tells spreadsheet programs that a CSV file is UTF-8.
const byteOrderMark = "\ufeff"

// CSV returns a table as the data files have theirs: for spreadsheets, and with
// no cell that one would run as a formula.
func CSV(rows ...[]string) ([]byte, error) {
	encoded := make([][]byte, len(rows))
	for i, cells := range rows {
		var err error
		if encoded[i], err = row(slices.Clone(cells)...); err != nil {
			return nil, err
		}
	}
	return table(encoded...), nil
}

// table is a CSV file of encoded rows, with a byte order mark for spreadsheets.
func table(rows ...[]byte) []byte {
	return slices.Concat([]byte(byteOrderMark), bytes.Join(rows, nil))
}

// row encodes a row as RFC 4180 has it, with no cell that a spreadsheet would
// run as a formula.
func row(cells ...string) ([]byte, error) {
	for i, cell := range cells {
		cells[i] = inert(cell)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(cells); err != nil {
		return nil, err
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// inert returns a cell that no spreadsheet takes for a formula: one that begins
// with a character that starts one gets an apostrophe in front
// (https://owasp.org/www-community/attacks/CSV_Injection).
func inert(cell string) string {
	if strings.TrimLeft(cell, " ") != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(strings.TrimLeft(cell, " ")[0])) {
		return "'" + cell
	}
	return cell
}

// separator stands between the values of one cell that holds several.
const separator = "; "

// list is several values in one cell.
func list(values []string) string { return strings.Join(values, separator) }
