// Generate reduces Natural Earth's outlines of countries to the data file of
// package atlas. Its arguments are two files of the npm package world-atlas
// (TopoJSON, https://github.com/topojson/world-atlas): the 1:50 million one for
// the shapes, the 1:10 million one for the places of states that the other
// leaves out. It prints the data file; see package atlas for its form.
//
// Borders are simplified one by one before outlines are put together, so that
// two neighbours keep the same border.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

const (
	width    = 2000 // of the map, in its own units, from 180° W to 180° E
	north    = 84.0 // degrees of latitude
	south    = -56.0
	detail   = 1.6  // area of the least triangle that a point of a border makes
	island   = 6.0  // area of the least ring that is kept
	smallest = 55.0 // area below which a country is a dot too, about 17,000 km²
)

// codes are those of areas that the source gives no ISO 3166 number. They are
// what a case study about them has to say; areas without a code belong to none.
var codes = map[string]string{"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}

// overseas are territories with an ISO 3166 code that the source counts as part
// of another country: longitude and latitude.
var overseas = map[string][2]float64{
	"BQ": {-68.3, 12.2}, "BV": {3.4, -54.4}, "CC": {96.8, -12.2}, "CX": {105.7, -10.5}, "GF": {-53.1, 3.9}, "GP": {-61.6, 16.2},
	"MQ": {-61.0, 14.7}, "RE": {55.5, -21.1}, "SJ": {16.0, 78.0}, "TK": {-171.8, -9.2}, "YT": {45.2, -12.8},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: generate countries-50m.json countries-10m.json")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(coarse, fine string, out io.Writer) error {
	shapes, err := read(coarse)
	if err != nil {
		return err
	}
	places, err := read(fine)
	if err != nil {
		return err
	}
	paths, dots := map[string]string{}, map[string]point{}
	for code, at := range overseas {
		dots[code] = project(at[0], at[1])
	}
	for _, c := range places.countries {
		if _, ok := dots[c.code]; !ok && c.code != "" {
			dots[c.code] = middle(places.outline(c, 0))
		}
	}
	for _, c := range shapes.countries {
		rings := shapes.outline(c, detail)
		if path := draw(rings); path != "" {
			paths[c.code] += path
		}
		if total(rings) >= smallest {
			delete(dots, c.code)
		}
	}
	delete(dots, "AQ")
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "size %d %d\n", width, int(math.Ceil(project(0, south).y)))
	for _, code := range sorted(paths) {
		fmt.Fprintf(w, "shape %s %s\n", orNone(code), paths[code])
	}
	for _, code := range sorted(dots) {
		fmt.Fprintf(w, "dot %s %.0f %.0f\n", code, dots[code].x, dots[code].y)
	}
	return w.Flush()
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func orNone(code string) string {
	if code == "" {
		return "-"
	}
	return code
}

// point is a place on the map, from its upper left corner.
type point struct{ x, y float64 }

// project is the Equal Earth projection (Šavrič, Patterson and Jenny 2018,
// https://doi.org/10.1080/13658816.2018.1504949), which keeps areas.
func project(longitude, latitude float64) point {
	x, y := equalEarth(longitude, latitude)
	_, top := equalEarth(0, north)
	right, _ := equalEarth(180, 0)
	scale := width / 2 / right
	return point{width/2 + x*scale, (top - y) * scale}
}

func equalEarth(longitude, latitude float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	λ, φ := longitude*math.Pi/180, latitude*math.Pi/180
	m := math.Sqrt(3) / 2
	θ := math.Asin(m * math.Sin(φ))
	t2 := θ * θ
	t6 := t2 * t2 * t2
	x = λ * math.Cos(θ) / (m * (a1 + 3*a2*t2 + t6*(7*a3+9*a4*t2)))
	y = θ * (a1 + a2*t2 + t6*(a3+a4*t2))
	return x, y
}

// place is a place on the globe, in degrees. Longitudes may run over 180.
type place struct{ longitude, latitude float64 }

func (p place) project() point { return project(p.longitude, p.latitude) }

// world is the countries of one file.
type world struct {
	arcs      [][]place
	countries []country
}

type country struct {
	code  string // ISO 3166-1 alpha-2; empty when it has none
	rings [][]int
}

// read reads TopoJSON (https://github.com/topojson/topojson-specification).
func read(name string) (*world, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var topology struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Countries struct {
				Geometries []struct {
					Type       string
					ID         string
					Arcs       json.RawMessage
					Properties struct{ Name string }
				}
			}
		}
	}
	if err := json.Unmarshal(data, &topology); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	w := &world{}
	for _, deltas := range topology.Arcs {
		var arc []place
		var x, y float64
		for _, d := range deltas {
			x, y = x+d[0], y+d[1]
			t := topology.Transform
			arc = append(arc, place{x*t.Scale[0] + t.Translate[0], max(south-2, min(north, y*t.Scale[1]+t.Translate[1]))})
		}
		w.arcs = append(w.arcs, unwrap(arc))
	}
	for _, g := range topology.Objects.Countries.Geometries {
		c := country{code: codes[g.Properties.Name]}
		if number, err := strconv.Atoi(g.ID); err == nil {
			if region, err := language.EncodeM49(number); err == nil {
				c.code = region.String()
			}
		}
		if c.code == "AQ" {
			continue
		}
		var polygons [][][]int
		switch g.Type {
		case "Polygon":
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		case "MultiPolygon":
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", g.Properties.Name, name, err)
		}
		for _, polygon := range polygons {
			c.rings = append(c.rings, polygon...)
		}
		w.countries = append(w.countries, c)
	}
	return w, nil
}

// outline is the rings of a country on the map, each border without the points
// that make triangles smaller than the least area.
func (w *world) outline(c country, least float64) [][]point {
	var rings [][]point
	for _, arcs := range c.rings {
		var ring []place
		for _, i := range arcs {
			backwards := i < 0
			if backwards {
				i = ^i
			}
			arc := simplify(w.arcs[i], least)
			if backwards {
				slices.Reverse(arc)
			}
			ring = append(ring, arc[:len(arc)-1]...)
		}
		for _, part := range cut(unwrap(ring)) {
			var projected []point
			for _, p := range part {
				projected = append(projected, p.project())
			}
			rings = append(rings, projected)
		}
	}
	return rings
}

// unwrap makes longitudes go on over 180° where a line crosses the edge of the
// map, so that no two neighbours are on different edges of it.
func unwrap(line []place) []place {
	for i := 1; i < len(line); i++ {
		for line[i].longitude-line[i-1].longitude > 180 {
			line[i].longitude -= 360
		}
		for line[i].longitude-line[i-1].longitude < -180 {
			line[i].longitude += 360
		}
	}
	return line
}

// cut divides a ring at the edges of the map, and brings all parts onto it.
func cut(ring []place) [][]place {
	var parts [][]place
	for _, turn := range []float64{-360, 0, 360} {
		part := clip(clip(ring, -180-turn, 1), 180-turn, -1)
		for i := range part {
			part[i].longitude += turn
		}
		if len(part) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// clip keeps the part of a ring that lies east (1) or west (-1) of a meridian
// (Sutherland and Hodgman 1974).
func clip(ring []place, meridian, side float64) []place {
	var kept []place
	inside := func(p place) bool { return (p.longitude-meridian)*side >= 0 }
	for i, p := range ring {
		before := ring[(i+len(ring)-1)%len(ring)]
		if inside(before) != inside(p) {
			t := (meridian - before.longitude) / (p.longitude - before.longitude)
			kept = append(kept, place{meridian, before.latitude + t*(p.latitude-before.latitude)})
		}
		if inside(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

// simplify takes out, one after the other, the point that makes the smallest
// triangle on the map with its neighbours (Visvalingam and Whyatt 1993).
func simplify(arc []place, least float64) []place {
	arc = slices.Clone(arc)
	for len(arc) > 2 {
		smallest, at := least, 0
		for i := 1; i+1 < len(arc); i++ {
			if a := triangle(arc[i-1].project(), arc[i].project(), arc[i+1].project()); a < smallest {
				smallest, at = a, i
			}
		}
		if at == 0 {
			break
		}
		arc = slices.Delete(arc, at, at+1)
	}
	return arc
}

func triangle(a, b, c point) float64 {
	return math.Abs((b.x-a.x)*(c.y-a.y)-(c.x-a.x)*(b.y-a.y)) / 2
}

func area(ring []point) float64 {
	sum := 0.0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.x*q.y - q.x*p.y
	}
	return math.Abs(sum) / 2
}

func total(rings [][]point) float64 {
	sum := 0.0
	for _, ring := range rings {
		sum += area(ring)
	}
	return sum
}

// middle is the middle of the largest ring.
func middle(rings [][]point) point {
	largest := slices.MaxFunc(rings, func(a, b []point) int { return int(math.Copysign(1, area(a)-area(b))) })
	low, high := largest[0], largest[0]
	for _, p := range largest {
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	return point{(low.x + high.x) / 2, (low.y + high.y) / 2}
}

// draw writes the rings as the data of an SVG path, in whole units.
func draw(rings [][]point) string {
	var b strings.Builder
	for _, ring := range rings {
		if area(ring) < island {
			continue
		}
		var whole [][2]int
		for _, p := range ring {
			at := [2]int{int(math.Round(p.x)), int(math.Round(p.y))}
			if len(whole) == 0 || whole[len(whole)-1] != at {
				whole = append(whole, at)
			}
		}
		if len(whole) < 3 {
			continue
		}
		fmt.Fprintf(&b, "M%d %dl", whole[0][0], whole[0][1])
		for i := 1; i < len(whole); i++ {
			dx, dy := whole[i][0]-whole[i-1][0], whole[i][1]-whole[i-1][1]
			if i > 1 && dx >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(dx))
			if dy >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(dy))
		}
		b.WriteByte('z')
	}
	return b.String()
}
