package library

import (
	"cmp"
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

// presentNames are those of countries that have taken another name since the
// CLDR of golang.org/x/text, which is of 2017.
var presentNames = map[string]string{
	"MK": "North Macedonia",
	"SZ": "Eswatini",
	"TR": "Türkiye",
}

// otherNames are names that people write, besides CLDR's. CLDR has one name for
// a country, and that is often neither the one of ISO and the United Nations
// ("Viet Nam") nor the one of everyday ("Ivory Coast", "DRC").
var otherNames = [...]struct {
	code  string
	names []string
}{
	{"AE", []string{"UAE"}},
	{"BA", []string{"Bosnia"}},
	{"BN", []string{"Brunei Darussalam"}},
	{"BO", []string{"Plurinational State of Bolivia", "Bolivia, Plurinational State of"}},
	{"CD", []string{"Democratic Republic of the Congo", "DR Congo", "DRC", "Democratic Republic of Congo", "Congo, Democratic Republic of the", "Congo, Democratic Republic of"}},
	{"CG", []string{"Republic of the Congo", "Republic of Congo", "Congo Republic", "Congo, Republic of the", "Congo, Republic of"}},
	{"CI", []string{"Ivory Coast"}},
	{"CV", []string{"Cabo Verde"}},
	{"CZ", []string{"Czech Republic"}},
	{"FM", []string{"Federated States of Micronesia", "Micronesia, Federated States of"}},
	{"GB", []string{"UK", "Great Britain", "Britain", "United Kingdom of Great Britain and Northern Ireland"}},
	{"HK", []string{"Hong Kong"}},
	{"IR", []string{"Islamic Republic of Iran", "Iran, Islamic Republic of"}},
	{"KG", []string{"Kyrgyz Republic"}},
	{"KN", []string{"Saint Kitts and Nevis"}},
	{"KP", []string{"Democratic People’s Republic of Korea", "DPRK", "Korea, Democratic People’s Republic of"}},
	{"KR", []string{"Republic of Korea", "Korea, Republic of"}},
	{"LA", []string{"Lao PDR", "Lao People’s Democratic Republic"}},
	{"LC", []string{"Saint Lucia"}},
	{"MD", []string{"Republic of Moldova", "Moldova, Republic of"}},
	{"MO", []string{"Macau", "Macao"}},
	{"PS", []string{"Palestine", "State of Palestine", "Palestine, State of", "Palestinian Territory", "Occupied Palestinian Territory", "Occupied Palestinian Territories"}},
	{"RU", []string{"Russian Federation"}},
	{"SH", []string{"Saint Helena"}},
	{"SK", []string{"Slovak Republic"}},
	{"SY", []string{"Syrian Arab Republic"}},
	{"TL", []string{"East Timor"}},
	{"TZ", []string{"United Republic of Tanzania", "Tanzania, United Republic of"}},
	{"US", []string{"USA", "United States of America"}},
	{"VA", []string{"Vatican", "Holy See"}},
	{"VC", []string{"Saint Vincent and the Grenadines", "St Vincent and the Grenadines"}},
	{"VE", []string{"Bolivarian Republic of Venezuela", "Venezuela, Bolivarian Republic of"}},
	{"VN", []string{"Viet Nam"}},
}

// ambiguous are names that two countries go by, folded, and what to write for
// each.
var ambiguous = map[string][2]string{
	"congo":          {"Democratic Republic of the Congo", "Republic of the Congo"},
	"korea":          {"South Korea", "North Korea"},
	"virgin islands": {"British Virgin Islands", "U.S. Virgin Islands"},
}

// newCountries makes every country there is, findable by code, English name
// and the usual other forms of it ("Myanmar" for "Myanmar (Burma)").
func newCountries() *vocabulary[*Country] {
	v := newVocabulary[*Country](countryKind)
	english := display.English.Regions()
	for _, region := range regions() {
		name := english.Name(region)
		c := newCountry(v, region.String(), cmp.Or(presentNames[region.String()], name))
		c.alsoKnown(v, append(nameForms(name), c.Code)...)
		v.addQuietly(region.ISO3(), c)
	}
	for _, n := range otherNames {
		v.byName[fold(n.code)].alsoKnown(v, n.names...)
	}
	for _, n := range ukNations {
		c := newCountry(v, n.code, n.name)
		c.Parent = v.byName[fold("GB")]
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
		if other, taken := b.countries.find(n.Name.Text); taken && other != c {
			b.report(b.lib.Site.Source, n.Name.Position, "duplicate-name", fmt.Sprintf("%q already names another country, %s (%s)", n.Name.Text, other.Name, other.Code),
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

// alsoKnown makes the country findable by other names. Readers search for them,
// but for those that hold the country's name: they would find nothing more, and
// of "United Republic of Tanzania" all else that is united.
func (c *Country) alsoKnown(v *vocabulary[*Country], names ...string) {
	for _, name := range names {
		add := v.addOther
		if len(name) <= 4 {
			add = v.addQuietly // a code, which everything short is like
		}
		if add(name, c) && !strings.Contains(" "+fold(name)+" ", " "+fold(c.Name)+" ") {
			c.Other = append(c.Other, name)
		}
	}
}

// country finds the country that an author writes, with or without an article.
func (b *builder) country(s content.Source, ref content.Ref) *Country {
	if c, ok := b.countries.find(ref.Text); ok {
		return c
	}
	name := strings.TrimPrefix(fold(ref.Text), "the ")
	if c, ok := b.countries.find(name); ok {
		return c
	}
	if both, ok := ambiguous[name]; ok {
		b.report(s, ref.Position, "ambiguous-country", fmt.Sprintf("%q may be either of two countries", ref.Text), fmt.Sprintf("write %q or %q", both[0], both[1]))
		return nil
	}
	return resolve(b, b.countries, s, ref)
}

// regions are the countries and territories of ISO 3166-1, by code.
func regions() []language.Region {
	var all []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			// A code that is only an alias, such as UK, comes back as another.
			if err == nil && region.IsCountry() && region.String() == code && region.Canonicalize() == region && isNamed(region) {
				all = append(all, region)
			}
		}
	}
	return all
}

// isNamed reports false for what has a code but is no country of today: it has
// no name (YU), or no code of three letters (the United Nations).
func isNamed(region language.Region) bool {
	return region.ISO3() != "ZZZ" && display.English.Regions().Name(region) != ""
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
	sortCountries(used)
	return used
}
