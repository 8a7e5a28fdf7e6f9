package importing

import (
	"fmt"
	"strings"

	"casebook/internal/content"
)

// formats of forms, a row for each.
var forms = []struct {
	extension string
	write     func(content.Schema, Vocabularies) ([]byte, error)
}{
	{".csv", func(schema content.Schema, _ Vocabularies) ([]byte, error) { return FormCSV(schema) }},
	{".xlsx", FormXLSX},
}

// FormExtensions are the extensions of the forms that can be written.
func FormExtensions() []string {
	var all []string
	for _, f := range forms {
		all = append(all, f.extension)
	}
	return all
}

// Form is an empty form for entries of a kind; "" is a case study.
func Form(extension, kind string, vocabularies Vocabularies) ([]byte, error) {
	d, err := NewDraft(kind)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f.extension == strings.ToLower(extension) {
			return f.write(d.Schema, vocabularies)
		}
	}
	return nil, fmt.Errorf("there is no form with the extension %q: use one of %s", extension, strings.Join(FormExtensions(), ", "))
}
