package search

// Folding: making different spellings of the same letters equal.

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/letters"
)

// fold makes different spellings of the same letters equal. It changes text to lower case; decomposes compatibility
// characters (NFKD, then NFC); removes accents, vowel points, apostrophes with the "s" of a possessive after them, the "s"
// after capitals and digits as in "NGOs", full stops after letters, invisible characters and thousands separators; writes out the
// percent sign; and replaces the letters of letters.Plain with those that people use who do not have them on the keyboard.
func fold(run string) string {
	run = withoutPossessive(run)
	ascii := true
	for i := range len(run) {
		ascii = ascii && run[i] < utf8.RuneSelf && run[i] != '%'
	}
	if ascii {
		run = strings.ToLower(run)
		if strings.ContainsAny(run, "'`, .") {
			run = strings.NewReplacer("'", "", "`", "", ",", "", " ", "").Replace(withoutInitials(run))
		}
		return run
	}
	bare := strings.Map(func(r rune) rune {
		if isAccent(r) || isApostrophe(r) || isInvisible(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.Map(func(r rune) rune {
		if isApostrophe(r) || isGrouping(r) || isQuote(r) { // must come first: NFKD turns some of them into spaces
			return -1
		}
		return r
	}, withoutInitials(run))))
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFC.String(bare)) {
		if r == '%' {
			b.WriteString("percent")
		} else if plain := letters.Plain(r); plain != "" {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// withoutPossessive removes the end of "midwife's", of "NGOs" and of "1990s". The word of "midwives'" ends before the apostrophe.
func withoutPossessive(run string) string {
	if n := len(run) - 1; n > 0 && (run[n] == 's' || run[n] == 'S') {
		if run[n] == 's' && (n > 1 && 'A' <= run[n-1] && run[n-1] <= 'Z' || isDigit(run[n-1])) {
			return run[:n]
		}
		if r, size := utf8.DecodeLastRuneInString(run[:n]); isApostrophe(r) {
			return run[:n-size]
		}
	}
	return run
}

// withoutInitials removes the full stops of "U.K".
func withoutInitials(run string) string {
	for i := 1; i < len(run); i++ {
		if run[i] == '.' && isASCIILetter(run[i-1]) {
			run = run[:i] + run[i+1:]
		}
	}
	return run
}

// isAccent reports accents of Latin, Greek and Cyrillic letters; the points of Hebrew; and the vowel signs, hamza marks
// and elongation mark (tatweel) of Arabic. The signs of Indian scripts are not accents: they distinguish words.
func isAccent(r rune) bool {
	return r >= 0x300 && r <= 0x36F || r >= 0x591 && r <= 0x5C7 && r != 0x5BE ||
		r >= 0x610 && r <= 0x61A || r == 0x640 || r >= 0x64B && r <= 0x65F || r == 0x670 || r >= 0x6D6 && r <= 0x6ED
}
