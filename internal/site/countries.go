// The pages of countries, and the map.

package site

import (
	"strings"
	"sync"

	"casebook/internal/atlas"
	"casebook/internal/library"
)

func countryKinds() []kind {
	return []kind{
		{&CountriesPage{}, single("/countries/", (*maker).countryList)},
		{&CountryPage{}, (*maker).countryPages},
		{&MapPage{}, single("/map/", (*maker).mapPage)},
	}
}

// CountriesPage is "/countries/".
type CountriesPage struct {
	Base
	Countries []Term
}

// CountryPage is "/countries/<name>/".
type CountryPage struct {
	Base
	Country    Term
	Principles []Term // each leads to the principle's cases in this country
	Nations    []Term // of the United Kingdom
	List
	Organisations []Term
}

// MapPage is "/map/": it shows where there are case studies, of all kinds or of
// one.
type MapPage struct {
	Base
	Width, Height int    // of the picture
	Land          string // SVG path of all countries without a case study
	Countries     []MapCountry
	Scale         Scale // of the counts of all kinds
}

// MapCountry is a country with case studies on the map.
type MapCountry struct {
	Term
	Path   string // SVG path of its outline; may be empty
	X, Y   int    // of a dot, for a country too small to be seen; otherwise 0
	Shades Shades
}

// Shades are the shades of a country's counts in the scale of the map: 0 if
// there are none of that kind.
type Shades struct{ All, Examples, Challenges, Programmes int }

var countriesCrumb = Link{Key: "countries.title", Href: "/countries/"}

func (m *maker) countryList() Page {
	page := &CountriesPage{Base: m.base("/countries/", "", "")}
	for _, c := range m.lib.Countries {
		page.Countries = append(page.Countries, page.countryTerm(c))
	}
	return page
}

func (b *Base) countryTerm(c *library.Country) Term {
	return b.term(c.Name, countryPath(c), c.Cases)
}

// maxBased is the largest number of organisations listed on a country's page.
const maxBased = 30

func (m *maker) countryPages() {
	based := map[*library.Country][]*library.Organisation{}
	for _, o := range m.lib.Organisations {
		if o.Country != nil && len(o.Cases) > 0 {
			based[o.Country] = append(based[o.Country], o)
		}
	}
	for _, c := range m.lib.Countries {
		crumbs := []Link{countriesCrumb}
		if c.Parent != nil {
			crumbs = append(crumbs, Link{Label: c.Parent.Name, Href: countryPath(c.Parent)})
		}
		first := m.base(countryPath(c), c.Name, "", crumbs...)
		m.offer(&first, c.Cases, "country/"+c.Slug)
		once := sync.OnceValue(func() *CountryPage { return m.countryPage(first, c, based[c]) })
		m.paginate(first, c.Cases, func(b Base, list List) Page {
			page := once()
			return &CountryPage{
				b, b.moved(first, []Term{page.Country})[0], b.moved(first, page.Principles), b.moved(first, page.Nations), list, b.moved(first, page.Organisations),
			}
		}, Filter{"country", c.Slug})
	}
}

// countryPage returns the first page of a country, without its list. based are the
// organisations there.
func (m *maker) countryPage(b Base, c *library.Country, based []*library.Organisation) *CountryPage {
	page := &CountryPage{Base: b, Country: b.countryTerm(c)}
	for _, p := range m.lib.Principles {
		if here := m.orders.in[p][c]; len(here) > 0 {
			page.Principles = append(page.Principles, b.principleTerm(p, m.at.inCountry(p.ID, c), here))
		}
	}
	for _, nation := range m.lib.Countries {
		if nation.Parent == c {
			page.Nations = append(page.Nations, b.countryTerm(nation))
		}
	}
	for _, o := range first(maxBased, based) {
		term := b.organisationTerm(o)
		term.Note = "" // the page's own title names the country
		page.Organisations = append(page.Organisations, term)
	}
	return page
}

// mapPage makes the map of the countries with case studies. The shade of a
// country shows their number.
func (m *maker) mapPage() Page {
	page := &MapPage{Base: m.base("/map/", "", "", countriesCrumb)}
	world := atlas.World()
	page.Width, page.Height = world.Width, world.Height
	dots := map[string]atlas.Dot{}
	for _, d := range world.Dots {
		dots[d.Code] = d
	}
	shapes := map[string]string{}
	for _, s := range world.Shapes {
		shapes[s.Code] = s.Path
	}
	shown := map[string]bool{}
	var counts []int
	for _, c := range m.lib.Countries {
		if c.Parent != nil {
			continue
		}
		t := page.countryTerm(c)
		shown[c.Code] = true
		counts = append(counts, t.All())
		country := MapCountry{Term: t, Path: shapes[c.Code]}
		if d, ok := dots[c.Code]; ok {
			country.X, country.Y = d.X, d.Y
		}
		page.Countries = append(page.Countries, country)
	}
	page.Scale = newScale(counts)
	for i := range page.Countries {
		c := &page.Countries[i]
		c.Shades = Shades{
			page.Scale.shade(c.All()), page.Scale.shade(c.Examples), page.Scale.shade(c.Challenges), page.Scale.shade(c.Programmes),
		}
	}
	var land strings.Builder
	for _, s := range world.Shapes {
		if !shown[s.Code] {
			land.WriteString(s.Path)
		}
	}
	page.Land = land.String()
	return page
}
