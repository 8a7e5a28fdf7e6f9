// A picture with few colours, which is quick to encode.

package drawing

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sync"
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
	c := canvas{image.NewPaletted(image.Rect(0, 0, width, height), nil)}
	c.reset(paints...)
	return c
}

// reset gives all of the canvas the first colour of the paints.
func (c canvas) reset(paints ...paint) {
	clear(c.Pix)
	c.Palette = c.Palette[:0]
	for _, p := range paints {
		for level := range levels {
			c.Palette = append(c.Palette, between(p.under, p.over, level))
		}
	}
}

// between returns the colour at a level between two colours.
func between(from, to color.NRGBA, level int) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(levels-1-level) + int(b)*level) / (levels - 1)) }
	return color.NRGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), mix(from.A, to.A)}
}

// with returns a brush with the paint at an index.
func (c canvas) with(paint int) brush { return brush{c, paint * levels} }

// brush covers parts of a canvas with one paint.
type brush struct {
	canvas
	first int // index of the first level of the paint in the palette
}

// cover covers pixels of a line from x on. alphas is how much of each is covered,
// from 0 to 255. Where letters overlap, the higher coverage is used.
func (b brush) cover(x, y int, alphas []uint8) {
	if y < b.Rect.Min.Y || y >= b.Rect.Max.Y || x >= b.Rect.Max.X {
		return
	}
	if x < b.Rect.Min.X {
		alphas = alphas[min(b.Rect.Min.X-x, len(alphas)):]
		x = b.Rect.Min.X
	}
	line := b.Pix[b.PixOffset(x, y):][:min(len(alphas), b.Rect.Max.X-x)]
	for i := range line {
		if alphas[i] == 0 {
			continue
		}
		index := b.first + int(alphas[i])*(levels-1)/255
		if old := int(line[i]); old < b.first || old >= b.first+levels || index > old {
			line[i] = uint8(index)
		}
	}
}

// box covers a rectangle with rounded corners.
func (b brush) box(r image.Rectangle, radius int) {
	alphas := make([]uint8, r.Dx())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := range alphas {
			alphas[x] = inCorner(beyond(r.Min.X+x, r.Min.X, r.Max.X, radius), beyond(y, r.Min.Y, r.Max.Y, radius), radius)
		}
		b.cover(r.Min.X, y, alphas)
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
	err := (&png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: encoders{}}).Encode(&b, picture)
	return b.Bytes(), err
}

// encoders keeps the buffers of encoders, 1.2 MB each, for later pictures.
type encoders struct{}

var encoderPool = sync.Pool{New: func() any { return new(png.EncoderBuffer) }}

func (encoders) Get() *png.EncoderBuffer  { return encoderPool.Get().(*png.EncoderBuffer) }
func (encoders) Put(b *png.EncoderBuffer) { encoderPool.Put(b) }
