package importing

import (
	"casebook/internal/content"
	"casebook/internal/draft"
)

// TitleOf is the field that holds what an entry is called.
func TitleOf(d *draft.Draft) string {
	for _, f := range d.Schema.Fields {
		if f.Key == "title" || f.Key == "name" || f.Key == "label" {
			return f.Key
		}
	}
	return "id"
}

// Questions is the text that a new page begins with: its headings, and below each
// the question, as a comment that no reader sees.
func Questions(d *draft.Draft) string {
	text := ""
	for _, s := range content.Sections(d.Schema.Class, content.Kind(d.Get("kind"))) {
		text += "## " + s.Heading + "\n\n<!-- " + s.Question + " -->\n\n"
	}
	return text
}
