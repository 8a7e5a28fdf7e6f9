package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/library"
)

// casesCSV writes one row for each case study: of the whole library, and of
// each list beside its page.
func (e *exporter) casesCSV() error {
	rows := make(map[*library.CaseStudy][]string, len(e.in.Library.Cases))
	for _, c := range e.in.Library.Cases {
		row := make([]string, 0, len(columns))
		for _, column := range columns {
			row = append(row, cell(column.of(e, c)))
		}
		rows[c] = row
	}
	write := func(path string, cases []*library.CaseStudy) error {
		selected := make([][]string, 0, len(cases))
		for _, c := range cases {
			selected = append(selected, slices.Clone(rows[c]))
		}
		data, err := table(columnNames(), selected)
		e.add(path, data)
		return err
	}
	if err := write("data/cases.csv", e.in.Library.Cases); err != nil {
		return err
	}
	for _, list := range e.in.Site.Collections()[1:] { // the first is all case studies
		if err := e.ctx.Err(); err != nil {
			return err
		}
		if err := write(list.Path+"cases.csv", list.Cases); err != nil {
			return err
		}
	}
	return nil
}

func columnNames() []string {
	var names []string
	for _, column := range columns {
		names = append(names, column.name)
	}
	return names
}

// cell is the value of a column as one text: the parts of a record stand
// between ": ", records and values between "; ".
func cell(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case []string:
		return list(value)
	case map[string]string:
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(value)) {
			parts = append(parts, key+": "+value[key])
		}
		return list(parts)
	case []partner:
		return list(ids(value, func(p partner) string { return p.Name + " (" + p.Role + ")" }))
	case []benefit:
		return list(ids(value, func(b benefit) string { return b.Country + ": " + strings.Join(b.Texts, ", ") }))
	case []indicator:
		return list(ids(value, func(i indicator) string {
			return fmt.Sprintf("%s: %s (%s, %s)", i.Name, strings.TrimSpace(i.Value+" "+i.Unit), i.AsOf, i.Source)
		}))
	case []quote:
		return list(ids(value, func(q quote) string { return strings.TrimSuffix(fmt.Sprintf("“%s” %s", q.Text, q.Speaker), " ") }))
	default:
		panic(fmt.Sprintf("export: no cell for a %T", value))
	}
}

// casesJSON writes the case studies as objects, with what a program needs to
// read them: the version of the format, the licence and the vocabularies.
func (e *exporter) casesJSON() error {
	var b bytes.Buffer
	head := struct {
		Version int    `json:"version"`
		Title   string `json:"title"`
		URL     string `json:"url,omitempty"`
		Licence string `json:"licence,omitempty"`
		Lang    string `json:"lang"`
	}{formatVersion, e.in.Library.Site.Title, e.in.Site.BaseURL, e.in.Library.Site.Licence, e.in.Library.Site.Language}
	data, err := compact(head)
	if err != nil {
		return err
	}
	b.Write(bytes.TrimSuffix(data, []byte("}")))
	b.WriteString(",\"cases\":[")
	for i, c := range e.in.Library.Cases {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if err := e.writeCase(&b, c); err != nil {
			return err
		}
	}
	b.WriteString("\n]}\n")
	e.add("data/cases.json", b.Bytes())
	return nil
}

// formatVersion is the version of the data files: it grows when a column goes
// or changes its meaning.
const formatVersion = 1

// writeCase writes one object, with its members in the order of columns.
func (e *exporter) writeCase(b *bytes.Buffer, c *library.CaseStudy) error {
	b.WriteByte('{')
	for i, column := range columns {
		value, err := compact(column.of(e, c))
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(b, "%q:%s", column.name, value)
	}
	b.WriteByte('}')
	return nil
}

// compact encodes a value as JSON on one line, with "<" and "&" as they are:
// no export is part of a page.
func compact(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
