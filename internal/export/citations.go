// Records of the case studies for reference managers.

package export

import (
	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/site"
)

// citationFormats returns the citations of all case studies in every format that
// reference managers read. It writes a file for each case study, unless the site
// has too many.
func (e *exporter) citationFormats() ([]listFormat, error) {
	var formats []listFormat
	for _, format := range citation.Formats() {
		records, err := e.encodeRecords(format)
		if err != nil {
			return nil, err
		}
		join := func(records ...[]byte) []byte { return format.File(records) }
		formats = append(formats, listFormat{func(list site.Collection) string { return list.Citations + format.Extension }, records, join})
		if !e.in.Site.HasOwnFiles() {
			continue
		}
		for c, record := range records {
			if err := e.add(e.in.Site.CasePath(c)+"citation"+format.Extension, join(record)); err != nil {
				return nil, err
			}
		}
	}
	return formats, nil
}

// encodeRecords encodes the record of every case study.
func (e *exporter) encodeRecords(format citation.Format) (map[*library.CaseStudy][]byte, error) {
	cases := e.in.Library.Cases
	encoded := make([][]byte, len(cases))
	err := parallel.Each(e.ctx, len(cases), func(i int) (err error) {
		encoded[i], err = format.Encode(e.recordOf(cases[i]))
		return err
	})
	records := make(map[*library.CaseStudy][]byte, len(cases))
	for i, c := range cases {
		records[c] = encoded[i]
	}
	return records, err
}

// recordOf returns the bibliographic record of a case study.
func (e *exporter) recordOf(c *library.CaseStudy) *content.Reference {
	return citation.Of(c.CaseStudy, citation.Publication{
		Title: e.in.Library.Site.Title, Address: e.absolute(e.in.Site.CasePath(c)), Lang: e.in.Library.Site.Language, Terms: e.in.Library.Site.Terms,
	})
}
