// The organisations as CSV.

package export

import (
	"strconv"

	"casebook/internal/library"
)

// organisationColumn is one fact of an organisation in organisations.csv.
type organisationColumn struct {
	name, kind string // kind is the Frictionless type
	help       string
	of         func(*library.Organisation) string
}

// organisationColumns are the facts of an organisation, in the order of the file.
var organisationColumns = [...]organisationColumn{
	{"id", "string", "Identifier of the organisation.", organisationID},
	{"name", "string", "Name.", func(o *library.Organisation) string { return o.Name }},
	{"other_names", "string", "Other and former names, separated by semicolons.", func(o *library.Organisation) string { return list(o.Names) }},
	{"type", "string", "Type of the organisation, such as hospital or partnership.", func(o *library.Organisation) string { return o.Type }},
	{"country", "string", "ISO 3166 code of the country where it is based.", func(o *library.Organisation) string { return countryCode(o.Country) }},
	{"url", "string", "Address of its own site.", func(o *library.Organisation) string { return o.URL }},
	{"ended", "string", "When it ended.", func(o *library.Organisation) string { return o.Ended.String() }},
	{"successor", "string", "Identifier of the organisation that followed it.", func(o *library.Organisation) string { return organisationID(o.Successor) }},
	{"members", "string", "Identifiers of the members of a partnership, separated by semicolons.", func(o *library.Organisation) string { return list(ids(o.Members, organisationID)) }},
	{"number_of_cases", "integer", "How many case studies it takes part in.", func(o *library.Organisation) string { return strconv.Itoa(len(o.Cases)) }},
	{"cases", "string", "Identifiers of these case studies, separated by semicolons.", func(o *library.Organisation) string {
		return list(ids(o.Cases, func(c *library.CaseStudy) string { return c.ID }))
	}},
}

// organisationsCSV writes one row for each organisation.
func (e *exporter) organisationsCSV() error {
	names := make([]string, 0, len(organisationColumns))
	for _, column := range organisationColumns {
		names = append(names, column.name)
	}
	rows := [][]string{names}
	for _, o := range e.in.Library.Organisations {
		cells := make([]string, 0, len(organisationColumns))
		for _, column := range organisationColumns {
			cells = append(cells, column.of(o))
		}
		rows = append(rows, cells)
	}
	return e.addCSV("data/organisations.csv", rows)
}
