package drawing

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// levels is how many steps there are from one colour to another, for smooth edges.
const levels = 16

// paint is a colour on top of another.
type paint struct{ under, over color.NRGBA }

// canvas is a picture with few colours, which is quick to encode: for each paint the
// levels from the one colour to the other. It begins as the first colour.
type canvas struct{ *image.Paletted }

func newCanvas(width, height int, paints ...paint) canvas {
	var palette color.Palette
	for _, p := range paints {
		for level := range levels {
			palette = append(palette, between(p.under, p.over, level))
		}
	}
	return canvas{image.NewPaletted(image.Rect(0, 0, width, height), palette)}
}

// between is the colour at a level on the way from one to the other.
func between(from, to color.NRGBA, level int) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(levels-1-level) + int(b)*level) / (levels - 1)) }
	return color.NRGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), mix(from.A, to.A)}
}

// with returns what covers pixels with a paint, by its place among those of the
// canvas. Where letters overlap the one that covers more shows.
func (c canvas) with(paint int) cover {
	return func(x, y int, alpha uint8) {
		if !(image.Point{x, y}).In(c.Rect) {
			return
		}
		at, index := c.PixOffset(x, y), uint8(paint*levels+int(alpha)*(levels-1)/255)
		if int(c.Pix[at])/levels != paint || index > c.Pix[at] {
			c.Pix[at] = index
		}
	}
}

// cover covers a pixel, by how much of it: 1 to 255.
type cover func(x, y int, alpha uint8)

// box covers a rectangle with round corners.
func box(r image.Rectangle, radius int, cover cover) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if alpha := inCorner(beyond(x, r.Min.X, r.Max.X, radius), beyond(y, r.Min.Y, r.Max.Y, radius), radius); alpha > 0 {
				cover(x, y, alpha)
			}
		}
	}
}

// beyond is how many pixels lie between a pixel and the part of a side that is
// straight; negative within that part.
func beyond(x, from, to, radius int) int { return max(from+radius-1-x, x-(to-radius)) }

// inCorner is how much of a pixel lies within a quarter of a disc, by the pixels
// between it and the straight parts of the sides. It looks at 4 × 4 points.
func inCorner(dx, dy, radius int) uint8 {
	if dx < 0 || dy < 0 {
		return 255
	}
	inside := 0
	for i := range 4 {
		for j := range 4 {
			x, y := 8*dx+2*i+1, 8*dy+2*j+1 // in eighths of a pixel
			if x*x+y*y <= 64*radius*radius {
				inside++
			}
		}
	}
	return uint8(inside * 255 / 16)
}

// PNG encodes a picture.
func PNG(picture image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, picture)
	return b.Bytes(), err
}
