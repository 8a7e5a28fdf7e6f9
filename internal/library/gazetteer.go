package library

// Rare names of countries, and regions: looked up on demand, because there are too
// many to add them to every vocabulary of countries.

import (
	"slices"
	"strings"
	"sync"

	"casebook/internal/places"
)

// gazetteer finds countries by formal names, and adds regions (ISO 3166-2) to the
// vocabulary of countries when a text names them.
type gazetteer struct {
	countries *vocabulary[*Country]
	regions   map[string]*Country // added regions, by code
}

// find returns the country or region that a text names. It returns false if there
// is none, if the name belongs to regions of several countries, or if it was that of
// a country: a region with such a name is found by its code.
func (g *gazetteer) find(text string) (*Country, bool) {
	key := foldCountry(text)
	if code, ok := formalNames()[key]; ok {
		return g.countries.known(code)
	}
	found := regionNames()[key]
	if len(found) != 1 || formerNames()[key] {
		return nil, false
	}
	region := found[0]
	if c := g.regions[region.Code]; c != nil {
		return c, true
	}
	if name := foldCountry(region.Name); g.countries.byName[name] == nil && len(regionNames()[name]) == 1 {
		return g.add(region, slug(region.Name)), true
	}
	c := g.add(region, slug(region.Name+" "+region.Code))
	c.Name += " (" + c.Parent.Name + ")"
	return c, true
}

func (g *gazetteer) add(region places.Region, slug string) *Country {
	c := &Country{Code: region.Code, Name: region.Name, Slug: slug, Other: []string{region.Code}, Demonyms: nations[region.Code], Parent: g.countries.byName[fold(region.Country)]}
	g.regions[c.Code] = c
	g.countries.addQuietly(c.Code, c)
	return c
}

// addNations adds the nations of the United Kingdom, which are suggested like
// countries.
func (g *gazetteer) addNations() {
	for _, region := range places.Regions() {
		if nations[region.Code] != nil {
			g.countries.add(region.Name, region.Name, g.add(region, slug(region.Name)))
		}
	}
}

// suggest adds formal names, and words such as demonyms that mean a country without
// naming it, to the suggestions.
func (g *gazetteer) suggest() {
	v := g.countries
	for _, p := range places.Countries() {
		c, _ := v.known(p.Code)
		for _, name := range p.Names {
			v.suggest(foldCountry(name), c.Name, c)
		}
		for _, name := range slices.Concat(p.Demonyms, p.Former) {
			v.mean(foldCountry(name), c.Name)
		}
	}
	for code, demonyms := range nations {
		c, _ := v.known(code)
		for _, demonym := range demonyms {
			v.mean(foldCountry(demonym), c.Name)
		}
	}
}

// nations holds the nations of the United Kingdom, which case studies often name,
// with the words for their people.
var nations = map[string][]string{
	"GB-ENG": {"English"},
	"GB-NIR": {"Northern Irish"},
	"GB-SCT": {"Scottish", "Scots"},
	"GB-WLS": {"Welsh"},
}

// foldCountry folds the name of a country. In addition to fold, it removes "the",
// replaces "St" with "Saint", joins initials, and reorders names such as "Congo,
// Democratic Republic of the" and "Iran (Islamic Republic of)". A flag alone is its
// code.
func foldCountry(name string) string {
	if i := strings.IndexAny(name, ",("); i > 0 {
		rest := strings.TrimSuffix(strings.TrimSpace(name[i+1:]), ")")
		if strings.HasSuffix(rest, " of") || strings.HasSuffix(rest, " of the") {
			name = rest + " " + name[:i]
		}
	}
	words := strings.Fields(fold(name))
	var kept []string
	initials := false
	for _, word := range words {
		isInitial := len(word) == 1 && word[0] >= 'a' && word[0] <= 'z'
		switch {
		case word == "the":
			continue
		case word == "st":
			word = "saint"
		case isInitial && initials: // "U.K." and "D. R. Congo"
			kept[len(kept)-1] += word
			continue
		}
		initials = isInitial
		kept = append(kept, word)
	}
	if len(kept) == 0 {
		return places.CodeOfFlag(strings.TrimSpace(name))
	}
	return strings.Join(kept, " ")
}

// isArea reports whether a folded text names a part of the world with several
// countries, or its people.
func isArea(key string) bool { return areas()[key] || areas()[strings.TrimSuffix(key, "n")] }

var areas = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, name := range places.Areas() {
		all[foldCountry(name)] = true
	}
	return all
})

// formerNames holds the folded former names of countries.
var formerNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, c := range places.Countries() {
		for _, name := range c.Former {
			names[foldCountry(name)] = true
		}
	}
	return names
})

// formalNames maps the folded formal names of package places to codes of countries.
// Names that several countries share are left out.
var formalNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, c := range places.Countries() {
		for _, name := range c.Names {
			if key := foldCountry(name); places.Namesakes(key) == nil && names[key] == "" {
				names[key] = c.Code
			}
		}
	}
	return names
})

// regionNames maps folded names to regions: the code, the name, and the name
// followed by that of the country. A name has several regions if several countries
// have a region of that name; within one country, only the first region counts.
var regionNames = sync.OnceValue(func() map[string][]places.Region {
	countries := map[string]string{}
	for _, c := range places.Countries() {
		countries[c.Code] = c.Name
	}
	names := map[string][]places.Region{}
	add := func(name string, r places.Region) {
		key := foldCountry(name)
		if all := names[key]; len(all) == 0 || all[len(all)-1].Country != r.Country {
			names[key] = append(all, r)
		}
	}
	for _, r := range places.Regions() {
		names[foldCountry(r.Code)] = []places.Region{r}
		add(r.Name, r)
		add(r.Name+" "+countries[r.Country], r)
	}
	return names
})
