// The description of the data for research archives.

package export

import (
	"cmp"
	"strings"
)

// entity is one thing that an RO-Crate describes, by the names of schema.org.
type entity map[string]any

// named refers to an entity by its id.
func named(id string) entity { return entity{"@id": id} }

// roCrate describes the data and the case studies to research archives, as an
// RO-Crate of version 1.1 (https://w3id.org/ro/crate/1.1). Its root is the root
// of the site.
func (e *exporter) roCrate() error {
	site := e.in.Library.Site
	files := e.crateFiles()
	parts := make([]entity, 0, len(files))
	for _, file := range files {
		parts = append(parts, named(file["@id"].(string)))
	}
	root := entity{
		"@id": "./", "@type": "Dataset", "name": site.Title, "description": cmp.Or(site.Tagline, site.Title),
		"datePublished": e.newest(), "hasPart": parts, "license": "No licence is stated.",
	}
	if e.in.Site.BaseURL != "" {
		root["url"] = e.in.Site.BaseURL
	}
	descriptor := entity{
		"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": named("./"), "conformsTo": named("https://w3id.org/ro/crate/1.1"),
	}
	graph := append([]entity{descriptor, root}, files...)
	if site.Licence != "" {
		licence := "https://spdx.org/licenses/" + site.Licence
		root["license"] = named(licence)
		graph = append(graph, entity{"@id": licence, "@type": "CreativeWork", "name": site.Licence})
	}
	return e.addJSON("ro-crate-metadata.json", map[string]any{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})
}

// crateFiles describes the files that an archive keeps.
func (e *exporter) crateFiles() []entity {
	file := func(path, name, format string) entity {
		return entity{"@id": strings.TrimPrefix(path, "/"), "@type": "File", "name": e.said(name), "encodingFormat": format}
	}
	files := []entity{
		file(e.in.Site.DataPath(".json"), "Case studies as JSON", "application/json"),
		file("data/vocabularies.json", "Vocabularies as SKOS in JSON-LD", "application/ld+json"),
		file("data/datapackage.json", "Description of the tables", "application/json"),
		file(e.in.Site.CitationsPath(".json"), "Citations as CSL-JSON", "application/vnd.citationstyles.csl+json"),
	}
	for _, t := range e.packageTables() {
		files = append(files, file("data/"+t.Path, t.Description, t.MediaType))
	}
	return files
}

// newest returns the date of the newest case study or, if none has a date, the
// build date.
func (e *exporter) newest() string {
	if all := e.in.Library.Newest; len(all) > 0 && !all[0].Changed().IsZero() {
		return all[0].Changed().String()
	}
	return e.in.Today.String()
}
