// Patterns for the cards of case studies without a picture.

package site

import (
	"fmt"
	"hash/fnv"
	"math/bits"
	"strconv"
	"strings"

	"casebook/internal/library"
)

// Pattern is a small woven square that makes cards easy to tell apart. Case
// studies of one country share its vertical lines, those of one discipline its
// horizontal lines, and those of one principle its colour. It is decoration:
// the card says all three in words.
type Pattern struct {
	Colour string // of CSS, visible on light and on dark
	Warp   string // data of an SVG path in a square of 24: vertical lines
	Weft   string // horizontal lines
}

func pattern(c *library.CaseStudy) Pattern {
	p := Pattern{Colour: "hsl(0 0% 55%)"}
	if len(c.Principles) > 0 {
		// Hues at multiples of the golden angle (137.5°) stay apart, however
		// many principles there are.
		p.Colour = fmt.Sprintf("hsl(%d 45%% 55%%)", c.Principles[0].Number*1375/10%360)
	}
	if len(c.Countries) > 0 {
		p.Warp = threads(c.Countries[0].Slug, "M", " 0v24")
	}
	if len(c.Disciplines) > 0 {
		p.Weft = threads(c.Disciplines[0].ID, "M0 ", "h24")
	}
	return p
}

// threads draws two to eight lines, at positions that depend only on the name. The
// position stands between line and end.
func threads(name, line, end string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // never fails
	places := uint8(h.Sum32() >> 16)
	if bits.OnesCount8(places) < 2 {
		places |= 1<<1 | 1<<6
	}
	var path strings.Builder
	for i := range 8 {
		if places&(1<<i) != 0 {
			path.WriteString(line + strconv.Itoa(3*i+1) + end)
		}
	}
	return path.String()
}
