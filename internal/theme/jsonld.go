// Data about a case study for search engines, as JSON-LD.

package theme

import (
	"encoding/json"
	"html/template"

	"casebook/internal/site"
)

// jsonLD describes the page of a case study to search engines, as a Report of
// schema.org (https://schema.org/Report). A browser does not execute it, so the
// pages' policy allows it. encoding/json escapes "<", so that nothing in it can
// end the element.
func jsonLD(page *site.CasePage) (template.HTML, error) {
	if page == nil || page.Case == nil {
		return "", nil
	}
	type thing map[string]any
	about := func(kind string, links []site.Link) []thing {
		var all []thing
		for _, l := range links {
			all = append(all, thing{"@type": kind, "name": l.Label})
		}
		return all
	}
	report := thing{
		"@context": "https://schema.org", "@type": "Report", "headline": page.Title, "name": page.Title,
		"publisher": thing{"@type": "Organization", "name": page.Site.Title}, "inLanguage": page.Lang,
	}
	put := func(key string, value any, isStated bool) {
		if isStated {
			report[key] = value
		}
	}
	put("url", page.Canonical, page.Canonical != "")
	put("abstract", page.Case.Summary, page.Case.Summary != "")
	put("datePublished", page.Case.Published.String(), !page.Case.Published.IsZero())
	put("dateModified", page.Case.Changed().String(), !page.Case.Changed().IsZero())
	put("license", page.Licence.URL, page.Licence.URL != "")
	put("keywords", page.Citation.Keywords, len(page.Citation.Keywords) > 0)
	put("spatialCoverage", about("Country", page.Countries), len(page.Countries) > 0)
	var authors []thing
	for _, a := range page.Case.Authors {
		author := thing{"@type": "Organization", "name": a.Name}
		if a.ORCID != "" {
			author["@type"], author["identifier"] = "Person", "https://orcid.org/"+a.ORCID
		}
		authors = append(authors, author)
	}
	put("author", authors, len(authors) > 0)
	var sources []thing
	for _, s := range page.Sources {
		source := thing{"@type": "CreativeWork", "name": s.Title}
		if s.URL != "" {
			source["url"] = s.URL
		}
		sources = append(sources, source)
	}
	put("isBasedOn", sources, len(sources) > 0)
	data, err := json.Marshal(report)
	return template.HTML(`<script type="application/ld+json">` + string(data) + `</script>`), err
}
