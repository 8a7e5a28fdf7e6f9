package library

// Countries and their regions, and finding them by their many names.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"casebook/internal/content"
	"casebook/internal/places"
)

// Country is a country of ISO 3166-1 in which the work of a case study took place,
// or a region of a country (ISO 3166-2), such as a nation of the United Kingdom.
type Country struct {
	Code     string   // "UG", "GB-WLS"
	Name     string   // in the language of the site, unless site.yaml gives another name
	Slug     string   // part of its address, made from Name or, failing that, the English name
	Other    []string // codes and other everyday names: "UK", "Burma"
	Demonyms []string // "Burmese"
	Formal   []string // formal, foreign and former names, and the code of three letters: "Republic of Uganda", "UGA"
	Parent   *Country // the country of a region; nil for a country
	Cases    []*CaseStudy
}

// newCountries returns a vocabulary of all countries. They can be found by code, by
// their name in English and in the site's language, and by the other names of
// package places.
func newCountries(siteLanguage string) *vocabulary[*Country] {
	v := newVocabulary[*Country](countryKind)
	v.fold = foldCountry
	tag, err := language.Parse(siteLanguage)
	base, _ := tag.Base()
	translated := err == nil && base.String() != "en"
	for _, p := range places.Countries() {
		c := &Country{Code: p.Code, Name: p.Name, Demonyms: p.Demonyms, Formal: slices.Concat(p.Also, p.Names, p.Former, []string{p.Code3})}
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
	g.addNations()
	v.more, v.late = g.find, g.suggest
	return v
}

// alsoKnown makes the country findable by other names. Names that do not contain
// its own name are also added to Other, by which readers can search. The others
// would not help: searching for "United Republic of Tanzania" finds no more case
// studies than "Tanzania", but also everything else with "united".
func (c *Country) alsoKnown(v *vocabulary[*Country], names ...string) {
	for _, name := range names {
		added := v.addQuietly(name, c)
		if added && len(name) > 4 { // codes are similar to all short texts
			v.suggest(v.fold(name), name, c)
		}
		if added && !strings.Contains(" "+fold(name)+" ", " "+fold(c.Name)+" ") {
			c.Other = append(c.Other, name)
		}
	}
}

// rename sets the name that readers see. The country can still be found by its
// other names.
func (c *Country) rename(v *vocabulary[*Country], name string) {
	v.add(name, name, c)
	others := append([]string{c.Name}, c.Other...)
	c.Other = slices.DeleteFunc(others, func(other string) bool { return other == name })
	c.Name = name
}

// nameCountries renames the countries for which site.yaml has another name.
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

// country returns the country or region that an author names. It reports names of
// no country and names that are ambiguous.
func (b *builder) country(s content.Source, ref content.Ref) *Country {
	if ref.Text == "" {
		return nil // before find, which reads the names of all regions if no country has this one
	}
	c, ok := b.countries.find(ref.Text)
	if ok {
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

// countryList returns the countries that a list names, without duplicates.
func (b *builder) countryList(s content.Source, refs []content.Ref) []*Country {
	var all []*Country
	checkTwice(b, b.countries, s, refs)
	eachName(b, b.countries, s, refs, func(ref content.Ref) {
		if c := b.country(s, ref); c != nil && !slices.Contains(all, c) {
			all = append(all, c)
		}
	})
	return all
}

// usedCountries returns the countries and regions with case studies, by name.
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
	slices.SortFunc(used, func(x, y *Country) int { return compareLabels(x.Name, y.Name, x.Code, y.Code) })
	return used
}
