package export

import (
	"path"

	"casebook/internal/importing"
	"casebook/internal/site"
)

// forms makes the forms to fill in with other programs, for those who do not use
// the one on the site.
func (e *exporter) forms() error {
	vocabularies := importing.VocabulariesOf(e.in.Library)
	for _, name := range []string{site.WordForm, site.TableForm} {
		data, err := importing.Form(path.Ext(name), "", vocabularies)
		if err != nil {
			return err
		}
		if err := e.add(site.FormPath+name, data); err != nil {
			return err
		}
	}
	return nil
}
