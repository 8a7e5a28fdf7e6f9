// Records of the case studies for reference managers.

package export

import (
	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
)

// citations writes the records of case studies in every format that reference
// managers read: a file for each case study, unless the site has too many, and
// one for each list, beside its page.
func (e *exporter) citations() error {
	for _, format := range citation.Formats() {
		records, err := e.encodeRecords(format)
		if err != nil {
			return err
		}
		if e.in.Site.HasCaseCitations() {
			for c, record := range records {
				if err := e.add(e.in.Site.CasePath(c)+"citation"+format.Extension, format.File([][]byte{record})); err != nil {
					return err
				}
			}
		}
		for _, list := range e.in.Site.Collections() {
			own := make([][]byte, 0, len(list.Cases))
			for _, c := range list.Cases {
				own = append(own, records[c])
			}
			if err := e.add(list.Path+"citations"+format.Extension, format.File(own)); err != nil {
				return err
			}
		}
	}
	return nil
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
