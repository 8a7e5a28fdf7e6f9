package library

// The values that reference fields may have, for forms and editors to offer.

import (
	"slices"
)

// Name is a value that a field may have, with the label that readers see.
type Name struct{ ID, Label string }

// Names returns the values of fields that refer to other entries, by vocabulary,
// such as "countries". Each list is in the order in which people look for a name.
func (l *Library) Names() map[string][]Name {
	all := map[string][]Name{}
	add := func(vocabulary, id, label string) {
		all[vocabulary] = append(all[vocabulary], Name{id, label})
	}
	for _, p := range l.Principles {
		add("principles", p.ID, p.Title)
		for _, h := range p.Hallmarks {
			add("hallmarks", h.ID, h.Title)
		}
	}
	for _, t := range l.Disciplines {
		add("disciplines", t.ID, t.Label)
	}
	for _, o := range l.Organisations {
		add("organisations", o.ID, o.Name)
	}
	for _, c := range slices.Concat(l.countries.entries, l.Countries) { // Countries has regions too
		add("countries", c.Name, c.Name)
	}
	for code := range nations {
		if c, ok := l.countries.known(code); ok {
			add("countries", c.Name, c.Name)
		}
	}
	for _, c := range l.Cases {
		add("cases", c.ID, c.Title)
	}
	for _, r := range l.Resources {
		add("resources", r.ID, r.Title)
	}
	for _, p := range l.Pages {
		add("pages", p.ID, p.Title)
	}
	for id, r := range l.references.exact {
		add("references", id, r.Title)
	}
	for _, unsorted := range []string{"countries", "references"} {
		slices.SortFunc(all[unsorted], func(x, y Name) int { return compareLabels(x.Label, y.Label, x.ID, y.ID) })
		all[unsorted] = slices.Compact(all[unsorted])
	}
	return all
}
