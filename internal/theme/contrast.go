// The contrast between the colours of a theme.

package theme

import (
	"fmt"
	"io/fs"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"casebook/internal/drawing"
	"casebook/internal/problem"
)

// tokensFile holds the colours of a theme, as custom properties of :root.
const tokensFile = assetsDir + "/tokens.css"

// contrasts lists the colours that must stand out from every background, and
// the ratio required: 4.5 to 1 for text, 3 to 1 for lines that carry meaning
// (https://www.w3.org/TR/WCAG22/#contrast-minimum, #non-text-contrast).
var contrasts = []struct {
	colour  string
	grounds []string
	least   float64
}{
	{"ink", []string{"ground", "raised", "mark"}, 4.5},
	{"quiet", []string{"ground", "raised", "mark"}, 4.5},
	{"accent", []string{"ground", "raised", "mark"}, 4.5},
	{"thread", []string{"ground", "raised"}, 3},
	{"strand", []string{"ground", "raised"}, 3},
}

var (
	cssComment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	darkScheme   = regexp.MustCompile(`@media[^{]*prefers-color-scheme:\s*dark`)
	printScheme  = regexp.MustCompile(`@media[^{]*\bprint\b`)
	colourOfRoot = regexp.MustCompile(`--([a-z]+)\s*:\s*(#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\s*[;}]`)
)

// token is a colour and where it is defined.
type token struct {
	colour string // "#1c1e2b"
	file   string
	at     int // offset in the text of the file
	isOwn  bool
}

// checkContrast warns of colours in a site's own stylesheets with too little
// contrast to tell them apart. It reads colours in hexadecimal from the custom
// properties of tokens.css, base.css and site.css; it does not see what else a
// stylesheet does with them.
func checkContrast(files layers) []problem.Problem {
	light, dark, texts := readColours(files)
	var problems []problem.Problem
	for _, scheme := range []struct {
		name   string
		tokens map[string]token
	}{{"", light}, {" in the dark", dark}} {
		for _, c := range contrasts {
			colour := scheme.tokens[c.colour]
			worst, ratio := "", c.least
			for _, ground := range c.grounds {
				other := scheme.tokens[ground]
				if r := contrast(colour.colour, other.colour); (colour.isOwn || other.isOwn) && r < ratio {
					worst, ratio = ground, r
				}
			}
			if worst == "" {
				continue
			}
			own := colour
			if !own.isOwn {
				own = scheme.tokens[worst]
			}
			at := problem.At(texts[own.file], own.at)
			problems = append(problems, problem.Problem{
				File: own.file, Line: at.Line, Column: at.Column, Severity: problem.Warning, Code: "theme-contrast", Hint: "make the one darker or the other lighter",
				Message: fmt.Sprintf("--%s on --%s has a contrast of %.1f to 1%s; readers need at least %v to 1", c.colour, worst, math.Floor(ratio*10)/10, scheme.name, c.least),
			})
		}
	}
	return problems
}

// readColours returns the colours of a theme on light and on dark screens, and
// the texts of the files that define them, by file.
func readColours(files layers) (light, dark map[string]token, texts map[string]string) {
	light, dark, texts = map[string]token{}, map[string]token{}, map[string]string{}
	for i := len(files) - 1; i >= 0; i-- { // the first layer wins, so it comes last
		for _, name := range []string{tokensFile, assetsDir + "/base.css", assetsDir + "/site.css"} {
			data, err := fs.ReadFile(files[i].FS, name)
			if err != nil {
				continue
			}
			file := path.Join(files[i].Name, name)
			texts[file] = string(data)
			readTokens(string(data), token{file: file, isOwn: i < len(files)-1}, light, dark)
		}
	}
	return light, dark, texts
}

// coloursOf returns the colours for pictures of the site.
func coloursOf(files layers) drawing.Colours {
	light, _, _ := readColours(files)
	return drawing.Colours{
		Ground: light["ground"].colour, Ink: light["ink"].colour, Quiet: light["quiet"].colour, Accent: light["accent"].colour, Strand: light["strand"].colour,
	}
}

// readTokens adds the colours of a stylesheet. A colour outside the block for
// dark screens applies to dark screens too, unless that block defines it again.
func readTokens(css string, where token, light, dark map[string]token) {
	css = blank(cssComment, css)
	screen := css
	if at := printScheme.FindStringIndex(css); at != nil {
		screen = css[:at[0]]
	}
	start := len(screen)
	if at := darkScheme.FindStringIndex(screen); at != nil {
		start = at[0]
	}
	for _, m := range colourOfRoot.FindAllStringSubmatchIndex(screen, -1) {
		name, t := screen[m[2]:m[3]], where
		t.colour, t.at = screen[m[4]:m[5]], m[2]-2
		dark[name] = t
		if t.at < start {
			light[name] = t
		}
	}
}

// contrast returns the contrast ratio of two colours, from 1 to 21. It returns
// 21 if a colour is not known.
func contrast(a, b string) float64 {
	if a == "" || b == "" {
		return 21
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance returns the relative luminance of a colour such as "#1c1e2b" or
// "#fff" (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
func luminance(colour string) float64 {
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
