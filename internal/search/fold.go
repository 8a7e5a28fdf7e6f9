package search

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/letters"
)

// fold makes one of the ways to write the same letters: lower case, compatibility characters decomposed (NFKD, then
// NFC), without accents, vowel points, apostrophes and invisible characters, and with the letters of letters.Plain written
// as people do who do not have them on the keyboard.
func fold(run string) string {
	ascii := true
	for i := range len(run) {
		ascii = ascii && run[i] < utf8.RuneSelf
	}
	if ascii {
		run = strings.ToLower(run)
		if strings.ContainsAny(run, "',") {
			run = strings.NewReplacer("'", "", ",", "").Replace(run)
		}
		return run
	}
	bare := strings.Map(func(r rune) rune {
		if isAccent(r) || isApostrophe(r) || isInvisible(r) || isGrouping(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.Map(func(r rune) rune {
		if isGrouping(r) { // before NFKD makes spaces of them
			return -1
		}
		return r
	}, run)))
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFC.String(bare)) {
		if plain := letters.Plain(r); plain != "" {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isAccent: accents of Latin, Greek and Cyrillic letters; the points of Hebrew; the vowel signs of Arabic with the
// hamza above or below a letter, and the line that stretches a word. The signs of Indian scripts are letters of a word.
func isAccent(r rune) bool {
	return r >= 0x300 && r <= 0x36F || r >= 0x591 && r <= 0x5C7 && r != 0x5BE ||
		r >= 0x610 && r <= 0x61A || r == 0x640 || r >= 0x64B && r <= 0x65F || r == 0x670 || r >= 0x6D6 && r <= 0x6ED
}
