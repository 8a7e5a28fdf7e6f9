package library

// Folding: texts that name the same thing become equal.

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/letters"
)

// fold makes texts that differ only in case, accents, punctuation or spacing
// equal: its letters and digits, words apart by one space.
func fold(s string) string {
	if !isASCII(s) {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
			continue // "d'Ivoire" and "d’Ivoire", "Cote" and "Côte"
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			lower := unicode.ToLower(r)
			if plain := letters.Plain(lower); plain != "" {
				b.WriteString(plain)
			} else {
				b.WriteRune(lower)
			}
		case r == '&', r == '+', r == '#': // "Smith & Sons", "50+ Network", "C#" are other names without the sign
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(signs[r])
			gap = true
		default:
			gap = true
		}
	}
	return b.String()
}

var signs = map[rune]string{'&': "and", '+': "plus", '#': "sharp"}

// SortKey is what a title sorts by in a list for readers; it is the same for
// names that find the same term.
func SortKey(title string) string { return fold(title) }
