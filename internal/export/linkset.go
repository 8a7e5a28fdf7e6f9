// The links between each page and its data, for programs.

package export

import (
	"bytes"
	"encoding/json"

	"casebook/internal/content"
	"casebook/internal/site"
)

// target is one end of a link (https://www.rfc-editor.org/rfc/rfc9264).
type target struct {
	Href string `json:"href"`
	Type string `json:"type,omitempty"`
}

// relations are the links of one case study, by their relations as Signposting
// uses them (https://signposting.org/FAIR/).
type relations struct {
	Anchor      string   `json:"anchor"`
	CiteAs      []target `json:"cite-as"`
	Type        []target `json:"type"`
	Author      []target `json:"author,omitempty"`
	Licence     []target `json:"license,omitempty"`
	DescribedBy []target `json:"describedby,omitempty"`
	Collection  []target `json:"collection"`
}

// linkset writes one file with the links that the head of each case study's
// page has. It needs a base URL.
func (e *exporter) linkset() error {
	if e.in.Site.BaseURL == "" {
		return nil
	}
	var b bytes.Buffer
	w := jsonWriter{buffer: &b, encoder: json.NewEncoder(&b)}
	w.encoder.SetEscapeHTML(false)
	b.WriteString("{\"linkset\":[")
	separator := "\n"
	for _, p := range e.in.Site.Pages {
		if _, ok := p.Kind.(*site.CasePage); !ok {
			continue
		}
		b.WriteString(separator)
		if err := w.write(e.links(e.absolute(p.Path), e.in.Library.Entry(p.Source).(*content.CaseStudy))); err != nil {
			return err
		}
		separator = ",\n"
	}
	b.WriteString("\n]}\n")
	return e.add("linkset.json", b.Bytes())
}

func (e *exporter) links(page string, c *content.CaseStudy) relations {
	links := relations{
		Anchor: page, CiteAs: []target{{Href: page}}, Type: []target{{Href: "https://schema.org/Report"}},
		Collection: []target{{Href: e.absolute("/ro-crate-metadata.json"), Type: "application/ld+json"}},
	}
	if licence := e.in.Site.Licence(c); licence.URL != "" {
		links.Licence = []target{{Href: licence.URL}}
	}
	for _, a := range c.Authors {
		if a.ORCID != "" {
			links.Author = append(links.Author, target{Href: "https://orcid.org/" + a.ORCID})
		}
	}
	if e.in.Site.HasOwnFiles() {
		links.DescribedBy = []target{
			{page + "citation.bib", "application/x-bibtex"},
			{page + "citation.ris", "application/x-research-info-systems"},
			{page + "citation.json", "application/vnd.citationstyles.csl+json"},
		}
	}
	return links
}
