package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Plan is what a query means, word by word, in terms that the index holds. client/plan.ts makes the same of the same
// query and vocabulary.
type Plan struct {
	Phrases [][]string // the stems of each quoted phrase, which documents must hold one after the other in one field
	Words   []Word     // the other words; documents must hold each, in any field and order
}

// A Word is one word of a query and what it stands for.
type Word struct {
	Text  string // as analysed, before stemming
	Match Match
	Terms []Term // at least one; any of them is a match
}

// A Term is a stem to look up.
type Term struct {
	Stem   string
	Word   string  // the word it was chosen for: that of the query, or one of the vocabulary
	Weight float64 // 1 for the word of the query
}

// Match says how a word of a query was understood.
type Match string

// The ways to understand a word.
const (
	Exact   Match = "exact"   // as it is
	Prefix  Match = "prefix"  // also as the beginning of other words, or as nothing else since no document has it
	Typo    Match = "typo"    // as a slip for other words, since no document has it
	Unknown Match = "unknown" // no document has it or anything near it
)

// Typing says whether the reader is still writing.
type Typing string

// The two states of a query.
const (
	Finished   Typing = "finished"
	Unfinished Typing = "unfinished" // the last word may go on
)

const (
	maxQueryWords    = 16
	minPrefixLetters = 3

	weightCompletion = 0.6
	weightOneEdit    = 0.5
	weightTwoEdits   = 0.25
)

// A lexicon is what a plan has to know of the index.
type lexicon struct {
	vocabulary *vocabulary
	hasStem    func(stem string) bool
}

func newPlan(text string, typing Typing, l lexicon) Plan {
	phrases, words := parse(text)
	var plan Plan
	left := maxQueryWords
	for _, phrase := range phrases {
		phrase = phrase[:min(len(phrase), left)]
		left -= len(phrase)
		if len(phrase) > 0 {
			plan.Phrases = append(plan.Phrases, phrase)
		}
	}
	last := "" // the word that may go on
	if r, _ := utf8.DecodeLastRuneInString(text); typing == Unfinished && len(words) > 0 && isWordRune(r) {
		last = words[len(words)-1]
	}
	for _, word := range significant(words, len(plan.Phrases) > 0) {
		if left--; left < 0 {
			break
		}
		plan.Words = append(plan.Words, l.understand(word, word == last))
	}
	return plan
}

// parse separates quoted phrases, whose words it stems, from other words. A quotation mark without its pair is none.
func parse(text string) (phrases [][]string, words []string) {
	parts := strings.Split(strings.Map(plainQuote, text), `"`)
	for i, part := range parts {
		found := analyse(part)
		if i%2 == 1 && i < len(parts)-1 {
			for j, word := range found {
				found[j] = stem(word)
			}
			phrases = append(phrases, found)
		} else {
			words = append(words, found...)
		}
	}
	return phrases, words
}

func plainQuote(r rune) rune {
	if strings.ContainsRune("“”„«»", r) {
		return '"'
	}
	return r
}

// significant leaves out repeated words and, unless nothing else is asked for, words too common to tell.
func significant(words []string, hasPhrase bool) []string {
	var distinct, telling []string
	for _, word := range words {
		if slices.Contains(distinct, word) {
			continue
		}
		distinct = append(distinct, word)
		if !slices.Contains(stopWords(), word) {
			telling = append(telling, word)
		}
	}
	if len(telling) > 0 || hasPhrase {
		return telling
	}
	return distinct
}

// stopWords are indexed, as phrases need them, but seldom worth fetching for anything else: the most common words, and
// those that make a question of what is looked for.
func stopWords() []string {
	return strings.Fields(`a an and are as at be by for from in is it of on or that the this to was were with about but can could did do
		does had has have how i if into its me my no not our should so their there they us we what when where which who why would you your`)
}

func (l lexicon) understand(word string, unfinished bool) Word {
	stem := stem(word)
	known := l.hasStem(stem)
	w := Word{Text: word, Match: Exact}
	if known {
		w.Terms = append(w.Terms, Term{stem, word, 1})
	}
	if canGoOn(word, unfinished || !known) { // who stops in the middle of a word means that word too
		w.guess(Prefix, l.vocabulary.completions(word))
	}
	if len(w.Terms) == 0 {
		w.guess(Typo, l.vocabulary.corrections(word))
	}
	if len(w.Terms) == 0 {
		w.Match = Unknown
		w.Terms = []Term{{stem, word, 1}}
	}
	return w
}

// canGoOn: a word that may be the beginning of another, once it has a few letters; and always a lone character of a
// script whose words are indexed as pairs.
func canGoOn(word string, beginning bool) bool {
	letters := []rune(word)
	if isSpaceless(letters[0]) {
		return len(letters) == 1
	}
	return beginning && len(letters) >= minPrefixLetters
}

// guess adds the stems that the word does not stand for yet.
func (w *Word) guess(match Match, guesses []guess) {
	for _, g := range guesses {
		stem := stem(g.text)
		if slices.ContainsFunc(w.Terms, func(t Term) bool { return t.Stem == stem }) {
			continue
		}
		w.Match = match
		w.Terms = append(w.Terms, Term{stem, g.text, weight(g.edits)})
	}
}

func weight(edits int) float64 {
	switch edits {
	case 0:
		return weightCompletion
	case 1:
		return weightOneEdit
	default:
		return weightTwoEdits
	}
}
