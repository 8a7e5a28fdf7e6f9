package search

// The analyser: cutting text into words.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The analyser cuts text into words. client/analyse.ts follows the same rules:
//
//  1. A run is a maximal sequence of letters, numbers and marks. It may contain single apostrophes, hyphens, soft hyphens
//     and other invisible characters, and thousands separators between digits.
//  2. A run is folded: see fold.
//  3. A folded run is cut into words at anything but letters, numbers and marks, between letters and digits, and where a
//     script written without spaces begins or ends. A word of such a script is replaced by its pairs of neighbouring
//     characters. A word is cut off after maxWordLength characters.
//  4. Words joined by a hyphen, and adjacent letters and digits, are also one joined word: "sub-contractor" is "sub",
//     "contractor" and "subcontractor"; "COVID-19" and "covid19" are both "covid", "19" and "covid19".
//  5. The text before an apostrophe is not a word if it is elided, as in l'hôpital: that is "hopital" and, joined,
//     "lhopital". See afterElision.
//  6. Every word is indexed and looked up by its stem: see stem.
//
// In a document, a number and the word after it are also one joined word: "30 million" is "30", "million" and "30million".
//
// Corrections and completions of query words are sought among the words before step 6.

const (
	maxWordLength = 64
	maxJoined     = 4 // most words in a joined word
	// phraseBreak separates parts of a text that no phrase may span.
	phraseBreak = '\x1f'
)

// A piece is one word of a run.
type piece struct {
	text string
	// joined is whether the word is made of the pieces after it. It has the position of the first of them.
	joined bool
}

// eachRun calls emit with every run of a text and the text between it and the run before.
func eachRun(text string, emit func(before, run string)) {
	start, last := -1, 0 // start of the current run, or -1 outside one; end of the run before
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
		case start >= 0 && isInside(r, text[start:i], text[i+size:]):
		default:
			if start >= 0 {
				emit(text[last:start], text[start:i])
				start, last = -1, i
			}
		}
		i += size
	}
	if start >= 0 {
		emit(text[last:start], text[start:])
	}
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return !isApostrophe(r) && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// isInside reports whether a character that is not part of a word may stand between two characters of a run.
func isInside(r rune, before, after string) bool {
	next, size := utf8.DecodeRuneInString(after)
	if size == 0 || !isWordRune(next) {
		return false
	}
	return isApostrophe(r) || isHyphen(r) || isInvisible(r) || isGrouping(r) && endsInGroup(before) && isGroup(after)
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '＇':
		return true
	default:
		return false
	}
}

func isHyphen(r rune) bool { return r == '-' || r >= 0x2010 && r <= 0x2013 }

// isInvisible reports soft hyphens, zero-width spaces, non-joiners and joiners, and word joiners.
func isInvisible(r rune) bool { return r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2060 }

// isGrouping reports characters that separate the thousands of a number: a comma or a non-breaking or thin space.
func isGrouping(r rune) bool { return r == ',' || r == 0xA0 || r == 0x202F || r == 0x2009 }

// endsInGroup reports whether text ends in one to three digits with no other digit right before them.
func endsInGroup(text string) bool {
	n := 0
	for n < len(text) && isDigit(text[len(text)-1-n]) {
		n++
	}
	return n >= 1 && n <= 3
}

// isGroup reports whether text begins with exactly three digits.
func isGroup(text string) bool {
	n := 0
	for n < len(text) && n < 4 && isDigit(text[n]) {
		n++
	}
	return n == 3
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// pieces returns the words of a run. Most runs are one word.
func pieces(run string) []piece {
	if rest, ok := afterElision(run); ok {
		joined := run
		if i := strings.IndexFunc(rest, isHyphen); i >= 0 {
			joined = run[:len(run)-len(rest)+i]
		}
		if words := split(fold(joined)); len(words) > 0 {
			return append([]piece{{words[0].text, true}}, pieces(rest)...)
		}
	}
	return split(fold(run))
}

// afterElision returns the text after the first apostrophe of a run, if the text before it is an article or pronoun
// without its vowel: one letter other than "i", the text "un", or a text that ends in "qu" or "ll", as in l'hôpital,
// qu'est-ce and dell'acqua.
func afterElision(run string) (rest string, ok bool) {
	i := strings.IndexFunc(run, isApostrophe)
	if i < 1 {
		return "", false
	}
	_, size := utf8.DecodeRuneInString(run[i:])
	before, rest := strings.ToLower(run[:i]), run[i+size:]
	if before == "i" || utf8.RuneCountInString(before) > 1 && !strings.HasSuffix(before, "qu") && !strings.HasSuffix(before, "ll") && before != "un" {
		return "", false
	}
	return rest, utf8.RuneCountInString(rest) > 2 // the "s" of "d's" is no word
}

// split cuts a folded run into words.
func split(folded string) []piece {
	if isPlain(folded) {
		return []piece{{truncate(folded), false}}
	}
	var all []piece
	group := 0 // start of the words that may be joined
	join := func() {
		if n := len(all) - group; n > 1 && n <= maxJoined {
			var joined strings.Builder
			for _, p := range all[group:] {
				joined.WriteString(p.text)
			}
			all = append(all, piece{})
			copy(all[group+1:], all[group:])
			all[group] = piece{truncate(joined.String()), true}
		}
		group = len(all)
	}
	runes := []rune(folded)
	for start := 0; start < len(runes); {
		class := classOf(runes[start])
		end := start + 1
		for end < len(runes) && classOf(runes[end]) == class {
			end++
		}
		switch part := runes[start:end]; class {
		case spaceless:
			join()
			all = appendPairs(all, part)
			group = len(all)
		case letter, digit:
			if class == digit && start > 1 && isHyphen(runes[start-1]) && classOf(runes[start-2]) == digit { // digits on both sides of a hyphen are not joined
				join()
			}
			all = append(all, piece{truncate(string(part)), false})
		default:
			if len(part) > 1 || !isHyphen(part[0]) {
				join()
			}
		}
		start = end
	}
	join()
	return all
}

// A class is how the analyser treats a character.
type class uint8

const (
	other class = iota
	letter
	digit
	spaceless
)

func classOf(r rune) class {
	switch {
	case !isWordRune(r):
		return other
	case isSpaceless(r):
		return spaceless
	case unicode.IsNumber(r):
		return digit
	default:
		return letter
	}
}

// isPlain reports whether a folded run consists of a–z only or of 0–9 only.
func isPlain(word string) bool {
	letters, digits := 0, 0
	for i := range len(word) {
		switch c := word[i]; {
		case 'a' <= c && c <= 'z':
			letters++
		case isDigit(c):
			digits++
		}
	}
	return word != "" && (letters == len(word) || digits == len(word))
}

func appendPairs(words []piece, runes []rune) []piece {
	if len(runes) == 1 {
		return append(words, piece{string(runes), false})
	}
	for i := range len(runes) - 1 {
		words = append(words, piece{string(runes[i : i+2]), false})
	}
	return words
}

// isSpaceless reports characters of scripts written without spaces (Thai, Lao, Myanmar, Khmer, Chinese and Japanese),
// and of Korean, in which particles are attached to words.
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

// analyse returns the words of a text, run by run.
func analyse(text string) [][]piece {
	var runs [][]piece
	eachRun(text, func(_, run string) { runs = append(runs, pieces(run)) })
	return runs
}

// HasWords reports whether a query has any word.
func HasWords(query string) bool {
	for _, run := range analyse(query) {
		if len(run) > 0 {
			return true
		}
	}
	return false
}
