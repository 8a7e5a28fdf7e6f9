// Data about a case study for search engines, as JSON-LD.

package theme

import (
	"encoding/json"
	"html/template"

	"casebook/internal/site"
)

// report is a Report of schema.org (https://schema.org/Report).
type report struct {
	Context   string   `json:"@context"`
	Type      string   `json:"@type"`
	Abstract  string   `json:"abstract,omitempty"`
	Authors   []thing  `json:"author,omitempty"`
	Modified  string   `json:"dateModified,omitempty"`
	Published string   `json:"datePublished,omitempty"`
	Headline  string   `json:"headline"`
	Language  string   `json:"inLanguage"`
	Sources   []thing  `json:"isBasedOn,omitempty"`
	Keywords  []string `json:"keywords,omitempty"`
	Licence   string   `json:"license,omitempty"`
	Name      string   `json:"name"`
	Publisher thing    `json:"publisher"`
	Countries []thing  `json:"spatialCoverage,omitempty"`
	URL       string   `json:"url,omitempty"`
}

// thing is what a report names, such as a person or a country.
type thing struct {
	Type       string `json:"@type"`
	Identifier string `json:"identifier,omitempty"`
	Name       string `json:"name"`
	URL        string `json:"url,omitempty"`
}

// jsonLD describes the page of a case study to search engines. A browser does not
// execute it, so the pages' policy allows it. encoding/json escapes "<", so that
// nothing in it can end the element.
func jsonLD(page *site.CasePage) (template.HTML, error) {
	if page == nil || page.Case == nil {
		return "", nil
	}
	c := page.Case
	r := report{
		Context: "https://schema.org", Type: "Report", Headline: page.Title, Name: page.Title, URL: page.Canonical, Language: page.Lang,
		Publisher: thing{Type: "Organization", Name: page.Site.Title}, Licence: page.Licence.URL,
		Abstract: c.Summary, Published: c.Published.String(), Modified: c.Changed().String(), Keywords: page.Citation.Keywords,
	}
	for _, country := range page.Countries {
		r.Countries = append(r.Countries, thing{Type: "Country", Name: country.Label})
	}
	for _, a := range c.Authors {
		author := thing{Type: "Organization", Name: a.Name}
		if a.ORCID != "" {
			author.Type, author.Identifier = "Person", "https://orcid.org/"+a.ORCID
		}
		r.Authors = append(r.Authors, author)
	}
	for _, s := range page.Sources {
		r.Sources = append(r.Sources, thing{Type: "CreativeWork", Name: s.Title, URL: s.URL})
	}
	data, err := json.Marshal(r)
	return template.HTML(`<script type="application/ld+json">` + string(data) + `</script>`), err
}
