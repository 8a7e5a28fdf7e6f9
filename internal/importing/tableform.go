// The empty table: a column for each field, with help and lists of values.

package importing

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"

	"casebook/internal/content"
	"casebook/internal/frontmatter"

	"github.com/xuri/excelize/v2"
)

// valuesSheet is the sheet of a workbook with the lists of values.
const valuesSheet = "Values"

// Vocabularies holds the names that a form offers for a field, by what the
// field refers to: "countries".
type Vocabularies map[string][]string

// question is a field that a form asks for.
type question struct {
	path  string
	field frontmatter.Field
}

// questions returns the fields of a kind of content as a form asks for them,
// including fields within others, and the first record of each list of records.
func questions(schema content.Schema) []question {
	var all []question
	for _, f := range schema.Fields {
		all = append(all, questionsOf(f.Key, f)...)
	}
	return all
}

func questionsOf(path string, f frontmatter.Field) []question {
	isShort := f.Refers != "" || slices.ContainsFunc(f.Fields, func(inner frontmatter.Field) bool { return inner.Short })
	if len(f.Fields) == 0 || isShort {
		return []question{{path, f}}
	}
	if f.List {
		path += ".1"
	}
	var all []question
	for _, inner := range f.Fields {
		all = append(all, questionsOf(path+"."+inner.Key, inner)...)
	}
	return all
}

// values returns the values that a field may have, if there is a list of them.
func (q question) values(vocabularies Vocabularies) []string {
	switch {
	case len(q.field.Values) > 0:
		return q.field.Values
	case q.field.Type == frontmatter.Boolean:
		return []string{"true", "false"}
	}
	return vocabularies[q.field.Refers]
}

// heads returns the heads of the columns of an empty table.
func heads(schema content.Schema) []string {
	var heads []string
	for _, q := range questions(schema) {
		heads = append(heads, q.path)
	}
	for _, s := range content.Sections(schema.Class, "") {
		heads = append(heads, s.Heading)
	}
	if schema.List {
		return heads
	}
	return append([]string{"id"}, append(heads, textColumn)...)
}

// formCSV returns an empty table for entries of a kind.
func formCSV(schema content.Schema) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff") // a byte order mark, so that Excel reads accents correctly
	w := csv.NewWriter(&b)
	if err := w.Write(heads(schema)); err != nil {
		return nil, err
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// formXLSX returns an empty workbook for entries of a kind. Each head has the
// help of its field in the words of the knowledge base, and each column a list of its
// allowed values. The heads themselves are the names of the fields, by which the table is
// read again.
func formXLSX(schema content.Schema, words Words) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	const sheet = "Case studies"
	if err := book.SetSheetName(book.GetSheetName(0), sheet); err != nil {
		return nil, err
	}
	if _, err := book.NewSheet(valuesSheet); err != nil {
		return nil, err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	byPath := map[string]question{}
	for _, q := range questions(schema) {
		byPath[q.path] = q
	}
	lists := 0
	for i, head := range heads(schema) {
		name := columnName(i)
		q := byPath[head]
		if err := book.SetCellStr(sheet, name+"1", head); err != nil {
			return nil, err
		}
		if q.field.Help != "" {
			if err := book.AddComment(sheet, excelize.Comment{Cell: name + "1", Author: "Casebook", Paragraph: []excelize.RichTextRun{{Text: words.Terms.Rename(help(q))}}}); err != nil {
				return nil, err
			}
		}
		values := q.values(words.Names)
		if len(values) == 0 {
			continue
		}
		column := columnName(lists)
		lists++
		for row, value := range append([]string{head}, values...) {
			if err := book.SetCellStr(valuesSheet, fmt.Sprintf("%s%d", column, row+1), value); err != nil {
				return nil, err
			}
		}
		choice := excelize.NewDataValidation(true)
		choice.Sqref = fmt.Sprintf("%s2:%s1001", name, name)
		choice.SetSqrefDropList(fmt.Sprintf("%s!$%s$2:$%s$%d", valuesSheet, column, column, len(values)+1))
		if q.field.List { // it may have several values, which a drop-down list does not allow
			choice.ShowErrorMessage = false
		} else {
			choice.SetError(excelize.DataValidationErrorStyleStop, "Not in the list", "Choose one of the values of the list.")
		}
		if err := book.AddDataValidation(sheet, choice); err != nil {
			return nil, err
		}
	}
	if err := book.SetRowStyle(sheet, 1, 1, bold); err != nil {
		return nil, err
	}
	if err := book.SetColWidth(sheet, "A", columnName(len(heads(schema))-1), 24); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = book.Write(&b)
	return b.Bytes(), err
}

// help returns the explanation of a field in a form.
func help(q question) string {
	text := q.field.Help
	if q.field.List {
		text += " Several stand between semicolons."
	}
	if q.field.Example != "" && !q.field.List && len(q.field.Fields) == 0 {
		text += " For example: " + q.field.Example
	}
	return text
}
