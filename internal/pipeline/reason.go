package pipeline

// The reasons why a build rendered a page.

import (
	"reflect"
	"slices"
	"strings"

	"casebook/internal/site"
)

// Rerendered is a page that a build rendered, with the reason.
type Rerendered struct {
	Page   string // the page as messages name it: "cases/x", "home page"
	Reason string // "new", or what changed: "text", "links of its text", "theme", "Title, Related"
}

// rerendered lists the pages that the last build rendered, sorted.
func rerendered(pages []*renderedPage) []Rerendered {
	var all []Rerendered
	for _, p := range pages {
		if p.reason == "" {
			continue
		}
		name := strings.Trim(p.plan.Path, "/")
		if name == "" {
			name = "home page"
		}
		all = append(all, Rerendered{name, p.reason})
	}
	slices.SortFunc(all, func(a, b Rerendered) int { return strings.Compare(a.Page, b.Page) })
	return all
}

// reason returns why a page must be rendered. page is its data, and known the page of
// an earlier build at the same address, or nil.
func (f *fingerprinter) reason(known, now *renderedPage, page site.Page) string {
	if known == nil {
		return "new"
	}
	var changed []string
	switch {
	case known.data == now.data:
	case known.plan == nil: // rendered by an earlier process
		changed = append(changed, "what it shows")
	default:
		changed = f.changedFields(reflect.ValueOf(known.plan.Page()).Elem(), reflect.ValueOf(page).Elem())
	}
	if known.text != now.text {
		if known.body == now.body {
			changed = append(changed, "links of its text")
		} else {
			changed = append(changed, "text")
		}
	}
	if known.theme != now.theme {
		changed = append(changed, "theme")
	}
	return strings.Join(changed, ", ")
}

// changedFields returns the names of the fields that differ between the data of two
// pages, as templates write them: "Title", "Site.Navigation".
func (f *fingerprinter) changedFields(before, after reflect.Value) []string {
	if before.Type() != after.Type() {
		return []string{"kind of page"}
	}
	var changed []string
	for i := range before.NumField() {
		field := before.Type().Field(i)
		if !field.IsExported() || field.Type == bodyType {
			continue
		}
		old, now := before.Field(i), after.Field(i)
		if p := f.plan(field.Type); hashOf(p, old) == hashOf(p, now) {
			continue
		}
		if old.Kind() == reflect.Pointer && !old.IsNil() && !now.IsNil() {
			old, now = old.Elem(), now.Elem()
		}
		switch {
		case old.Kind() != reflect.Struct:
			changed = append(changed, field.Name)
		case field.Anonymous:
			changed = append(changed, f.changedFields(old, now)...)
		default:
			for _, name := range f.changedFields(old, now) {
				changed = append(changed, field.Name+"."+name)
			}
		}
	}
	return changed
}
