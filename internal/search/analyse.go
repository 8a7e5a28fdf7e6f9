package search

// The analyser: cutting text into words.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The analyser cuts text into words. client/analyse.ts follows the same rules:
//
//  1. A run is a maximal sequence of letters, numbers, marks and percent signs. It may contain single apostrophes, hyphens,
//     soft hyphens and other invisible characters, thousands separators and full stops between digits, full stops between
//     single letters or pairs of letters as in "U.K." and "Ph.D.", quotation marks between Hebrew letters, and a space
//     between a number and a unit such as "million", or in "per cent".
//  2. A run is folded: see fold.
//  3. A folded run is cut into words at anything but letters, numbers and marks, between letters and digits, and where a
//     script written without spaces begins or ends. A word of such a script is replaced by its pairs of neighbouring
//     characters. A word is cut off after maxWordLength characters.
//  4. Words joined by a hyphen, adjacent letters and digits, and numbers joined by a full stop before three digits, are also
//     one joined word: "sub-contractor" is "sub", "contractor" and "subcontractor"; "COVID-19" and "covid19" are both
//     "covid", "19" and "covid19"; "1.200" is "1", "200" and "1200".
//  5. A number with a unit is also one joined word, the number in full: "30m" and "30 million" are both "30000000". But
//     "4th" is one word.
//  6. The text before an apostrophe is not a word if it is elided, as in l'hôpital: that is "hopital" and, joined,
//     "lhopital". See afterElision.
//  7. Every word is indexed and looked up by its stem: see stem.
//
// In a document, a number and the word after it are also one joined word: "5 kg" is "5", "kg" and "5kg".
//
// Corrections and completions of query words are sought among the words before step 7.

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
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '%'
	}
	return !isApostrophe(r) && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// isInside reports whether a character that is not part of a word may stand between two characters of a run.
func isInside(r rune, before, after string) bool {
	next, size := utf8.DecodeRuneInString(after)
	if size == 0 || !isWordRune(next) {
		return false
	}
	switch {
	case r == '.' || r == '·':
		return isDigit(before[len(before)-1]) && isDigit(after[0]) || r == '.' && isInitial(before, after)
	case isGrouping(r):
		return endsInGroup(before) && isGroup(after) || isDigit(before[len(before)-1]) && unitAt(after) != "" ||
			strings.EqualFold(before, "per") && len(after) >= 4 && strings.EqualFold(after[:4], "cent") && (len(after) == 4 || !isASCIIWord(after[4]))
	case isQuote(r):
		last, _ := utf8.DecodeLastRuneInString(before)
		return isHebrew(last) && isHebrew(next)
	default:
		return isApostrophe(r) || isHyphen(r) || isInvisible(r)
	}
}

// isInitial reports whether a full stop between two texts stands in an abbreviation like "U.K." or "Ph.D.": each text has
// one or two letters of a–z there.
func isInitial(before, after string) bool {
	n, m := 0, 0
	for n < min(len(before), 3) && isASCIILetter(before[len(before)-1-n]) {
		n++
	}
	for m < min(len(after), 3) && isASCIILetter(after[m]) {
		m++
	}
	return (n == 1 || n == 2) && (n == len(before) || before[len(before)-1-n] == '.') &&
		(m == 1 || m == 2) && (m == len(after) || !isDigit(after[m]))
}

func isASCIILetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isASCIIWord(c byte) bool { return isASCIILetter(c) || isDigit(c) }

// isApostrophe reports the signs that are written as apostrophes, and the marks of Hebrew abbreviations.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '＇', 'ʾ', 'ʿ', '′', '´', '`', '׳', '״':
		return true
	default:
		return false
	}
}

// isQuote reports double quotation marks, which are also written for the mark of Hebrew abbreviations.
func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' }

func isHebrew(r rune) bool { return 'א' <= r && r <= 'ת' }

func isHyphen(r rune) bool { return r == '-' || r >= 0x2010 && r <= 0x2013 }

// isInvisible reports soft hyphens, zero-width spaces, non-joiners and joiners, and word joiners.
func isInvisible(r rune) bool { return r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2060 }

// isGrouping reports characters that separate the thousands of a number: a comma, or a space of any width.
func isGrouping(r rune) bool { return r == ',' || r == ' ' || r == 0xA0 || r == 0x202F || r == 0x2009 }

// endsInGroup reports whether text ends in one to three digits with no other digit right before them.
func endsInGroup(text string) bool {
	n := 0
	for n < len(text) && isDigit(text[len(text)-1-n]) {
		n++
	}
	return n >= 1 && n <= 3
}

// isGroup reports whether text begins with exactly three digits, or with groups of two digits before them as in India.
func isGroup(text string) bool {
	for len(text) > 3 && isDigit(text[0]) && isDigit(text[1]) && text[2] == ',' {
		text = text[3:]
	}
	n := 0
	for n < len(text) && n < 4 && isDigit(text[n]) {
		n++
	}
	return n == 3
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// unitZeros is the number of zeros of the units that numbers are written with.
func unitZeros(unit string) int {
	switch unit {
	case "k", "thousand":
		return 3
	case "m", "mn", "million", "millions":
		return 6
	case "bn", "billion", "billions":
		return 9
	default:
		return 0
	}
}

// unitAt returns the unit that a text begins with, or "".
func unitAt(text string) string {
	n := 0
	for n < len(text) && n <= len("thousand") && isASCIILetter(text[n]) {
		n++
	}
	if unit := strings.ToLower(text[:n]); unitZeros(unit) > 0 && (n == len(text) || !isDigit(text[n]) && text[n] < utf8.RuneSelf) {
		return unit
	}
	return ""
}

// inFull returns a folded number with a unit, such as "1.5million", as digits.
func inFull(folded string) (digits string, ok bool) {
	if folded == "" || !isDigit(folded[0]) {
		return "", false
	}
	unit := strings.TrimLeft(folded, "0123456789.·")
	whole, fraction, _ := strings.Cut(strings.ReplaceAll(strings.TrimSuffix(folded, unit), "·", "."), ".")
	zeros := unitZeros(strings.TrimPrefix(unit, "-"))
	if zeros == 0 || len(fraction) > zeros || strings.Contains(fraction, ".") {
		return "", false
	}
	return strings.TrimLeft(whole+fraction, "0") + strings.Repeat("0", zeros-len(fraction)), true
}

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
	folded := fold(run)
	words := split(folded)
	if number, ok := inFull(folded); ok {
		words = slices.DeleteFunc(words, func(p piece) bool { return p.joined })
		return append([]piece{{truncate(number), true}}, words...)
	}
	return words
}

// afterElision returns the text after the first apostrophe of a run, if the text before it is an article or pronoun
// without its vowel: one letter other than "i", or a text that ends in "qu" or a consonant, as in l'hôpital, qu'est-ce and
// dell'acqua.
func afterElision(run string) (rest string, ok bool) {
	i := strings.IndexFunc(run, isApostrophe)
	if i < 1 {
		return "", false
	}
	_, size := utf8.DecodeRuneInString(run[i:])
	before, rest := strings.ToLower(run[:i]), run[i+size:]
	if before == "i" || utf8.RuneCountInString(before) > 1 && !strings.HasSuffix(before, "qu") && strings.ContainsRune("aeiou", rune(before[len(before)-1])) {
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
			if last := len(all) - 1; class == letter && start > 0 && classOf(runes[start-1]) == digit && isOrdinal(string(part)) {
				all[last].text = truncate(all[last].text + string(part))
			} else {
				all = append(all, piece{truncate(string(part)), false})
			}
		default:
			isGroups := part[0] == '.' && isGroup(string(runes[end:min(end+4, len(runes))])) // "1.200", where points separate thousands
			if len(part) > 1 || !isHyphen(part[0]) && !isGroups {
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

// isOrdinal reports the endings of ordinal numbers, as in "4th".
func isOrdinal(ending string) bool {
	return ending == "st" || ending == "nd" || ending == "rd" || ending == "th"
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
