// The forms to fill in with other programs.

package export

import (
	"path"

	"casebook/internal/importing"
	"casebook/internal/site"
)

// forms writes the forms to fill in with other programs, for people who do not
// use the form on the site.
func (e *exporter) forms() error {
	words := importing.WordsOf(e.in.Library)
	word, table := site.Forms(e.in.Library)
	for _, name := range []string{word, table} {
		data, err := importing.Form(path.Ext(name), "", words)
		if err != nil {
			return err
		}
		if err := e.add(site.FormPath+name, data); err != nil {
			return err
		}
	}
	return nil
}
