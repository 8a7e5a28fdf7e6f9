package atlas

import (
	"fmt"
	"strconv"
	"strings"
)

// This file makes data for a picture of the world that is a few hundred pixels wide.

// Places returns the middle of each country, by code.
func (m Map) Places() map[string]Dot {
	places := map[string]Dot{}
	for _, s := range m.Shapes {
		if s.Code != "" {
			places[s.Code] = middle(s.Code, largest(rings(s.Path)))
		}
	}
	for _, d := range m.Dots {
		places[d.Code] = d
	}
	return places
}

// Land returns the outlines of all countries as the data of one SVG path. Its
// coordinates are those of the map, divided by smaller. It leaves out rings that
// are then less than two units wide or high.
func (m Map) Land(smaller int) string {
	var b strings.Builder
	for _, s := range m.Shapes {
		for _, r := range rings(s.Path) {
			writeRing(&b, r, smaller)
		}
	}
	return b.String()
}

// point is a point of the map, in the units of the map.
type point struct{ x, y int }

// inFields separates the numbers of a path by spaces. In the path, a minus sign
// also separates two numbers.
var inFields = strings.NewReplacer("M", "", "l", " ", "-", " -")

// rings parses a path of world.txt. Each ring is written as "M", the first point,
// "l", the differences between neighbouring points, and "z".
func rings(path string) [][]point {
	var all [][]point
	for part := range strings.SplitSeq(strings.TrimSuffix(path, "z"), "z") {
		numbers := strings.Fields(inFields.Replace(part))
		ring := make([]point, 0, len(numbers)/2)
		var at point
		for i := 0; i+1 < len(numbers); i += 2 {
			x, _ := strconv.Atoi(numbers[i]) // a test checks that all are numbers
			y, _ := strconv.Atoi(numbers[i+1])
			at = point{at.x + x, at.y + y}
			ring = append(ring, at)
		}
		all = append(all, ring)
	}
	return all
}

// area returns twice the area of a ring, by the shoelace formula.
func area(ring []point) int {
	sum := 0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.x*q.y - q.x*p.y
	}
	return max(sum, -sum)
}

func largest(rings [][]point) []point {
	var found []point
	for _, r := range rings {
		if found == nil || area(r) > area(found) {
			found = r
		}
	}
	return found
}

// middle returns the middle of the smallest box that contains a ring.
func middle(code string, ring []point) Dot {
	low, high := bounds(ring)
	return Dot{code, (low.x + high.x) / 2, (low.y + high.y) / 2}
}

func bounds(ring []point) (low, high point) {
	for i, p := range ring {
		if i == 0 {
			low, high = p, p
		}
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	return low, high
}

// writeRing writes a ring with its coordinates divided by smaller. It skips a point
// that is then equal to the point before it.
func writeRing(b *strings.Builder, ring []point, smaller int) {
	scaled := make([]point, len(ring))
	for i, p := range ring {
		scaled[i] = point{(p.x + smaller/2) / smaller, (p.y + smaller/2) / smaller}
	}
	low, high := bounds(scaled)
	if high.x-low.x < 2 || high.y-low.y < 2 {
		return
	}
	fmt.Fprintf(b, "M%d %dl", scaled[0].x, scaled[0].y)
	at, separator := scaled[0], ""
	for _, p := range scaled[1:] {
		if p == at {
			continue
		}
		fmt.Fprintf(b, "%s%d %d", separator, p.x-at.x, p.y-at.y)
		at, separator = p, " "
	}
	b.WriteString("z")
}
