// Empty forms to fill in, in several formats.

package importing

import (
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/content"
)

// forms lists the formats of forms.
var forms = []struct {
	extension string
	write     func(kind string, schema content.Schema, vocabularies Vocabularies) ([]byte, error)
}{
	{".docx", formWord},
	{".csv", func(_ string, schema content.Schema, _ Vocabularies) ([]byte, error) { return formCSV(schema) }},
	{".xlsx", func(_ string, schema content.Schema, v Vocabularies) ([]byte, error) { return formXLSX(schema, v) }},
}

// FormExtensions returns the file extensions of the forms that can be written.
func FormExtensions() []string {
	var all []string
	for _, f := range forms {
		all = append(all, f.extension)
	}
	return all
}

// Form returns an empty form for entries of a kind. The kind "" is a case
// study.
func Form(extension, kind string, vocabularies Vocabularies) ([]byte, error) {
	d, err := NewDraft(kind)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f.extension == strings.ToLower(extension) {
			return f.write(cmp.Or(kind, "case"), d.Schema, vocabularies)
		}
	}
	return nil, fmt.Errorf("there is no form with the extension %q: use one of %s", extension, strings.Join(FormExtensions(), ", "))
}
