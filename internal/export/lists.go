// The files of each list of case studies: a table and citations.

package export

import (
	"bytes"
	"io"
	"iter"
	"path"
	"time"

	"casebook/internal/library"
	"casebook/internal/offline"
	"casebook/internal/parallel"
	"casebook/internal/site"
)

// listFormat is a format in which a list of case studies can be downloaded.
type listFormat struct {
	path    func(site.Collection) string
	records map[*library.CaseStudy][]byte                      // each case study in this format
	write   func(to io.Writer, records iter.Seq[[]byte]) error // writes the file of some of them
}

// encode returns all case studies in a format.
func (e *exporter) encode(record func(*library.CaseStudy) ([]byte, error)) (map[*library.CaseStudy][]byte, error) {
	cases := e.in.Library.Cases
	encoded := make([][]byte, len(cases))
	err := parallel.Each(e.ctx, len(cases), func(i int) (err error) {
		encoded[i], err = record(cases[i])
		return err
	})
	records := make(map[*library.CaseStudy][]byte, len(cases))
	for i, c := range cases {
		records[c] = encoded[i]
	}
	return records, err
}

// lists writes a table and the citations of each list of case studies, as files of
// their own or in one archive.
func (e *exporter) lists() error {
	table, err := e.tableFormat()
	if err != nil {
		return err
	}
	citations, err := e.citationFormats()
	if err != nil {
		return err
	}
	formats := append(citations, table)
	lists := e.in.Site.Collections()
	return parallel.EachWith(e.ctx, len(lists), newListWriter, func(w *listWriter, i int) error {
		defer e.report(1)
		return e.list(lists[i], formats, w)
	})
}

// listWriter writes the files of lists, one after another.
type listWriter struct {
	zipper *offline.Zipper
	file   bytes.Buffer // the present file
}

func newListWriter() *listWriter { return &listWriter{zipper: offline.NewZipper(offline.Fast)} }

func (e *exporter) list(list site.Collection, formats []listFormat, w *listWriter) error {
	var archived []offline.Entry
	for _, format := range formats {
		file := format.path(list)
		write := func(to io.Writer) error { return format.write(to, format.recordsOf(list.Cases)) }
		if list.Archive != "" {
			archived = append(archived, offline.Entry{Path: path.Base(file), Write: write})
			continue
		}
		w.file.Reset()
		if err := write(&w.file); err != nil {
			return err
		}
		if err := e.add(file, w.file.Bytes()); err != nil {
			return err
		}
	}
	if archived == nil {
		return nil
	}
	w.file.Reset()
	if err := w.zipper.Write(&w.file, archived, lastChange(list.Cases)); err != nil {
		return err
	}
	return e.add(list.Archive, w.file.Bytes())
}

func (f listFormat) recordsOf(cases []*library.CaseStudy) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, c := range cases {
			if !yield(f.records[c]) {
				return
			}
		}
	}
}

// lastChange returns the date of the case study that changed last, or the first
// date that a zip archive can hold.
func lastChange(cases []*library.CaseStudy) time.Time {
	last := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range cases {
		d := c.Changed()
		if day := time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC); day.After(last) {
			last = day
		}
	}
	return last
}
