package library

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"

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
func newCountries() *vocabulary[*Country] {
	v := newVocabulary[*Country]("country")
	english := display.English.Regions()
	for _, region := range regions() {
		c := newCountry(v, region.String(), english.Name(region))
		c.alsoKnown(v, append(nameForms(c.Name), c.Code)...)
	}
	uk := v.terms[fold("GB")]
	uk.alsoKnown(v, "UK")
	v.terms[fold("US")].alsoKnown(v, "USA")
	for _, n := range ukNations {
		c := newCountry(v, n.code, n.name)
		c.Parent = uk
		c.alsoKnown(v, n.code)
	}
	return v
}

func newCountry(v *vocabulary[*Country], code, name string) *Country {
	c := &Country{Code: code, Name: name, Slug: slug(name)}
	v.add(name, c)
	return c
}

// nameCountries gives countries the names that site.yaml has for them. They
// stay findable by the others.
func (b *builder) nameCountries() {
	named := map[*Country]content.Ref{}
	for _, n := range b.site.Countries {
		c := b.country(b.site.Source, n.Country)
		if c == nil {
			continue
		}
		if first, twice := named[c]; twice {
			b.report(b.site.Source, n.Country.Position, "duplicate-name", fmt.Sprintf("%q is the country that was given a name as %q in line %d already", n.Country.Text, first.Text, first.Line),
				"keep one of the two")
			continue
		}
		named[c] = n.Country
		if other, taken := b.countries.find(n.Name.Text); taken && other != c {
			b.report(b.site.Source, n.Name.Position, "duplicate-name", fmt.Sprintf("%q already names another country, %s (%s)", n.Name.Text, other.Name, other.Code),
				"names must tell countries apart: choose another")
			continue
		}
		c.rename(b.countries, n.Name.Text)
	}
}

// rename makes another name the one that readers see.
func (c *Country) rename(v *vocabulary[*Country], name string) {
	v.add(name, c)
	others := append([]string{c.Name}, c.Other...)
	c.Other = slices.DeleteFunc(others, func(other string) bool { return other == name })
	c.Name, c.Slug = name, slug(name)
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
