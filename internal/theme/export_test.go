package theme

import (
	"bytes"
	"reflect"

	"casebook/internal/site"
)

// RenderByHTMLTemplate is Render as html/template itself would do it.
func (t *Theme) RenderByHTMLTemplate(page site.Page) ([]byte, error) {
	var b bytes.Buffer
	err := t.layouts[reflect.TypeOf(page)].template.Execute(&b, page)
	return b.Bytes(), err
}
