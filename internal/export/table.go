package export

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// byteOrderMark tells spreadsheet programs that a CSV file is UTF-8.
const byteOrderMark = "\ufeff"

// table encodes rows as RFC 4180 has it, for spreadsheets too: with a byte
// order mark, and with no cell that a spreadsheet would run as a formula.
func table(header []string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(header); err != nil {
		return nil, err
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = inert(cell)
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
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
