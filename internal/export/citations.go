// Records of the case studies for reference managers.

package export

import (
	"bytes"
	"slices"

	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/site"
)

// citationFormats returns the citations of all case studies in every format that
// reference managers read. It writes a file for each case study, unless the site
// has too many.
func (e *exporter) citationFormats() ([]listFormat, error) {
	var formats []listFormat
	for _, format := range citation.Formats() {
		records, err := e.encode(func(c *library.CaseStudy) ([]byte, error) { return format.Encode(e.recordOf(c)) })
		if err != nil {
			return nil, err
		}
		formats = append(formats, listFormat{func(list site.Collection) string { return list.Citations + format.Extension }, records, format.Write})
		if !e.in.Site.HasOwnFiles() {
			continue
		}
		for c, record := range records {
			var file bytes.Buffer
			if err := format.Write(&file, slices.Values([][]byte{record})); err != nil {
				return nil, err
			}
			if err := e.add(e.in.Site.CasePath(c)+"citation"+format.Extension, file.Bytes()); err != nil {
				return nil, err
			}
		}
	}
	return formats, nil
}

// recordOf returns the bibliographic record of a case study.
func (e *exporter) recordOf(c *library.CaseStudy) *content.Reference {
	return citation.Of(c.CaseStudy, citation.Publication{
		Title: e.in.Library.Site.Title, Address: e.absolute(e.in.Site.CasePath(c)), Lang: e.in.Library.Site.Language, Terms: e.in.Library.Site.Terms,
	})
}
