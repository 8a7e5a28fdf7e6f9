package importing

import (
	"slices"

	"casebook/internal/library"
	"casebook/internal/places"
)

// VocabulariesOf are the names that a library knows, as forms offer them.
func VocabulariesOf(lib *library.Library) Vocabularies {
	all := Vocabularies{}
	add := func(vocabulary, name string) { all[vocabulary] = append(all[vocabulary], name) }
	for _, p := range lib.Principles {
		add("principles", p.Title)
		for _, h := range p.Hallmarks {
			add("hallmarks", h.Title)
		}
	}
	for _, t := range lib.Disciplines {
		add("disciplines", t.Label)
	}
	for _, o := range lib.Organisations {
		add("organisations", o.Name)
	}
	for _, r := range lib.Resources {
		add("resources", r.Title)
	}
	for _, c := range lib.Cases {
		add("cases", c.ID)
	}
	for _, c := range places.Countries() {
		add("countries", c.Name)
	}
	slices.Sort(all["countries"])
	return all
}
