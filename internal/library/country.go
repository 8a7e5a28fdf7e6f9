package library

// Countries and their regions, by the many names that they have.

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"casebook/internal/content"
	"casebook/internal/places"
)

// Country is a country of ISO 3166-1 where the work of a case study took place,
// or a region of one (ISO 3166-2), such as a nation of the United Kingdom.
type Country struct {
	Code     string   // "UG", "GB-WLS"
	Name     string   // in the language of the site, unless site.yaml has another
	Slug     string   // part of its address, from the English name or that of site.yaml
	Other    []string // codes and everyday names by which it is also known: "UK", "Burma"
	Demonyms []string // "Burmese"
	Parent   *Country // of a region: its country
	Cases    []*CaseStudy
}

// newCountries makes every country there is, findable by code, by its name in
// English and in the site's language, and by the other names of package places.
func newCountries(siteLanguage string) *vocabulary[*Country] {
	v := newVocabulary[*Country](countryKind)
	v.fold = foldCountry
	tag, err := language.Parse(siteLanguage)
	base, _ := tag.Base()
	translated := err == nil && base.String() != "en"
	for _, p := range places.Countries() {
		c := &Country{Code: p.Code, Name: p.Name, Demonyms: p.Demonyms}
		v.entries = append(v.entries, c)
		v.add(p.Name, p.Name, c)
		c.alsoKnown(v, append(slices.Clone(p.Also), p.Code)...)
		v.addQuietly(p.Code3, c)
		if translated {
			if name := p.In(tag); name != "" {
				c.rename(v, name)
			}
		}
		c.Slug = cmp.Or(content.Slug(c.Name), slug(p.Name))
	}
	g := &gazetteer{countries: v, regions: map[string]*Country{}}
	for _, code := range slices.Sorted(maps.Keys(nations)) {
		g.addNation(code)
	}
	v.more, v.late = g.find, g.suggest
	return v
}

// alsoKnown makes the country findable by other names. Readers search for them,
// but not for those that hold the country's name: they would find nothing more
// by "United Republic of Tanzania", but all else that is united.
func (c *Country) alsoKnown(v *vocabulary[*Country], names ...string) {
	for _, name := range names {
		added := v.addQuietly(name, c)
		if added && len(name) > 4 { // a code is close to every short text
			v.suggest(v.fold(name), name, c)
		}
		if added && !strings.Contains(" "+fold(name)+" ", " "+fold(c.Name)+" ") {
			c.Other = append(c.Other, name)
		}
	}
}

// rename makes another name the one that readers see. The country stays findable
// by the others.
func (c *Country) rename(v *vocabulary[*Country], name string) {
	v.add(name, name, c)
	others := append([]string{c.Name}, c.Other...)
	c.Other = slices.DeleteFunc(others, func(other string) bool { return other == name })
	c.Name = name
}

// nameCountries gives countries the names that site.yaml has for them.
func (b *builder) nameCountries() {
	named := map[*Country]content.Ref{}
	for _, n := range b.lib.Site.Countries {
		c := b.country(b.lib.Site.Source, n.Country)
		if c == nil {
			continue
		}
		if first, twice := named[c]; twice {
			b.report(b.lib.Site.Source, n.Country.Position, "duplicate-name", fmt.Sprintf("%q is the country that was given a name as %q in line %d already", n.Country.Text, first.Text, first.Line),
				"keep one of the two")
			continue
		}
		named[c] = n.Country
		if other, taken := b.countries.known(n.Name.Text); taken && other != c {
			b.report(b.lib.Site.Source, n.Name.Position, "duplicate-name", fmt.Sprintf("%q already names another country, %s (%s)", n.Name.Text, other.Name, other.Code),
				"names must tell countries apart: choose another")
			continue
		}
		c.rename(b.countries, n.Name.Text)
		c.Slug = slug(c.Name)
	}
}

// country finds the country or region that an author names. It reports names
// that mean none, or several.
func (b *builder) country(s content.Source, ref content.Ref) *Country {
	c, ok := b.countries.find(ref.Text)
	if ok || ref.Text == "" {
		return c
	}
	key := foldCountry(ref.Text)
	if codes := places.Namesakes(key); codes != nil {
		var names []string
		for _, code := range codes {
			names = append(names, b.countries.byName[fold(code)].Name)
		}
		b.report(s, ref.Position, "ambiguous-country", fmt.Sprintf("%q may be either of two countries", ref.Text), "write "+anyOf(names))
		return nil
	}
	if several := regionNames()[key]; len(several) > 1 {
		var codes []string
		for _, r := range several[:min(len(several), maxListed)] {
			codes = append(codes, fmt.Sprintf("%s (%s)", r.Code, b.countries.byName[fold(r.Country)].Name))
		}
		b.report(s, ref.Position, "ambiguous-country", fmt.Sprintf("%q is a region of several countries", ref.Text), "write the code of one: "+strings.Join(codes, ", "))
		return nil
	}
	reportUnknown(b, b.countries, s, ref, func() string {
		if isArea(key) {
			return "that is several countries: write the names of those where the work took place"
		}
		return b.countries.listHint(ref.Text)
	})
	return nil
}

// countryList finds the countries that a list names, each once.
func (b *builder) countryList(s content.Source, refs []content.Ref) []*Country {
	var all []*Country
	eachName(b, b.countries, s, refs, func(ref content.Ref) {
		if c := b.country(s, ref); c != nil && !slices.Contains(all, c) {
			all = append(all, c)
		}
	})
	return all
}

// usedCountries are the countries with cases, by name.
func (b *builder) usedCountries() []*Country {
	seen := map[*Country]bool{}
	var used []*Country
	for _, study := range b.studies.entries {
		for _, c := range study.Countries {
			for ; c != nil && !seen[c]; c = c.Parent {
				seen[c] = true
				used = append(used, c)
			}
		}
	}
	slices.SortFunc(used, func(a, b *Country) int {
		return cmp.Or(strings.Compare(fold(a.Name), fold(b.Name)), strings.Compare(a.Code, b.Code))
	})
	return used
}
