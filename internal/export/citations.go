package export

import (
	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/site"
)

// caseCitations writes the record of each case study, beside its page.
func (e *exporter) caseCitations() error {
	for _, c := range e.in.Library.Cases {
		if err := e.citations(site.CasePath(c)+"citation", e.records[c]); err != nil {
			return err
		}
	}
	return nil
}

// listCitations writes the records of each list of case studies, beside the
// page of the list.
func (e *exporter) listCitations() error {
	for _, list := range e.in.Site.Collections() {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		if err := e.citations(list.Path+"citations", e.recordsOf(list.Cases)...); err != nil {
			return err
		}
	}
	return nil
}

// citations writes records in every format that reference managers read.
func (e *exporter) citations(path string, records ...*content.Reference) error {
	csl, err := citation.CSL(records...)
	if err != nil {
		return err
	}
	e.add(path+".bib", citation.BibTeX(records...))
	e.add(path+".ris", citation.RIS(records...))
	e.add(path+".json", csl)
	return nil
}

func (e *exporter) recordsOf(cases []*library.CaseStudy) []*content.Reference {
	records := make([]*content.Reference, 0, len(cases))
	for _, c := range cases {
		records = append(records, e.records[c])
	}
	return records
}
