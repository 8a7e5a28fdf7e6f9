package library

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Country is a country of ISO 3166-1, or one of the nations of the United
// Kingdom (ISO 3166-2), where the work of a case study took place.
type Country struct {
	Code   string // "UG", "GB-WLS"
	Name   string // in English, from CLDR unless site.yaml says otherwise
	Slug   string
	Other  []string // codes and names by which it is also known: "UK", "Burma"
	Parent *Country // of a nation: the United Kingdom
	Cases  []*CaseStudy
}

// ukNations are the subdivisions of ISO 3166-2:GB that cases are told apart
// by; CLDR's subdivision names are not in golang.org/x/text.
var ukNations = [...]struct{ code, name string }{
	{"GB-ENG", "England"},
	{"GB-NIR", "Northern Ireland"},
	{"GB-SCT", "Scotland"},
	{"GB-WLS", "Wales"},
}

// newCountries makes every country there is, findable by code, English name
// and the usual shorter forms of it ("Myanmar" for "Myanmar (Burma)").
func newCountries(names map[string]string) *vocabulary[*Country] {
	v := newVocabulary[*Country]("country")
	english := display.English.Regions()
	var uk *Country
	for _, region := range regions() {
		code := region.String()
		cldr := english.Name(region)
		c := &Country{Code: code, Name: cldr}
		if name := names[code]; name != "" {
			c.Name = name
		}
		c.Slug = slug(c.Name)
		v.add(c.Name, c)
		c.alsoKnown(v, append(nameForms(cldr), code)...)
		if code == "GB" {
			uk = c
		}
	}
	uk.alsoKnown(v, "UK")
	v.terms[fold("US")].alsoKnown(v, "USA")
	for _, n := range ukNations {
		c := &Country{Code: n.code, Name: n.name, Slug: slug(n.name), Parent: uk}
		if name := names[n.code]; name != "" {
			c.Name, c.Slug = name, slug(name)
		}
		v.add(c.Name, c)
		c.alsoKnown(v, n.code, n.name)
	}
	return v
}

// alsoKnown makes the country findable by other names.
func (c *Country) alsoKnown(v *vocabulary[*Country], names ...string) {
	for _, name := range names {
		if v.addQuietly(name, c) && name != c.Name {
			c.Other = append(c.Other, name)
		}
	}
}

// regions are the countries and territories of ISO 3166-1, by code.
func regions() []language.Region {
	var all []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			// A code that is only an alias, such as UK, comes back as another.
			if err == nil && region.IsCountry() && region.String() == code && region.Canonicalize() == region {
				all = append(all, region)
			}
		}
	}
	return all
}

// nameForms are the parts of a CLDR name that people write for the whole:
// what stands before and inside brackets.
func nameForms(name string) []string {
	before, inside, found := strings.Cut(name, " (")
	if !found {
		return []string{name}
	}
	return []string{name, before, strings.TrimSuffix(inside, ")")}
}

// sortCountries orders by name, as a reader looks for them.
func sortCountries(countries []*Country) {
	slices.SortFunc(countries, func(a, b *Country) int {
		return strings.Compare(fold(a.Name)+a.Code, fold(b.Name)+b.Code)
	})
}
