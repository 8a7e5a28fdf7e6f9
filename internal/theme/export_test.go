package theme

import (
	"bytes"
	"iter"
	"reflect"

	"casebook/internal/site"
)

// RenderByHTMLTemplate is Render by html/template instead of package render.
func (t *Theme) RenderByHTMLTemplate(page site.Page) ([]byte, error) {
	var b bytes.Buffer
	err := t.layouts[reflect.TypeOf(page)].template.Execute(&b, page)
	return b.Bytes(), err
}

// Strings returns the keys and the forms of all strings of the theme.
func (t *Theme) Strings() iter.Seq2[string, string] {
	return func(yield func(key, text string) bool) {
		for key, text := range t.strings.texts {
			for _, form := range text.forms {
				if !yield(key, form) {
					return
				}
			}
		}
	}
}
