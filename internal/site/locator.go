// Small maps of the countries of a case study.

package site

import (
	"slices"
	"sync"

	"casebook/internal/atlas"
	"casebook/internal/library"
)

// Locator is a small map of the world with a mark on each country of a case
// study. The page lists the names of the countries beside it.
type Locator struct {
	Land          string // address of the picture of the world
	Width, Height int    // of that picture
	Marks         []Mark
}

// Mark is a position on a small map, from its upper left corner.
type Mark struct{ X, Y int }

const (
	// LandPath is the address of the picture of the world under all small maps.
	LandPath = "/data/land.svg"
	// Smaller is how many times smaller a small map is than the map of package
	// atlas.
	Smaller = 4
)

// locators makes small maps.
type locators struct {
	size   atlas.Map
	places map[string]atlas.Dot
}

// newLocators reads the outlines of all countries. That takes as long as
// building a small site, so it is done once.
var newLocators = sync.OnceValue(func() locators {
	world := atlas.World()
	return locators{world, world.Places()}
})

// of returns a map with marks on those of the countries that are on it. A part
// of a country is marked at the whole country, so that two parts share one
// mark.
func (l locators) of(b *Base, countries []*library.Country) Locator {
	made := Locator{Land: b.to(LandPath), Width: l.size.Width / Smaller, Height: l.size.Height / Smaller}
	for _, c := range countries {
		if c.Parent != nil {
			c = c.Parent
		}
		at, ok := l.places[c.Code]
		mark := Mark{at.X / Smaller, at.Y / Smaller}
		if ok && !slices.Contains(made.Marks, mark) {
			made.Marks = append(made.Marks, mark)
		}
	}
	return made
}
