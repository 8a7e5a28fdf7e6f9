// Package atlas provides the outlines of the countries of the world for a small
// map: an SVG path, a dot or both for each code of ISO 3166-1.
//
// The outlines come from Natural Earth (https://www.naturalearthdata.com, in the
// public domain) by way of the npm package world-atlas 2.0.2. The projection is
// Equal Earth, in which equal areas have equal size. The outlines show who
// administers an area, not who should. The program in generate makes the data file
// from them.
package atlas

import (
	_ "embed"
	"fmt"
	"strings"
)

// To make the data file again, unpack "npm pack world-atlas@2.0.2" here first.
//go:generate sh -c "go run ./generate package/countries-50m.json package/countries-10m.json >world.txt"

// source has lines of three forms: "size WIDTH HEIGHT", "shape CODE PATH" and
// "dot CODE X Y". An area without a code has the code "-".
//
//go:embed world.txt
var source string

// Map is the world.
type Map struct {
	Width, Height int // of the picture, in the units of its paths
	Shapes        []Shape
	Dots          []Dot // of small states, by code
}

// Shape is the outline of a country.
type Shape struct {
	Code string // ISO 3166-1 alpha-2; empty for an area without a code
	Path string // data of an SVG path
}

// Dot is the place of a state that is too small to be seen.
type Dot struct {
	Code string
	X, Y int
}

// World reads the map.
func World() Map {
	var m Map
	for line := range strings.Lines(source) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if err := m.add(kind, rest); err != nil {
			panic(fmt.Errorf("read world.txt, which is part of the program: %w", err))
		}
	}
	return m
}

func (m *Map) add(kind, rest string) error {
	code, data, _ := strings.Cut(rest, " ")
	var err error
	switch kind {
	case "size":
		_, err = fmt.Sscan(rest, &m.Width, &m.Height)
	case "shape":
		m.Shapes = append(m.Shapes, Shape{strings.Trim(code, "-"), data})
	case "dot":
		d := Dot{Code: code}
		_, err = fmt.Sscan(data, &d.X, &d.Y)
		m.Dots = append(m.Dots, d)
	default:
		err = fmt.Errorf("there is a line of the kind %q", kind)
	}
	return err
}
