// The map: a small file, which the user edits, that says what becomes of the
// fields and values of other programs.

package importing

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"

	"go.yaml.in/yaml/v3"
)

// maxMap is the largest size of a map, in bytes.
const maxMap = 1 << 20

// fieldMap is a map:
//
//	fields:
//	  tags: hallmarks
//	  hero:              # nothing: leave the field out
//	values:
//	  tags:
//	    planning: plans-from-both-sides
//	types:               # of posts of WordPress: see Kinds
//	  project: case
type fieldMap struct {
	Fields map[string]string            `yaml:"fields"`
	Values map[string]map[string]string `yaml:"values"`
	Types  map[string]string            `yaml:"types"`
}

// readMap reads a map.
func readMap(data []byte) (fieldMap, error) {
	var m fieldMap
	if len(data) > maxMap {
		return m, fmt.Errorf("the map has more than %d KB", maxMap>>10)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&m); err != nil && len(bytes.TrimSpace(data)) > 0 {
		return m, fmt.Errorf("the map cannot be read: %w; it begins with fields: and may have values: too", err)
	}
	return m, nil
}

// check returns an error if a field is in none of the schemas.
func (m fieldMap) check(schemas ...content.Schema) error {
	for _, theirs := range slices.Sorted(maps.Keys(m.Fields)) {
		ours := m.Fields[theirs]
		isKnown := slices.ContainsFunc(schemas, func(schema content.Schema) bool { _, known := draft.FieldAt(schema, ours); return known })
		if ours != "" && !isKnown {
			return noField(theirs, ours, schemas...)
		}
	}
	return nil
}

// noField returns the error of a map that names a field that none of the schemas has.
func noField(theirs, ours string, schemas ...content.Schema) error {
	hint := "use one of " + strings.Join(fieldKeys(schemas...), ", ")
	if near := frontmatter.Nearest(ours, fieldKeys(schemas...)); near != "" {
		hint = "did you mean " + near + "?"
	}
	return fmt.Errorf("the map has %s: %s, but %s has no such field: %s", theirs, ours, schemas[0].What, hint)
}

// to returns the field that another program's field becomes. If the field is
// left out, it returns "" and the reason.
func (m fieldMap) to(schema content.Schema, theirs string) (ours, why string) {
	if ours, given := m.Fields[theirs]; given {
		if _, known := draft.FieldAt(schema, ours); ours != "" && !known {
			return "", schema.What + " has no field " + ours
		}
		return ours, cmp.Or(ours, "as the map says")
	}
	switch theirs {
	case "aliases", "alias", "redirect_from", "url", "permalink":
		return "aliases", "aliases"
	case "slug":
		return "", "it is the id of the page"
	}
	ours, known := PathOf(schema, theirs)
	field, _ := draft.FieldAt(schema, ours)
	switch {
	case !known:
		return "", "no field has this name"
	case field.Refers != "":
		return "", "the names are of another vocabulary; the file of --map says what becomes of each"
	case len(field.Fields) > 0 && !slices.ContainsFunc(field.Fields, func(f frontmatter.Field) bool { return f.Short }), field.Type == content.TextsByWho:
		return "", ours + " has fields of its own"
	}
	return ours, ours
}

// head returns what the head of a column of a table means.
func (m fieldMap) head(head string) string {
	if ours, given := m.Fields[oneLine(head)]; given {
		return ours
	}
	return head
}

// value returns what a value of a field becomes, or "" if it is left out.
func (m fieldMap) value(theirs, value string) string {
	if ours, given := m.Values[theirs][value]; given {
		return ours
	}
	return value
}

// suggestedMap returns a map for the user to edit: every field of a source, and
// the values of the fields that name something.
func suggestedMap(source string, seen *seenFields) []byte {
	var b strings.Builder
	b.WriteString("# What becomes of the fields of " + oneLine(source) + ". Behind each is the field of Casebook\n" +
		"# that it becomes; nothing leaves it out. The fields are: " + strings.Join(fieldKeys(seen.schemas...), ", ") + ".\nfields:\n")
	for _, key := range seen.keys() {
		ours := ""
		for _, schema := range seen.schemas {
			if known, _ := (fieldMap{}).to(schema, key); ours == "" {
				ours = known
			}
		}
		if ours == "" && len(seen.countries[key]) > 0 && len(seen.countries[key]) == len(seen.value[key]) {
			ours = countriesField
		}
		b.WriteString(strings.TrimRight("  "+draft.Scalar(key)+": "+ours, " ") + "\n")
	}
	b.WriteString("# What becomes of a value: behind it is what to write; nothing leaves it out. A\n# value that is not here stays as it is.\nvalues:\n")
	for _, key := range seen.keys() {
		if values := seen.values(key); seen.isTaxonomy(key) && len(values) > 0 {
			b.WriteString("  " + draft.Scalar(key) + ":\n")
			for _, value := range values {
				b.WriteString("    " + draft.Scalar(value) + ":\n")
			}
		}
	}
	return []byte(b.String())
}

// seenFields holds the fields of a source, how often each occurs, and its
// values.
type seenFields struct {
	schemas []content.Schema                 // of what the pages became
	count   map[string]map[content.Class]int // by field
	value   map[string]map[string]int        // by field and value

	countries  map[string]map[string]bool // values that are countries, by field; see pageWriter.setCountries
	taxonomies map[string]bool            // fields by which pages are sorted, in addition to those with usual names
}

func newSeenFields() *seenFields {
	return &seenFields{count: map[string]map[content.Class]int{}, value: map[string]map[string]int{}, countries: map[string]map[string]bool{}, taxonomies: map[string]bool{}}
}

// add counts a field of one page.
func (s *seenFields) add(schema content.Schema, key string, values []string) {
	if !slices.ContainsFunc(s.schemas, func(other content.Schema) bool { return other.Class == schema.Class }) {
		s.schemas = append(s.schemas, schema)
	}
	if s.count[key] == nil {
		s.count[key], s.value[key] = map[content.Class]int{}, map[string]int{}
	}
	s.count[key][schema.Class]++
	for _, v := range values {
		if len(s.value[key]) < 1_000 {
			s.value[key][v]++
		}
	}
}

// isTaxonomy reports whether other programs sort pages by the values of a
// field.
func (s *seenFields) isTaxonomy(key string) bool {
	return s.taxonomies[key] || slices.Contains([]string{"tags", "tag", "categories", "category", "topics", "keywords", "series"}, key)
}

func (s *seenFields) keys() []string { return slices.Sorted(maps.Keys(s.count)) }

// values returns the values of a field, the most frequent first.
func (s *seenFields) values(key string) []string {
	values := slices.Sorted(maps.Keys(s.value[key]))
	slices.SortStableFunc(values, func(a, b string) int { return cmp.Compare(s.value[key][b], s.value[key][a]) })
	return values
}

// report says what became of each field. If pages became several kinds of
// content, it does so for each kind.
func (s *seenFields) report(result *Import, m fieldMap) {
	for _, key := range s.keys() {
		for _, schema := range s.schemas {
			n := s.count[key][schema.Class]
			if n == 0 {
				continue
			}
			what := "field " + key + ", " + times(n)
			if len(s.schemas) > 1 {
				what = "field " + key + ", " + times(n) + " in " + path.Dir(schema.Files[0])
			}
			ours, why := m.to(schema, key)
			if ours != "" {
				result.add(what, Mapped, ours)
				continue
			}
			values := s.values(key)
			if countries := s.countries[key]; len(countries) > 0 {
				result.add(what, Mapped, countriesField+": "+strings.Join(slices.Sorted(maps.Keys(countries)), ", "))
				values = slices.DeleteFunc(values, func(value string) bool { return countries[value] })
				if len(values) == 0 {
					continue
				}
			}
			if s.isTaxonomy(key) && len(values) > 0 {
				why += ": " + strings.Join(values[:min(len(values), 12)], ", ")
				if len(values) > 12 {
					why += fmt.Sprintf(" and %d more", len(values)-12)
				}
			}
			result.add(what, LeftOut, why)
		}
	}
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
