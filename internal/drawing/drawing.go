// Package drawing draws pictures from the texts of a site: its icon, and the card
// that social networks show beside a link.
//
// Its input is texts and colours, its output a picture. The same input gives the
// same bytes on every machine, because glyphs are drawn with integers.
//
// The font is Liberation Sans, which is part of the program. It has the letters
// of the Latin, Greek and Cyrillic scripts, including African and Vietnamese
// ones. A text with any other letter is not drawn at all: call [CanDraw] first.
package drawing

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// Colours are the colours of a theme on a light screen, written as in its
// stylesheet: "#fdfdfb". A colour that is empty or not of this form is replaced
// with that of the default theme.
type Colours struct {
	Ground, Ink, Quiet, Accent, Strand string
}

// colour parses "#fdfdfb" or "#fff". For anything else it returns the other
// colour.
func colour(written string, otherwise color.NRGBA) color.NRGBA {
	hex := strings.TrimPrefix(written, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 24)
	if len(hex) != 6 || err != nil {
		return otherwise
	}
	return color.NRGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
}

func (c Colours) ground() color.NRGBA { return colour(c.Ground, color.NRGBA{0xfd, 0xfd, 0xfb, 0xff}) }
func (c Colours) ink() color.NRGBA    { return colour(c.Ink, color.NRGBA{0x1c, 0x1e, 0x2b, 0xff}) }
func (c Colours) quiet() color.NRGBA  { return colour(c.Quiet, color.NRGBA{0x56, 0x5a, 0x6e, 0xff}) }

func (c Colours) accent() color.NRGBA { return colour(c.Accent, color.NRGBA{0x2c, 0x3a, 0x94, 0xff}) }

func (c Colours) strand() color.NRGBA { return colour(c.Strand, color.NRGBA{0xbb, 0x6f, 0x00, 0xff}) }

// Screen returns the colours of a page and of the browser around it, as "#fdfdfb".
func (c Colours) Screen() (page, around string) { return hex(c.ground()), hex(c.accent()) }

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// typeface is one of the two fonts.
type typeface string

const (
	regular typeface = "regular"
	bold    typeface = "bold"
)

// fonts parses the fonts once.
var fonts = sync.OnceValue(func() map[typeface]*sfnt.Font {
	parsed := map[typeface]*sfnt.Font{}
	for name, data := range map[typeface][]byte{regular: liberationsansregular.TTF, bold: liberationsansbold.TTF} {
		f, err := sfnt.Parse(data)
		if err != nil {
			panic(fmt.Sprintf("drawing: the font of the program: %v", err))
		}
		parsed[name] = f
	}
	return parsed
})

// CanDraw reports whether the font has every letter of a text, and whether the
// letters are simply placed next to each other from left to right.
func CanDraw(text string) bool {
	var b sfnt.Buffer
	f := fonts()[bold]
	for _, r := range norm.NFC.String(text) {
		if unicode.IsSpace(r) {
			continue
		}
		if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common) {
			return false
		}
		if glyph, err := f.GlyphIndex(&b, r); err != nil || glyph == 0 {
			return false
		}
	}
	return true
}

// pen writes in one typeface and size. It is not safe for concurrent use.
type pen struct {
	face font.Face
	size int // pixels
}

func newPen(name typeface, size int) *pen {
	face, err := opentype.NewFace(fonts()[name], &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(fmt.Sprintf("drawing: the font of the program: %v", err))
	}
	return &pen{face, size}
}

// width returns the width of a text in pixels.
func (p *pen) width(text string) int { return font.MeasureString(p.face, text).Ceil() }

// write writes a text that starts at x, with y as its baseline.
func (p *pen) write(text string, x, y int, brush brush) {
	dot, previous := fixed.P(x, y), rune(-1)
	for _, r := range text {
		if previous >= 0 {
			dot.X += p.face.Kern(previous, r)
		}
		box, mask, at, advance, ok := p.face.Glyph(dot, r)
		if letters, isAlpha := mask.(*image.Alpha); ok && isAlpha {
			for j := range box.Dy() {
				brush.cover(box.Min.X, box.Min.Y+j, letters.Pix[letters.PixOffset(at.X, at.Y+j):][:box.Dx()])
			}
		}
		dot.X, previous = dot.X+advance, r
	}
}

// longest is how many bytes of a text are written: more than fits on a card.
const longest = 1000

// lines breaks a text into at most the given number of lines of the given
// width, and reports whether all of it fits. A text that does not fit ends in
// "…".
func (p *pen) lines(text string, width, most int) (lines []string, all bool) {
	line := ""
	text = norm.NFC.String(strings.ToValidUTF8(text[:min(len(text), longest)], ""))
	for _, word := range strings.Fields(text) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if line == "" || p.width(longer) <= width {
			line = longer
			continue
		}
		lines, line = append(lines, line), word
	}
	lines = append(lines, line)
	all = len(lines) <= most
	lines = lines[:min(len(lines), most)]
	for i, line := range lines {
		isCut := !all && i == len(lines)-1
		if isCut || p.width(line) > width {
			lines[i] = p.cut(line, width)
			all = false
		}
	}
	return lines, all
}

// cut shortens a line until it fits into the width together with an ellipsis.
func (p *pen) cut(line string, width int) string {
	letters := []rune(line)
	for len(letters) > 0 && p.width(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " .,;:–-") + "…"
}
