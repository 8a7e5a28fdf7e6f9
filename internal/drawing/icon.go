// The icon of a site.

package drawing

import (
	"image"
	"image/color"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Icon draws the icon of a site: a square with the first letter of its title,
// or with a ring if that letter cannot be drawn.
func Icon(title string, size int, colours Colours) image.Image {
	ground, mark := colours.accent(), colours.ground()
	clear := color.NRGBA{ground.R, ground.G, ground.B, 0}
	c := newCanvas(size, size, paint{clear, ground}, paint{ground, mark}, paint{mark, ground})
	c.with(0).box(c.Rect, size/5)
	letter := initial(title)
	if letter == "" {
		c.with(1).box(c.Rect.Inset(size/4), size/4)
		c.with(2).box(c.Rect.Inset(size*3/8), size/8)
		return c.Paletted
	}
	p := newPen(bold, size*7/10)
	height := p.face.Metrics().CapHeight.Ceil()
	p.write(letter, (size-p.width(letter))/2, (size+height)/2, c.with(1))
	return c.Paletted
}

// initial returns the first letter or digit of a text, as a capital, or "" if
// it cannot be drawn.
func initial(text string) string {
	for _, r := range norm.NFC.String(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if first := string(unicode.ToUpper(r)); CanDraw(first) {
				return first
			}
			return ""
		}
	}
	return ""
}
