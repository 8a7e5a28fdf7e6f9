package library

// Folding: making different spellings of the same name equal.

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/letters"
)

// fold makes texts equal that differ only in case, accents, punctuation or spacing.
// The result has only letters and digits, in words separated by one space.
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
			continue // so that "d'Ivoire" equals "d’Ivoire", and "Cote" equals "Côte"
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
		case r == '&', r == '+', r == '#': // a sign can be part of a name: "Smith & Sons", "50+ Network", "C#"
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

// SortKey returns the key by which a title is sorted in lists for readers. Names
// that find the same term have the same key.
func SortKey(title string) string { return fold(title) }
