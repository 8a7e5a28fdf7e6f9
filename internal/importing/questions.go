// The text that a new page begins with.

package importing

import (
	"casebook/internal/content"
	"casebook/internal/draft"
)

// TitleOf returns the field with the name of an entry.
func TitleOf(d *draft.Draft) string {
	for _, f := range d.Schema.Fields {
		if f.Key == "title" || f.Key == "name" || f.Key == "label" {
			return f.Key
		}
	}
	return "id"
}

// Questions returns the text that a new page begins with: its headings, each
// with a question below it as a comment, which readers do not see.
func Questions(d *draft.Draft) string {
	text := ""
	for _, s := range content.Sections(d.Schema.Class, content.Kind(d.Get("kind"))) {
		text += "## " + s.Heading + "\n\n<!-- " + s.Question + " -->\n\n"
	}
	return text
}
