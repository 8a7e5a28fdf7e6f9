package atlas_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"casebook/internal/atlas"
)

// TestEveryCountryIsOnTheMap checks that the map has a shape or a dot for each country of
// ISO 3166-1.
func TestEveryCountryIsOnTheMap(t *testing.T) {
	world := atlas.World()
	has := map[string]bool{"AQ": true}                                                           // Antarctica is below the map
	for _, reserved := range strings.Fields("AC AN CP CQ CS DG EA EZ FQ IC NT PC SU TA UN YU") { // reserved or withdrawn codes, not in ISO 3166-1
		has[reserved] = true
	}
	for _, s := range world.Shapes {
		has[s.Code] = true
	}
	for _, d := range world.Dots {
		has[d.Code] = true
	}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err == nil && region.IsCountry() && region.String() == code && region.Canonicalize() == region && !has[code] {
				t.Errorf("%s is not on the map", code)
			}
		}
	}
}

func TestDotsAreOnTheMap(t *testing.T) {
	world := atlas.World()
	if world.Width != 2000 || world.Height < 800 || world.Height > 1000 {
		t.Errorf("the picture is %d × %d", world.Width, world.Height)
	}
	// Only characters that need no escaping in an attribute.
	path := regexp.MustCompile(`^(M\d+ \d+l(-?\d+[ -]\d+ ?|-?\d+ ?)+z)+$`)
	for _, s := range world.Shapes {
		if !path.MatchString(s.Path) {
			t.Errorf("%s has the path %.60s…", s.Code, s.Path)
		}
	}
	for _, d := range world.Dots {
		if d.X < 0 || d.X > world.Width || d.Y < 0 || d.Y > world.Height {
			t.Errorf("%s is at %d, %d", d.Code, d.X, d.Y)
		}
	}
}

// TestPlaces checks the projection by places whose directions from each other are known.
func TestPlaces(t *testing.T) {
	at := map[string]atlas.Dot{}
	for _, d := range atlas.World().Dots {
		at[d.Code] = d
	}
	if at["MT"].X < at["GI"].X || at["SG"].Y < at["HK"].Y || at["FK"].Y < at["ST"].Y {
		t.Errorf("Malta is not east of Gibraltar, Singapore not south of Hong Kong or the Falklands not of São Tomé: %v", at)
	}
	// On the equator, where the scale is known: 103.8° of 180° in the eastern half.
	if want := 1000 + 103.8/180*1000; float64(at["SG"].X) < want-5 || float64(at["SG"].X) > want+5 {
		t.Errorf("Singapore is at %d, want about %.0f", at["SG"].X, want)
	}
}

// TestDotsAreInTheirCountries checks the dots of large countries with distant parts. The
// middle of all parts would be outside the country.
func TestDotsAreInTheirCountries(t *testing.T) {
	places := atlas.World().Places()
	for code, box := range map[string][4]int{ // west, north, east, south, measured on the map
		"UG": {1165, 450, 1195, 490}, "GB": {975, 70, 1010, 135}, "FR": {985, 130, 1035, 180}, "US": {400, 150, 660, 280}, "SG": {1570, 470, 1585, 495},
	} {
		if at := places[code]; at.X < box[0] || at.Y < box[1] || at.X > box[2] || at.Y > box[3] {
			t.Errorf("%s is at %d, %d, outside %v", code, at.X, at.Y, box)
		}
	}
}

// TestLandIsSmall checks the size of the outline that each reader of a case study loads.
func TestLandIsSmall(t *testing.T) {
	world := atlas.World()
	land := world.Land(4)
	if !regexp.MustCompile(`^(M\d+ \d+l(-?\d+ -?\d+ ?)+z)+$`).MatchString(land) {
		t.Errorf("the path is %.100s…", land)
	}
	if n := len(land); n < 20_000 || n > 45_000 {
		t.Errorf("the path has %d bytes", n)
	}
}
