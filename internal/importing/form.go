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
	write     func(kind string, schema content.Schema, words Words) ([]byte, error)
}{
	{".docx", formWord},
	{".csv", func(_ string, schema content.Schema, _ Words) ([]byte, error) { return formCSV(schema) }},
	{".xlsx", func(_ string, schema content.Schema, words Words) ([]byte, error) { return formXLSX(schema, words) }},
}

// Words are the words of a knowledge base that its forms have.
type Words struct {
	Names Vocabularies  // to choose from
	Terms content.Terms // what it calls its main things
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
func Form(extension, kind string, words Words) ([]byte, error) {
	d, err := NewDraft(kind)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f.extension == strings.ToLower(extension) {
			return f.write(cmp.Or(kind, "case"), d.Schema, words)
		}
	}
	return nil, fmt.Errorf("there is no form with the extension %q: use one of %s", extension, strings.Join(FormExtensions(), ", "))
}
