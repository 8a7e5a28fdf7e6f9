package survey

// Filters, which select the case studies of a list.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
)

// Facet is a property by which case studies can be selected.
type Facet string

// Filter selects the case studies that have one of the values of each facet, and
// are in one of the states. An empty facet or list of states selects all.
type Filter struct {
	Facets map[Facet][]string // ids, added by [Filter.Add]
	States []State
}

// value is a value of a facet: its id, and the names that readers know.
type value struct {
	id, label string
	others    []string // alternative names
}

// facets lists the facets in the order of help texts. Each has a function for all
// its values in the library, and one for those of a case study.
var facets = []struct {
	Facet
	all func(*library.Library) []value
	of  func(*library.CaseStudy) []value
}{
	{
		"principle",
		func(l *library.Library) []value { return values(l.Principles, principle) },
		func(c *library.CaseStudy) []value { return values(c.Principles, principle) },
	},
	{
		"hallmark",
		func(l *library.Library) []value {
			var all []value
			for _, p := range l.Principles {
				all = append(all, values(p.Hallmarks, hallmark)...)
			}
			return all
		},
		func(c *library.CaseStudy) []value { return values(c.Hallmarks, hallmark) },
	},
	{
		"country",
		func(l *library.Library) []value { return values(l.Countries, country) },
		func(c *library.CaseStudy) []value {
			var all []value
			for _, of := range c.Countries {
				for ; of != nil; of = of.Parent {
					all = append(all, country(of))
				}
			}
			return all
		},
	},
	{
		"discipline",
		func(l *library.Library) []value { return values(l.Disciplines, discipline) },
		func(c *library.CaseStudy) []value { return values(c.Disciplines, discipline) },
	},
	{
		"organisation",
		func(l *library.Library) []value { return values(l.Organisations, organisation) },
		func(c *library.CaseStudy) []value { return values(organisations(c), organisation) },
	},
	{
		"programme",
		func(l *library.Library) []value {
			var all []value
			for _, c := range l.Cases {
				if c.Kind == content.Programme {
					all = append(all, value{id: c.ID, label: c.Title})
				}
			}
			return all
		},
		func(c *library.CaseStudy) []value {
			if c.Programme == nil {
				return nil
			}
			return []value{{id: c.Programme.ID, label: c.Programme.Title}}
		},
	},
	{
		"kind",
		func(*library.Library) []value { return values(content.Kind("").Choices(), plain) },
		func(c *library.CaseStudy) []value { return []value{{id: string(c.Kind)}} },
	},
	{
		"evaluation",
		func(*library.Library) []value { return values(content.Evaluation("").Choices(), plain) },
		func(c *library.CaseStudy) []value { return []value{{id: string(c.Evaluation)}} },
	},
	{
		"year",
		func(l *library.Library) []value {
			var all []value
			for _, c := range l.Cases {
				all = append(all, values(c.Years, year)...)
			}
			return all
		},
		func(c *library.CaseStudy) []value { return values(c.Years, year) },
	},
}

func principle(p *library.Principle) value       { return value{id: p.ID, label: p.Title} }
func hallmark(h *library.Hallmark) value         { return value{id: h.ID, label: h.Title} }
func country(c *library.Country) value           { return value{c.Code, c.Name, c.Other} }
func discipline(t *library.Term) value           { return value{id: t.ID, label: t.Label} }
func organisation(o *library.Organisation) value { return value{o.ID, o.Name, o.Names} }
func year(y int) value                           { return value{id: strconv.Itoa(y)} }
func plain(text string) value                    { return value{id: text} }

func values[T any](all []T, of func(T) value) []value {
	list := make([]value, 0, len(all))
	for _, one := range all {
		list = append(list, of(one))
	}
	return list
}

// Facets returns the facets in the order of help texts.
func Facets() []Facet {
	var all []Facet
	for _, f := range facets {
		all = append(all, f.Facet)
	}
	return all
}

// Add adds a value of a facet to the filter. The text is the id or a name of the
// value.
func (f *Filter) Add(lib *library.Library, facet Facet, text string) error {
	for _, row := range facets {
		if row.Facet != facet {
			continue
		}
		id, err := named(text, row.all(lib))
		if err != nil {
			return fmt.Errorf("--%s is %q: %w", facet, text, err)
		}
		if f.Facets == nil {
			f.Facets = map[Facet][]string{}
		}
		f.Facets[facet] = append(f.Facets[facet], id)
		return nil
	}
	return fmt.Errorf("there is no facet %q: use one of %v", facet, Facets())
}

// named returns the id of the value that a text names.
func named(text string, all []value) (id string, err error) {
	var likely []string
	key := library.SortKey(text)
	for _, v := range all {
		names := append([]string{v.id, v.label}, v.others...)
		if slices.ContainsFunc(names, func(name string) bool { return name == text || name != "" && library.SortKey(name) == key }) {
			return v.id, nil
		}
		likely = append(likely, names...)
	}
	if near := frontmatter.Nearest(text, likely); near != "" {
		return "", fmt.Errorf("did you mean %q?", near)
	}
	if len(all) == 0 {
		return "", fmt.Errorf("no case study has a value to filter by")
	}
	var ids []string
	for _, v := range all {
		if !slices.Contains(ids, v.id) {
			ids = append(ids, v.id)
		}
	}
	if len(ids) > 12 {
		ids = append(ids[:12], "…")
	}
	return "", fmt.Errorf("use one of %s", strings.Join(ids, ", "))
}

// selects reports whether the filter selects a case study that is in the states.
func (f Filter) selects(c *library.CaseStudy, states []State) bool {
	if len(f.States) > 0 && !slices.ContainsFunc(f.States, func(s State) bool { return slices.Contains(states, s) }) {
		return false
	}
	for _, row := range facets {
		asked := f.Facets[row.Facet]
		if len(asked) > 0 && !slices.ContainsFunc(row.of(c), func(v value) bool { return slices.Contains(asked, v.id) }) {
			return false
		}
	}
	return true
}
