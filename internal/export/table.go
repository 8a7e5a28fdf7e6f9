// CSV files, without cells that a spreadsheet would run as formulas.

package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
)

// byteOrderMark tells spreadsheet programs that a CSV file is UTF-8.
const byteOrderMark = "\ufeff"

// CSV returns a table in the form of the data files: for spreadsheets, without
// a cell that they would run as a formula.
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

// table returns a CSV file of encoded rows, with a byte order mark for
// spreadsheets.
func table(rows ...[]byte) []byte {
	return slices.Concat([]byte(byteOrderMark), bytes.Join(rows, nil))
}

// row encodes a row according to RFC 4180, without a cell that a spreadsheet
// would run as a formula.
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

// inert returns a cell that no spreadsheet treats as a formula: it puts an
// apostrophe before a character that starts one
// (https://owasp.org/www-community/attacks/CSV_Injection).
func inert(cell string) string {
	if strings.TrimLeft(cell, " ") != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(strings.TrimLeft(cell, " ")[0])) {
		return "'" + cell
	}
	return cell
}

// separator separates the values of a cell that holds several.
const separator = "; "

// list returns several values as the text of one cell.
func list(values []string) string { return strings.Join(values, separator) }
