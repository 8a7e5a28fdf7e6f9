package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

// The analyser cuts text into words. client/analyse.ts is the same, rule by rule:
//
//  1. A run is a maximal sequence of letters, numbers and marks; an apostrophe between two of them belongs to it.
//  2. A run is folded: compatibility decomposition without U+0300–036F (accents) and apostrophes, recomposed,
//     in lower case, and with the letters of foldLetter written out.
//  3. What folding leaves is cut again where it is neither letter, number nor mark, and where a script written
//     without spaces begins or ends. A word of such a script becomes its pairs of neighbouring characters.
//  4. A word ends after maxWordLength characters.
//  5. A word of a–z alone is indexed and looked up by its English stem (Snowball's English stemmer, "Porter2"), after
//     the parts of it that Britain and America spell differently are spelled one way; see oneSpelling.
//
// Words that readers typed wrong or not to the end are found among the words before step 5.

const (
	maxWordLength = 64
	// phraseBreak in a text keeps phrases from running across it.
	phraseBreak = '\x1f'
)

// eachRun calls emit with every run of text, and with "" for every phrase break.
func eachRun(text string, emit func(run string)) {
	start := -1 // of the run, or -1 outside one
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case isWordRune(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && isApostrophe(r) && startsWithWordRune(text[i+size:]):
		default:
			if start >= 0 {
				emit(text[start:i])
				start = -1
			}
			if r == phraseBreak {
				emit("")
			}
		}
		i += size
	}
	if start >= 0 {
		emit(text[start:])
	}
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func startsWithWordRune(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && isWordRune(r)
}

// foldRun gives the words of one run: one, but for scripts without spaces and for runs that fold to several.
func foldRun(run string) []string {
	folded := fold(run)
	if folded != "" && isPlain(folded) {
		return []string{truncate(folded)}
	}
	var words []string
	for _, part := range strings.FieldsFunc(folded, func(r rune) bool { return !isWordRune(r) }) {
		words = appendByScript(words, part)
	}
	return words
}

func fold(run string) string {
	ascii := true
	for i := range len(run) {
		ascii = ascii && run[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ReplaceAll(strings.ToLower(run), "'", "")
	}
	bare := strings.Map(func(r rune) rune {
		if 0x300 <= r && r <= 0x36F || isApostrophe(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(run))
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFC.String(bare)) {
		if letters := foldLetter(r); letters != "" {
			b.WriteString(letters)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldLetter writes out the letters that Unicode does not decompose, as people without them on the keyboard do.
func foldLetter(r rune) string {
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
	case 'ς': // the same letter at the end of a word
		return "σ"
	default:
		return ""
	}
}

func isPlain(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// appendByScript cuts a folded run at the borders of scripts without spaces.
func appendByScript(words []string, part string) []string {
	runes := []rune(part)
	for start := 0; start < len(runes); {
		end := start + 1
		spaceless := isSpaceless(runes[start])
		for end < len(runes) && isSpaceless(runes[end]) == spaceless {
			end++
		}
		if spaceless {
			words = appendPairs(words, runes[start:end])
		} else {
			words = append(words, truncate(string(runes[start:end])))
		}
		start = end
	}
	return words
}

func appendPairs(words []string, runes []rune) []string {
	if len(runes) == 1 {
		return append(words, string(runes))
	}
	for i := range len(runes) - 1 {
		words = append(words, string(runes[i:i+2]))
	}
	return words
}

// isSpaceless: Thai and Lao, Myanmar, Khmer, Chinese and Japanese; and Korean, whose particles stick to the word.
func isSpaceless(r rune) bool {
	return r >= 0x0E00 && (r <= 0x0EFF ||
		0x1000 <= r && r <= 0x109F || 0x1780 <= r && r <= 0x17FF ||
		0x2E80 <= r && r <= 0x9FFF || 0xAC00 <= r && r <= 0xD7AF ||
		0xF900 <= r && r <= 0xFAFF || 0x20000 <= r && r <= 0x3FFFF)
}

func truncate(word string) string {
	if len(word) <= maxWordLength {
		return word
	}
	n := 0
	for i := range word {
		if n == maxWordLength {
			return word[:i]
		}
		n++
	}
	return word
}

// analyse gives the words of a text, in order.
func analyse(text string) []string {
	var words []string
	eachRun(text, func(run string) {
		if run != "" {
			words = append(words, foldRun(run)...)
		}
	})
	return words
}

// HasWords reports whether a query asks for anything.
func HasWords(query string) bool { return len(analyse(query)) > 0 }

// stem gives the term that a word is indexed by.
func stem(word string) string {
	if len(word) < 3 || strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return word
	}
	env := snowballstem.NewEnv(oneSpelling(word))
	english.Stem(env)
	return env.Current()
}

// oneSpelling makes "organization" and "organisation", "center" and "centre", "pediatric" and "paediatric" the same. The
// replacements are made wherever they fit, one after the other, as what they give only has to differ from other words:
// no reader sees it. An "re" becomes "ere", not "er", so that "centred" becomes "centered".
func oneSpelling(word string) string {
	for _, pair := range [...][2]string{
		{"ize", "ise"}, {"iza", "isa"}, {"izi", "isi"}, {"yz", "ys"}, // organize, analyze
		{"aec", "ec"}, {"aed", "ed"}, {"aem", "em"}, {"aes", "es"}, {"rrhoe", "rrhe"}, // gynaecology, paediatric, anaemia, anaesthesia, diarrhoea
		{"bour", "bor"}, {"viour", "vior"}, {"olour", "olor"}, {"umour", "umor"}, // labour, behaviour, colour, tumour
		{"amme", "ame"}, {"entre", "entere"}, {"atre", "atere"}, // programme, centre, theatre
	} {
		word = strings.ReplaceAll(word, pair[0], pair[1])
	}
	return word
}
