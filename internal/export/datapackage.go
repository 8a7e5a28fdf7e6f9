// The description of the tables for data tools.

package export

import (
	"fmt"
	"strings"

	"casebook/internal/content"
	"casebook/internal/site"
)

// dataVersion is the version of the data files in the data package.
const dataVersion = "1.0.0"

// The parts of a Frictionless Data Package of version 2 (https://datapackage.org).
type (
	// packageTable describes a CSV file: a resource, in the words of Frictionless.
	packageTable struct {
		Name        string      `json:"name"`
		Path        string      `json:"path"`
		Description string      `json:"description"`
		Format      string      `json:"format"`
		MediaType   string      `json:"mediatype"`
		Encoding    string      `json:"encoding"`
		Schema      tableSchema `json:"schema"`
	}
	tableSchema struct {
		Fields     []tableField `json:"fields"`
		PrimaryKey []string     `json:"primaryKey"`
	}
	tableField struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Format      string `json:"format,omitempty"`
		Description string `json:"description"`
	}
	packageLicence struct {
		Name string `json:"name"`
	}
)

// dataPackage describes the CSV files of the data folder to data tools.
func (e *exporter) dataPackage() error {
	site := e.in.Library.Site
	doc := struct {
		Schema      string           `json:"$schema"`
		Name        string           `json:"name"`
		Title       string           `json:"title"`
		Description string           `json:"description,omitempty"`
		Homepage    string           `json:"homepage,omitempty"`
		Version     string           `json:"version"`
		Licenses    []packageLicence `json:"licenses,omitempty"`
		Resources   []packageTable   `json:"resources"`
	}{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: content.Slug(e.said("case studies")), Title: site.Title,
		Description: site.Tagline, Homepage: e.in.Site.BaseURL, Version: dataVersion, Resources: e.packageTables(),
	}
	if site.Licence != "" {
		doc.Licenses = []packageLicence{{site.Licence}}
	}
	return e.addJSON("data/datapackage.json", doc)
}

// packageTables describes the CSV files of the data folder. The first field of
// each table is its key.
func (e *exporter) packageTables() []packageTable {
	table := func(name, description string, fields []tableField) packageTable {
		return packageTable{name, name + ".csv", e.said(description), "csv", "text/csv", "utf-8", tableSchema{fields, []string{fields[0].Name}}}
	}
	cases := make([]tableField, 0, len(columns))
	for _, c := range columns {
		f := tableField{Name: c.name, Type: "string", Description: e.said(c.describe())}
		switch c.kind {
		case address:
			f.Format = "uri"
		case textList, records, object:
			f.Description += " Several values are separated by semicolons."
		}
		cases = append(cases, f)
	}
	organisations := make([]tableField, 0, len(organisationColumns))
	for _, c := range organisationColumns {
		organisations = append(organisations, tableField{Name: c.name, Type: c.kind, Description: e.said(c.help)})
	}
	tables := []packageTable{
		table(e.in.Site.DataName(), "One row for each case study that the site shows.", cases),
		table("organisations", "One row for each organisation that takes part in a case study.", organisations),
	}
	for _, t := range e.matrices() {
		tables = append(tables, table(matrixName(t), matrixDescription(t), e.matrixFields(t)))
	}
	return tables
}

// matrixDescription returns what a table of the coverage page counts.
func matrixDescription(t site.Matrix) string {
	under, of, _ := strings.Cut(t.ID, "-by-")
	return fmt.Sprintf("How many case studies there are under each of the %s, with a row for each %s.", under, of)
}

// matrixFields describes the columns of a table of the coverage page.
func (e *exporter) matrixFields(t site.Matrix) []tableField {
	head := matrixRows(t)[0]
	fields := []tableField{{Name: head[0], Type: "string", Description: "Name of the " + head[0] + "."}}
	for _, name := range head[1:] {
		fields = append(fields, tableField{Name: name, Type: "integer", Description: e.said("Number of case studies, examples and challenges together.")})
	}
	return fields
}
