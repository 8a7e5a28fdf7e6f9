// The fields and old addresses of pages of other programs.

package importing

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/places"
	"casebook/internal/problem"
)

// setFields sets the fields of a draft from the fields of the page.
func (w *pageWriter) setFields(d *draft.Draft, p *page) error {
	var old []string
	for _, key := range slices.Sorted(maps.Keys(p.fields)) {
		values, isText := texts(p.fields[key])
		w.seen.add(d.Schema, key, values)
		if ours, _ := w.m.to(d.Schema, key); ours == "aliases" {
			old = append(old, values...)
		} else if why := w.setField(d, key, values, isText); why != "" {
			w.result.add(p.source+", "+key, LeftOut, why)
		} else if ours == "" {
			w.setCountries(d, key, values)
		}
	}
	if !d.Has("title") {
		if err := d.Set("title", p.heading()); err != nil {
			return err
		}
	}
	if p.draft && hasField(d, "draft") {
		d.Replace("draft", "true")
	}
	if hasField(d, "published") && !d.Has("published") {
		if err := d.Set("published", p.published); err != nil {
			return err
		}
	}
	for _, address := range old {
		w.addAlias(d, p, address)
	}
	return nil
}

// setField sets the field that a field of the page becomes. If it cannot, it
// returns why.
func (w *pageWriter) setField(d *draft.Draft, key string, values []string, isText bool) (why string) {
	ours, _ := w.m.to(d.Schema, key)
	field, _ := draft.FieldAt(d.Schema, ours)
	switch {
	case ours == "" || len(values) == 0:
		return "" // the report says so once for all pages
	case !isText:
		return "it has fields of its own"
	}
	for _, value := range values {
		if value = w.m.value(key, value); value == "" {
			continue
		}
		switch {
		case field.Type == "date":
			value = leadingDate.FindString(value)
			if value == "" {
				return fmt.Sprintf("%q is no date", values[0])
			}
		case len(field.Values) > 0 && !slices.Contains(field.Values, strings.ToLower(value)):
			return fmt.Sprintf("%q is not a value of %s: %s", value, ours, strings.Join(field.Values, ", "))
		case ours == "draft" && value != "true" && value != "false":
			return fmt.Sprintf("%q is neither true nor false", value)
		}
		if !field.List && d.Has(ours) {
			return ours + " has a value already"
		}
		if err := d.Set(ours, value+"\n"); err != nil {
			return err.Error()
		}
	}
	return ""
}

// countriesField is the field for the names of countries.
const countriesField = "countries"

// setCountries sets the countries among the values of a field that is left out
// because its names are of another vocabulary, as those of tags are. A map that
// has the field decides otherwise.
func (w *pageWriter) setCountries(d *draft.Draft, key string, values []string) {
	ours, _ := PathOf(d.Schema, key)
	if _, given := w.m.Fields[key]; given || !hasField(d, countriesField) || ours != countriesField && !w.seen.isTaxonomy(key) {
		return
	}
	for _, value := range values {
		if !w.countries[strings.ToLower(value)] {
			continue
		}
		if w.seen.countries[key] == nil {
			w.seen.countries[key] = map[string]bool{}
		}
		w.seen.countries[key][value] = true
		n := 1
		for d.Get(fmt.Sprint(countriesField, ".", n)) != "" && d.Get(fmt.Sprint(countriesField, ".", n)) != value {
			n++
		}
		d.Replace(fmt.Sprint(countriesField, ".", n), value)
	}
}

// countryNames returns the names of all countries and of the nations of the
// United Kingdom, in lower case.
func countryNames() map[string]bool {
	names := map[string]bool{}
	for _, c := range places.Countries() {
		for _, name := range append([]string{c.Name}, c.Also...) {
			names[strings.ToLower(name)] = places.Namesakes(strings.ToLower(name)) == nil
		}
	}
	for _, r := range places.Regions() {
		if slices.Contains([]string{"GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"}, r.Code) {
			names[strings.ToLower(r.Name)] = true
		}
	}
	return names
}

var leadingDate = regexp.MustCompile(`^\d{4}(?:-\d{2}(?:-\d{2})?)?`)

// texts returns the values of a field; false if the field has fields inside it.
func texts(value any) (all []string, ok bool) {
	switch v := value.(type) {
	case nil:
		return nil, true
	case string:
		if v = oneLine(v); v == "" {
			return nil, true
		}
		return []string{v}, true
	case time.Time:
		return []string{v.Format("2006-01-02")}, true
	case []any:
		ok = true
		for _, item := range v[:min(len(v), 1_000)] {
			inner, isText := texts(item)
			if _, nested := item.([]any); nested || !isText {
				ok = false
				continue
			}
			all = append(all, inner...)
		}
		return all, ok
	case map[string]any, map[any]any, []map[string]any:
		return nil, false
	}
	return []string{fmt.Sprint(value)}, true
}

// addAlias records an old address of a page.
func (w *pageWriter) addAlias(d *draft.Draft, p *page, address string) {
	alias, ok := aliasOf(address)
	switch {
	case !ok:
		w.result.add(p.source+", old address", LeftOut, fmt.Sprintf("%q is no path of a site", frontmatter.Shorten(address)))
	case w.aliases[alias]:
		w.result.add(p.source+", old address", LeftOut, "another page has "+alias)
	case strings.Trim(alias, "/") != newAddress(p):
		w.aliases[alias] = true
		if err := d.Set("aliases", alias+"\n"); err != nil {
			w.result.add(p.source+", old address", LeftOut, err.Error())
		}
	}
}

// newAddress returns the address of a page on the new site, without its first
// and last slash.
func newAddress(p *page) string {
	if folder := folderOf(p.kind); folder != "pages" {
		return folder + "/" + p.id
	}
	return p.id
}

// aliasOf returns the path of an old address in the form of an alias.
func aliasOf(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Path == "" {
		return "", false
	}
	alias := u.Path
	if !strings.HasPrefix(alias, "/") {
		alias = "/" + alias
	}
	file := "---\ntitle: X\naliases: [" + frontmatter.Scalar(alias) + "]\n---\n"
	return alias, problem.Count(content.Parse("pages/x.md", []byte(file)).Problems, problem.Error) == 0
}
