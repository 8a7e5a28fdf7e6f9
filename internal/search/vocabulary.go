package search

// The vocabulary: completing and correcting the words of a query.

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A vocabulary holds the words of all documents, before stemming, in the order of compareUTF16.
type vocabulary struct {
	words []vocabularyWord
}

// A vocabularyWord is a word and its frequency class: the bit length of the number of documents with it. The class is
// enough to rank guesses, and seldom changes when a document does.
type vocabularyWord struct {
	text  string
	class uint8
}

func (x *Index) wordClass(word uint32) uint8 { return uint8(bits.Len32(x.wordDocuments[word])) }

func (x *Index) currentVocabulary() *vocabulary {
	if x.vocabulary == nil {
		v := &vocabulary{}
		for id := range x.wordDocuments {
			if class := x.wordClass(uint32(id)); class > 0 {
				v.words = append(v.words, vocabularyWord{x.dictionary.words[id], class})
			}
		}
		slices.SortFunc(v.words, func(a, b vocabularyWord) int { return compareUTF16(a.text, b.text) })
		x.vocabulary = v
	}
	return x.vocabulary
}

// startingWith returns the words with a prefix.
func (v *vocabulary) startingWith(prefix string) []vocabularyWord {
	start := sort.Search(len(v.words), func(i int) bool { return compareUTF16(v.words[i].text, prefix) >= 0 })
	end := start
	for end < len(v.words) && strings.HasPrefix(v.words[end].text, prefix) {
		end++
	}
	return v.words[start:end]
}

// A guess is a word that the reader may have meant.
type guess struct {
	vocabularyWord
	edits int
}

// maxGuesses is the maximum number of guesses for one word of a query.
const maxGuesses = 8

// best sorts guesses by frequency, then alphabetically, and keeps the first few.
func best(guesses []guess) []guess {
	slices.SortFunc(guesses, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.class, a.class), compareUTF16(a.text, b.text))
	})
	return guesses[:min(len(guesses), maxGuesses)]
}

// completions returns the longer words that begin with a word.
func (v *vocabulary) completions(word string) []guess {
	var guesses []guess
	for _, w := range v.startingWith(word) {
		if w.text != word {
			guesses = append(guesses, guess{w, 0})
		}
	}
	return best(guesses)
}

// corrections returns the words of which a word may be a misspelling: the words with the same first letter that are one
// edit away, or two from a long word; otherwise all words that are one edit away; otherwise those with the same first
// letter that are two edits away; otherwise, among the words with the same first three letters, those whose stems are
// nearest to the stem of the word. Short words, many of which are abbreviations, and words with digits are
// not corrected, and no word is corrected to a stop word such as "no" or "has".
func (v *vocabulary) corrections(word string) []guess {
	length := len(utf16.Encode([]rune(word)))
	limit := maxEdits(length)
	if limit == 0 || strings.ContainsAny(word, "0123456789") {
		return nil
	}
	itself := func(word string) string { return word }
	alike := func(letters int) []vocabularyWord {
		return v.startingWith(string([]rune(word)[:min(letters, utf8.RuneCountInString(word))]))
	}
	var found []guess
	if length >= longWord {
		found = nearest(word, alike(1), itself, limit)
	} else {
		found = nearest(word, alike(1), itself, 1)
	}
	if len(found) == 0 {
		found = nearest(word, v.words, itself, 1)
	}
	if len(found) == 0 {
		found = nearest(word, alike(1), itself, limit)
	}
	if len(found) == 0 {
		own := stem(word)
		found = nearest(own, alike(3), stem, maxEdits(len(utf16.Encode([]rune(own)))))
	}
	return found
}

// longWord is the number of letters from which on two edits are more likely than another first letter.
const longWord = 9

// class returns the frequency class of a word, which is 0 for words that are not in the vocabulary.
func (v *vocabulary) class(word string) uint8 {
	i := sort.Search(len(v.words), func(i int) bool { return compareUTF16(v.words[i].text, word) >= 0 })
	if i == len(v.words) || v.words[i].text != word {
		return 0
	}
	return v.words[i].class
}

// minPartLetters is the minimum length of the parts of split.
const minPartLetters = 3

// split returns the two words that a word may be without the space between them: "mentalhealth" is "mental" and
// "health". Of several, it returns the two of which the rarer one is the most frequent. Both are empty if there are none.
func (v *vocabulary) split(word string) (first, second string) {
	letters := utf16.Encode([]rune(word))
	best := uint8(0)
	for i := minPartLetters; i <= len(letters)-minPartLetters; i++ {
		a, b := string(utf16.Decode(letters[:i])), string(utf16.Decode(letters[i:]))
		if class := min(v.class(a), v.class(b)); class > best && !isStopWord(a) && !isStopWord(b) {
			first, second, best = a, b, class
		}
	}
	return first, second
}

// maxEdits returns the maximum number of edits in a misspelling of a word of some length.
func maxEdits(length int) int {
	switch {
	case length < 4:
		return 0
	case length < 6:
		return 1
	default:
		return 2
	}
}

// nearest returns the words at the smallest edit distance from a word, if that is at most limit.
func nearest(word string, words []vocabularyWord, form func(word string) string, limit int) []guess {
	letters := utf16.Encode([]rune(word))
	var guesses []guess
	for _, w := range words {
		edits := distance(letters, utf16.Encode([]rune(form(w.text))), limit)
		if edits > limit || isStopWord(w.text) {
			continue
		}
		if edits < limit {
			limit = edits
			guesses = guesses[:0]
		}
		guesses = append(guesses, guess{w, edits})
	}
	return best(guesses)
}

// distance returns the number of letters to insert, delete, replace or swap with their neighbour to turn a into b (the
// optimal string alignment distance), or some number above limit if it is more than limit.
func distance(a, b []uint16, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return least
		}
		before, last = last, row
	}
	return last[len(b)]
}

// compareUTF16 orders strings as JavaScript does, by UTF-16 code units. That differs from the order of UTF-8 bytes only
// between characters above U+FFFF, whose surrogates sort before U+E000, and characters from U+E000 to U+FFFF.
func compareUTF16(a, b string) int {
	for i := range min(len(a), len(b)) {
		if x, y := a[i], b[i]; x != y {
			if x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0) {
				return cmp.Compare(y, x)
			}
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(len(a), len(b))
}

// isStopWord reports whether a word is seldom worth searching for: a very common word, or one that turns a query into a
// question. Stop words are indexed, because phrases need them.
func isStopWord(word string) bool { return stopWords[word] }

var stopWords = func() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields(`a an and are as at be by for from in is it of on or per that the this to was were with
		about any been but can could did do does doing had has have how i if into its me more most much my no not our should show
		so some such than their them there these they those through us we what when where which while who whom why will would
		you your`) {
		words[word] = true
	}
	return words
}()
