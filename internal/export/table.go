// CSV files, without cells that a spreadsheet would run as formulas.

package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
	var file bytes.Buffer
	err := writeTable(&file, nil, slices.Values(encoded))
	return file.Bytes(), err
}

// writeTable writes a CSV file of encoded rows, with a byte order mark for
// spreadsheets.
func writeTable(to io.Writer, header []byte, rows iter.Seq[[]byte]) error {
	b := bufio.NewWriter(to)
	b.WriteString(byteOrderMark)
	b.Write(header)
	for row := range rows {
		b.Write(row)
	}
	return b.Flush()
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

// formulaSigns begin a formula in some spreadsheet program, the last ones in
// Japanese versions (https://owasp.org/www-community/attacks/CSV_Injection).
const formulaSigns = "=+-@\t\r\n|%＝＋－＠"

// inert returns a cell that no spreadsheet treats as a formula: it puts an
// apostrophe before a sign that begins one, also behind spaces and characters that
// cannot be seen.
func inert(cell string) string {
	begins := strings.TrimLeftFunc(cell, func(r rune) bool {
		return !strings.ContainsRune(formulaSigns, r) && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r))
	})
	if first, _ := utf8.DecodeRuneInString(begins); begins != "" && strings.ContainsRune(formulaSigns, first) {
		return "'" + cell
	}
	return cell
}

// separator separates the values of a cell that holds several.
const separator = "; "

// list returns several values as the text of one cell.
func list(values []string) string { return strings.Join(values, separator) }
