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

// Value is a value that case studies can be selected by, with its names.
type Value struct {
	ID, Label string
	Others    []string // by which it is also known
}

// facets lists the facets in the order of help texts. Each has a function for all
// its values in the library, and one for those of a case study.
var facets = []struct {
	Facet
	all func(*library.Library) []Value
	of  func(*library.CaseStudy) []Value
}{
	{
		"principle",
		func(l *library.Library) []Value { return values(l.Principles, principle) },
		func(c *library.CaseStudy) []Value { return values(c.Principles, principle) },
	},
	{
		"hallmark",
		func(l *library.Library) []Value {
			var all []Value
			for _, p := range l.Principles {
				all = append(all, values(p.Hallmarks, hallmark)...)
			}
			return all
		},
		func(c *library.CaseStudy) []Value { return values(c.Hallmarks, hallmark) },
	},
	{
		"country",
		func(l *library.Library) []Value { return values(l.Countries, country) },
		func(c *library.CaseStudy) []Value {
			var all []Value
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
		func(l *library.Library) []Value { return values(l.Disciplines, discipline) },
		func(c *library.CaseStudy) []Value { return values(c.Disciplines, discipline) },
	},
	{
		"organisation",
		func(l *library.Library) []Value { return values(l.Organisations, organisation) },
		func(c *library.CaseStudy) []Value { return values(c.Organisations(), organisation) },
	},
	{
		"programme",
		func(l *library.Library) []Value {
			var all []Value
			for _, c := range l.Cases {
				if c.Kind == content.Programme {
					all = append(all, Value{ID: c.ID, Label: c.Title})
				}
			}
			return all
		},
		func(c *library.CaseStudy) []Value {
			if c.Programme == nil {
				return nil
			}
			return []Value{{ID: c.Programme.ID, Label: c.Programme.Title}}
		},
	},
	{
		"kind",
		func(*library.Library) []Value { return values(content.Kind("").Choices(), plain) },
		func(c *library.CaseStudy) []Value { return []Value{{ID: string(c.Kind)}} },
	},
	{
		"evaluation",
		func(*library.Library) []Value { return values(content.Evaluation("").Choices(), plain) },
		func(c *library.CaseStudy) []Value { return []Value{{ID: string(c.Evaluation)}} },
	},
	{
		"year",
		func(l *library.Library) []Value {
			var all []Value
			for _, c := range l.Cases {
				all = append(all, values(c.Years, year)...)
			}
			return all
		},
		func(c *library.CaseStudy) []Value { return values(c.Years, year) },
	},
}

func principle(p *library.Principle) Value       { return Value{ID: p.ID, Label: p.Title} }
func hallmark(h *library.Hallmark) Value         { return Value{ID: h.ID, Label: h.Title} }
func country(c *library.Country) Value           { return Value{c.Code, c.Name, c.Other} }
func discipline(t *library.Term) Value           { return Value{ID: t.ID, Label: t.Label} }
func organisation(o *library.Organisation) Value { return Value{o.ID, o.Name, o.Names} }
func year(y int) Value                           { return Value{ID: strconv.Itoa(y)} }
func plain(text string) Value                    { return Value{ID: text} }

func values[T any](all []T, of func(T) Value) []Value {
	list := make([]Value, 0, len(all))
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
		id, err := Named(string(facet), text, row.all(lib))
		if err != nil {
			return err
		}
		if f.Facets == nil {
			f.Facets = map[Facet][]string{}
		}
		f.Facets[facet] = append(f.Facets[facet], id)
		return nil
	}
	return fmt.Errorf("there is no facet %q: use one of %v", facet, Facets())
}

// Named returns the id of the value that the text of a flag names.
func Named(flag, text string, all []Value) (id string, err error) {
	fail := func(hint string, of ...any) (string, error) {
		return "", fmt.Errorf("--%s is %q: %s", flag, text, fmt.Sprintf(hint, of...))
	}
	var likely []string
	key := library.SortKey(text)
	for _, v := range all {
		names := append([]string{v.ID, v.Label}, v.Others...)
		if slices.ContainsFunc(names, func(name string) bool { return name == text || name != "" && library.SortKey(name) == key }) {
			return v.ID, nil
		}
		likely = append(likely, names...)
	}
	if near := frontmatter.Nearest(text, likely); near != "" {
		return fail("did you mean %q?", near)
	}
	if len(all) == 0 {
		return fail("there is none to filter by: leave it out")
	}
	var ids []string
	for _, v := range all {
		if !slices.Contains(ids, v.ID) {
			ids = append(ids, v.ID)
		}
	}
	if len(ids) > 12 {
		ids = append(ids[:12], "…")
	}
	return fail("use one of %s", strings.Join(ids, ", "))
}

// selects reports whether the filter selects a case study that is in the states.
func (f Filter) selects(c *library.CaseStudy, states []State) bool {
	if len(f.States) > 0 && !slices.ContainsFunc(f.States, func(s State) bool { return slices.Contains(states, s) }) {
		return false
	}
	for _, row := range facets {
		asked := f.Facets[row.Facet]
		if len(asked) > 0 && !slices.ContainsFunc(row.of(c), func(v Value) bool { return slices.Contains(asked, v.ID) }) {
			return false
		}
	}
	return true
}
