package citation

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// texAccents are the combining characters of TeX's accents.
var texAccents = map[byte]rune{
	'"': '\u0308', '\'': '\u0301', '`': '\u0300', '^': '\u0302', '~': '\u0303', '=': '\u0304', '.': '\u0307',
	'u': '\u0306', 'v': '\u030c', 'H': '\u030b', 'c': '\u0327', 'k': '\u0328', 'r': '\u030a', 'd': '\u0323', 'b': '\u0331',
}

// texCommands are TeX's commands for single characters.
var texCommands = map[string]string{
	"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
	"i": "ı", "j": "ȷ", "th": "þ", "TH": "Þ", "dh": "ð", "DH": "Ð", "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…",
	"textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textbackslash": `\`,
	"textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}", "pounds": "£", "textregistered": "®", "copyright": "©",
	"textgreater": ">", "textless": "<", "textbar": "|", "textmu": "µ", "textpm": "±", "texttimes": "×", "texttrademark": "™", "textunderscore": "_", "textbullet": "•",
	"textquotesingle": "'", "textquotedbl": `"`, "textdollar": "$", "textampersand": "&", "textonehalf": "½", "guillemotleft": "«", "guillemotright": "»",
	"leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "pm": "±", "times": "×", "cdot": "·", "approx": "≈", "sim": "∼", "rightarrow": "→", "infty": "∞", "circ": "°",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "chi": "χ", "omega": "ω",
	"texteuro": "€", "euro": "€", "degree": "°", "textdegree": "°", "textsterling": "£", "S": "§", "P": "¶",
}

// texStyles are TeX's commands for how the text after them looks.
var texStyles = map[string]bool{
	"em": true, "it": true, "bf": true, "sc": true, "rm": true, "sf": true, "tt": true, "sl": true, "itshape": true, "bfseries": true, "scshape": true, "upshape": true,
	"normalfont": true, "protect": true, "relax": true, "small": true, "noopsort": true,
}

// PlainTeX resolves what BibTeX files hold of TeX: escapes, accents, dashes,
// quotes, and braces that group.
func PlainTeX(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			text, n := texCommand(s[i+1:])
			b.WriteString(text)
			i += 1 + n
		case c == '{' || c == '}' || c == '$':
			i++
		case c == '~':
			b.WriteByte(' ')
			i++
		case strings.HasPrefix(s[i:], "---"):
			b.WriteString("—")
			i += 3
		case strings.HasPrefix(s[i:], "--"):
			b.WriteString("–")
			i += 2
		case strings.HasPrefix(s[i:], "``"):
			b.WriteString("“")
			i += 2
		case strings.HasPrefix(s[i:], "''"):
			b.WriteString("”")
			i += 2
		default:
			b.WriteByte(c)
			i++
		}
	}
	return strings.Join(strings.Fields(norm.NFC.String(b.String())), " ")
}

// texCommand returns the text of the command that s begins with, after its
// backslash, and how many bytes it has. A command that is not known leaves what
// it is applied to; one that is applied to nothing stays as it is.
func texCommand(s string) (text string, n int) {
	letters := 0
	for letters < len(s) && ('a' <= s[letters] && s[letters] <= 'z' || 'A' <= s[letters] && s[letters] <= 'Z') {
		letters++
	}
	name := s[:letters]
	if letters == 0 {
		name = s[:1]
	}
	rest := len(name)
	if accent, ok := texAccents[name[0]]; ok && len(name) == 1 {
		if base, used := texArgument(s[rest:]); base != "" {
			return base + string(accent), rest + used
		}
	}
	if letters == 0 {
		return name, rest // an escaped character: \&, \%, \{
	}
	text, known := texCommands[name]
	if !known && !texStyles[name] && (rest == len(s) || s[rest] != '{') {
		return `\` + name, rest
	}
	if rest < len(s) && s[rest] == ' ' { // ends the name
		rest++
	}
	return text, rest
}

// texArgument reads the letter that an accent is set on: e, {e}, \i or {\i}.
func texArgument(s string) (base string, n int) {
	trimmed := strings.TrimLeft(s, " ")
	n = len(s) - len(trimmed)
	inner, braced := strings.CutPrefix(trimmed, "{")
	if braced {
		n++
	}
	switch {
	case strings.HasPrefix(inner, `\i`):
		base, n = "i", n+2
	case strings.HasPrefix(inner, `\j`):
		base, n = "j", n+2
	case inner != "" && (inner[0] >= 'a' && inner[0] <= 'z' || inner[0] >= 'A' && inner[0] <= 'Z'):
		base, n = inner[:1], n+1
	default:
		return "", 0
	}
	if braced {
		if n >= len(s) || s[n] != '}' {
			return "", 0
		}
		n++
	}
	return base, n
}
