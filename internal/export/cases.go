// The case studies as data: CSV and JSON.

package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"casebook/internal/library"
	"casebook/internal/site"
)

// tableFormat returns the case studies as CSV, one row for each.
func (e *exporter) tableFormat() (listFormat, error) {
	header, err := row(columnNames()...)
	if err != nil {
		return listFormat{}, err
	}
	rows, err := e.encode(func(c *library.CaseStudy) ([]byte, error) {
		cells := make([]string, 0, len(columns))
		for _, column := range columns {
			cells = append(cells, cell(column.of(e, c)))
		}
		return row(cells...)
	})
	return listFormat{
		func(list site.Collection) string { return list.Table },
		rows,
		func(to io.Writer, rows iter.Seq[[]byte]) error { return writeTable(to, header, rows) },
	}, err
}

func columnNames() []string {
	var names []string
	for _, column := range columns {
		names = append(names, column.name)
	}
	return names
}

// cell returns the value of a column as one text. The parts of a record are
// separated by ": ", records and values by "; ".
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
		return list(ids(value, func(b benefit) string { return b.Country + b.Organisation + ": " + strings.Join(b.Texts, ", ") }))
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
	w := jsonWriter{buffer: &b, encoder: json.NewEncoder(&b)}
	w.encoder.SetEscapeHTML(false)
	if err := w.write(head); err != nil {
		return err
	}
	b.Truncate(b.Len() - len("}"))
	b.WriteString(",\"cases\":[")
	for i, c := range e.in.Library.Cases {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if err := e.writeCase(w, c); err != nil {
			return err
		}
	}
	b.WriteString("\n]}\n")
	return e.add(e.in.Site.DataPath(".json"), b.Bytes())
}

// formatVersion is the version of the data files. It increases when a column is
// removed or changes its meaning.
const formatVersion = 1

// writeCase writes one object, with its members in the order of columns.
func (e *exporter) writeCase(w jsonWriter, c *library.CaseStudy) error {
	for i, column := range columns {
		before := ","
		if i == 0 {
			before = "{"
		}
		fmt.Fprintf(w.buffer, "%s%q:", before, column.name)
		if err := w.write(column.of(e, c)); err != nil {
			return err
		}
	}
	w.buffer.WriteByte('}')
	return nil
}

// jsonWriter writes values as JSON on one line. It does not escape "<" and "&",
// because no export is part of a page.
type jsonWriter struct {
	buffer  *bytes.Buffer
	encoder *json.Encoder // to the buffer
}

func (w jsonWriter) write(value any) error {
	if err := w.encoder.Encode(value); err != nil {
		return err
	}
	w.buffer.Truncate(w.buffer.Len() - len("\n"))
	return nil
}
