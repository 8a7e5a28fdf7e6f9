// Package letters says how letters are written by people who do not have them on
// the keyboard, so that search, addresses and names of entries agree on it.
package letters

import "unicode"

// Plain writes out a lower-case letter that Unicode does not decompose, "ss" for
// ß, and makes one of the forms of a letter and of digits. It is empty for any
// other: their accents are found by normalization (NFKD).
func Plain(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ɓ': // this and the next ones are letters of African languages and of Azerbaijani
		return "b"
	case 'ɖ', 'ɗ':
		return "d"
	case 'ə', 'ɛ':
		return "e"
	case 'ƒ':
		return "f"
	case 'ɣ':
		return "g"
	case 'ƙ':
		return "k"
	case 'ŋ', 'ɲ':
		return "n"
	case 'ɔ':
		return "o"
	case 'ʋ':
		return "v"
	case 'ƴ':
		return "y"
	case 'ς': // at the end of a word
		return "σ"
	case 'ך': // at the end of a word, as the next four
		return "כ"
	case 'ם':
		return "מ"
	case 'ן':
		return "נ"
	case 'ף':
		return "פ"
	case 'ץ':
		return "צ"
	case 'ٱ':
		return "ا"
	case 'ى', 'ی':
		return "ي"
	case 'ک':
		return "ك"
	case 'ة':
		return "ه"
	case 'ہ', 'ھ', 'ە':
		return "ه"
	}
	if r >= '٠' && r <= '٩' {
		return string('0' + r - '٠')
	}
	if r >= '۰' && r <= '۹' {
		return string('0' + r - '۰')
	}
	if r >= 0x966 && r <= 0xDEF && unicode.IsDigit(r) { // digits of Indian scripts: zero is 6 in the last hexadecimal place
		return string('0' + (r-6)&15)
	}
	return ""
}
