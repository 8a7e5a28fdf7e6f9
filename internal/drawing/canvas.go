// A picture with few colours, which is quick to encode.

package drawing

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// levels is the number of steps from one colour to another, for smooth edges.
const levels = 16

// paint is a colour drawn on top of another.
type paint struct{ under, over color.NRGBA }

// canvas is a picture with few colours, which is quick to encode: for each
// paint, the levels from one colour to the other. At first all of it has the
// first colour.
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

// between returns the colour at a level between two colours.
func between(from, to color.NRGBA, level int) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(levels-1-level) + int(b)*level) / (levels - 1)) }
	return color.NRGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), mix(from.A, to.A)}
}

// with returns a function that covers pixels with the paint at an index. Where
// letters overlap, the higher coverage is used.
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

// cover covers a pixel. alpha is how much of the pixel is covered, from 1 to
// 255.
type cover func(x, y int, alpha uint8)

// box covers a rectangle with rounded corners.
func box(r image.Rectangle, radius int, cover cover) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if alpha := inCorner(beyond(x, r.Min.X, r.Max.X, radius), beyond(y, r.Min.Y, r.Max.Y, radius), radius); alpha > 0 {
				cover(x, y, alpha)
			}
		}
	}
}

// beyond returns how many pixels lie between a pixel and the straight part of a
// side. It is negative within that part.
func beyond(x, from, to, radius int) int { return max(from+radius-1-x, x-(to-radius)) }

// inCorner returns how much of a pixel lies within a quarter of a disc, given
// its distance in pixels from the straight parts of the sides. It samples 4 × 4
// points.
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
