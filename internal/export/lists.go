// The files of each list of case studies: a table and citations.

package export

import (
	"bytes"
	"path"
	"time"

	"casebook/internal/library"
	"casebook/internal/offline"
	"casebook/internal/parallel"
	"casebook/internal/publish"
	"casebook/internal/site"
)

// listFormat is a format in which a list of case studies can be downloaded.
type listFormat struct {
	path    func(site.Collection) string
	records map[*library.CaseStudy][]byte  // each case study in this format
	join    func(records ...[]byte) []byte // returns the file of some of them
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
	return parallel.EachWith(e.ctx, len(lists), offline.NewZipper, func(zipper *offline.Zipper, i int) error {
		return e.list(lists[i], formats, zipper)
	})
}

func (e *exporter) list(list site.Collection, formats []listFormat, zipper *offline.Zipper) error {
	var archived []publish.File
	for _, format := range formats {
		records := make([][]byte, len(list.Cases))
		for i, c := range list.Cases {
			records[i] = format.records[c]
		}
		file := format.path(list)
		if list.Archive == "" {
			if err := e.add(file, format.join(records...)); err != nil {
				return err
			}
			continue
		}
		archived = append(archived, publish.File{Path: path.Base(file), Bytes: func() ([]byte, error) { return format.join(records...), nil }})
	}
	if archived == nil {
		return nil
	}
	var archive bytes.Buffer
	if err := zipper.Write(&archive, archived, lastChange(list.Cases)); err != nil {
		return err
	}
	return e.add(list.Archive, archive.Bytes())
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
