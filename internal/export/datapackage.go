// Descriptions of the data for data tools and research archives.

package export

import (
	"cmp"
	"encoding/json"
)

// dataPackage describes the CSV files to data tools, as a Frictionless Data
// Package of version 2 (https://datapackage.org).
func (e *exporter) dataPackage() error {
	type field struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Format      string `json:"format,omitempty"`
		Description string `json:"description"`
	}
	type schema struct {
		Fields     []field  `json:"fields"`
		PrimaryKey []string `json:"primaryKey"`
	}
	type resource struct {
		Name        string `json:"name"`
		Path        string `json:"path"`
		Description string `json:"description"`
		Format      string `json:"format"`
		MediaType   string `json:"mediatype"`
		Encoding    string `json:"encoding"`
		Schema      schema `json:"schema"`
	}
	type licence struct {
		Name string `json:"name"`
	}
	table := func(name, description string, fields []field) resource {
		return resource{name, name + ".csv", description, "csv", "text/csv", "utf-8", schema{fields, []string{"id"}}}
	}
	cases := make([]field, 0, len(columns))
	for _, c := range columns {
		f := field{Name: c.name, Type: "string", Description: c.describe()}
		switch c.kind {
		case address:
			f.Format = "uri"
		case textList, records, object:
			f.Description += " Several values are separated by semicolons."
		}
		cases = append(cases, f)
	}
	organisations := make([]field, 0, len(organisationColumns))
	for _, c := range organisationColumns {
		organisations = append(organisations, field{Name: c.name, Type: c.kind, Description: c.help})
	}
	site := e.in.Library.Site
	doc := struct {
		Schema      string     `json:"$schema"`
		Name        string     `json:"name"`
		Title       string     `json:"title"`
		Description string     `json:"description,omitempty"`
		Homepage    string     `json:"homepage,omitempty"`
		Version     string     `json:"version"`
		Licenses    []licence  `json:"licenses,omitempty"`
		Resources   []resource `json:"resources"`
	}{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: "case-studies", Title: site.Title,
		Description: site.Tagline, Homepage: e.in.Site.BaseURL, Version: dataVersion,
		Resources: []resource{
			table("cases", "One row for each case study that the site shows.", cases),
			table("organisations", "One row for each organisation that takes part in a case study.", organisations),
		},
	}
	if site.Licence != "" {
		doc.Licenses = []licence{{site.Licence}}
	}
	data, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return err
	}
	return e.add("data/datapackage.json", append(data, '\n'))
}

// dataVersion is the version of the data files in the data package.
const dataVersion = "1.0.0"

// roCrate describes the data and the case studies to research archives, as an
// RO-Crate of version 1.1 (https://w3id.org/ro/crate/1.1). Its root is the root
// of the site.
func (e *exporter) roCrate() error {
	type ref struct {
		ID string `json:"@id"`
	}
	site := e.in.Library.Site
	root := map[string]any{
		"@id": "./", "@type": "Dataset", "name": site.Title, "description": cmp.Or(site.Tagline, site.Title),
		"datePublished": e.newest(), "hasPart": []ref{{"data/cases.csv"}, {"data/cases.json"}, {"data/organisations.csv"}, {"data/vocabularies.json"}, {"cases/citations.json"}},
	}
	if site.Licence != "" {
		root["license"] = ref{"https://spdx.org/licenses/" + site.Licence}
	}
	if e.in.Site.BaseURL != "" {
		root["url"] = e.in.Site.BaseURL
	}
	file := func(id, name, format string) map[string]any {
		return map[string]any{"@id": id, "@type": "File", "name": name, "encodingFormat": format}
	}
	graph := []map[string]any{
		{"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": ref{"./"}, "conformsTo": ref{"https://w3id.org/ro/crate/1.1"}},
		root,
		file("data/cases.csv", "Case studies as a table", "text/csv"),
		file("data/cases.json", "Case studies as JSON", "application/json"),
		file("data/organisations.csv", "Organisations as a table", "text/csv"),
		file("data/vocabularies.json", "Vocabularies as SKOS in JSON-LD", "application/ld+json"),
		file("cases/citations.json", "Citations as CSL-JSON", "application/vnd.citationstyles.csl+json"),
	}
	if site.Licence != "" {
		graph = append(graph, map[string]any{"@id": "https://spdx.org/licenses/" + site.Licence, "@type": "CreativeWork", "name": site.Licence})
	}
	data, err := json.MarshalIndent(map[string]any{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}, "", " ")
	if err != nil {
		return err
	}
	return e.add("ro-crate-metadata.json", append(data, '\n'))
}

// newest returns the date of the newest case study or, if none has a date, the
// build date.
func (e *exporter) newest() string {
	if all := e.in.Library.Newest; len(all) > 0 && !all[0].Changed().IsZero() {
		return all[0].Changed().String()
	}
	return e.in.Today.String()
}
