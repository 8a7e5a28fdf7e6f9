package site

import (
	"strings"

	"casebook/internal/atlas"
)

// mapPage makes the map of the countries with examples. Challenges are not
// shown: nobody is to be marked on a map for what was hard.
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
	for _, c := range m.lib.Countries {
		t := page.countryTerm(c)
		if c.Parent != nil || t.Examples == 0 {
			continue
		}
		t.Challenges, t.Programmes = 0, 0
		shown[c.Code] = true
		place := Place{Term: t, Path: shapes[c.Code]}
		if d, ok := dots[c.Code]; ok {
			place.X, place.Y = d.X, d.Y
		}
		page.Countries = append(page.Countries, place)
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
