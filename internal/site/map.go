package site

import (
	"strings"

	"casebook/internal/atlas"
)

// mapPage makes the map of the countries with case studies, shaded by their
// number.
func (m *maker) mapPage() {
	page := &MapPage{Base: m.base("/map/", "", "", Link{Key: "countries.title", Href: "/countries/"})}
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
		place := Place{Term: t, Path: shapes[c.Code]}
		if d, ok := dots[c.Code]; ok {
			place.X, place.Y = d.X, d.Y
		}
		page.Countries = append(page.Countries, place)
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
	m.add(page)
}
