package theme

import (
	"bytes"
	"iter"
	"reflect"

	"casebook/internal/site"
)

// RenderByHTMLTemplate is Render as html/template itself would do it.
func (t *Theme) RenderByHTMLTemplate(page site.Page) ([]byte, error) {
	var b bytes.Buffer
	err := t.layouts[reflect.TypeOf(page)].template.Execute(&b, page)
	return b.Bytes(), err
}

// Strings are the forms of all strings of the theme, by key.
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
