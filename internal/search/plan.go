package search

// Plans: what a query means.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Plan is the meaning of a query, word by word, in terms of the index. client/plan.ts makes the same plan of the same
// query and vocabulary.
type Plan struct {
	Phrases  [][]string // stems of each quoted phrase; a document must hold them in sequence in one field
	Words    []Word     // the other words, which may be in any field and order
	Excluded [][]string // stems of phrases and words that documents must not hold
	Length   int        // number of words in the query
}

// A Word is one word of a query and what it means.
type Word struct {
	Text  string // folded, before stemming
	Match Match
	Terms []Term   // at least one; each of them is a match
	Marks []string // other stems to highlight in results
}

// A Term is a stem to look up.
type Term struct {
	Stem   string
	Word   string  // the word that it is the stem of: the query's word, or one of the vocabulary
	Weight float64 // 1 for the query's own word
}

// Match says how a word of a query is understood.
type Match string

// The ways to understand a word.
const (
	Exact   Match = "exact"   // as written
	Concept Match = "concept" // as any of several synonymous phrases
	Prefix  Match = "prefix"  // also as the beginning of longer words, because the reader is still typing it
	Typo    Match = "typo"    // as a misspelling of other words, because no document has it
	Unknown Match = "unknown" // no document has it or a similar word
)

// Typing says whether the reader is still typing.
type Typing string

// The two states of a query.
const (
	Finished   Typing = "finished"
	Unfinished Typing = "unfinished" // the last word may be incomplete
)

const (
	maxQueryWords    = 16
	minPrefixLetters = 3

	weightCompletion = 0.6
	weightOneEdit    = 0.5
	weightTwoEdits   = 0.25
)

// A lexicon is what a plan needs of the index.
type lexicon struct {
	vocabulary *vocabulary
	concepts   *concepts
	hasStem    func(stem string) bool
}

// asked is one word of a query as written.
type asked struct {
	text  string
	parts []string // the parts of a joined word, or the word alone
	whole []Term   // words of documents that are this word and its neighbour, without the space between them
	last  bool     // the reader may still be typing it
}

func newPlan(text string, typing Typing, l lexicon) Plan {
	var plan Plan
	words := plan.parse(text)
	if r, _ := utf8.DecodeLastRuneInString(text); typing == Unfinished && len(words) > 0 && isWordRune(r) {
		words[len(words)-1].last = true
	}
	plan.Words = l.understandAll(words, maxQueryWords-plan.limitPhrases(), len(plan.Phrases) > 0)
	return plan
}

// parse finds the phrases, the excluded words and the length of a query, and returns its other words. A quotation mark
// without a partner is ignored. A minus directly before a word or phrase excludes it, if the minus is at the
// beginning or after a space. So does NOT in capitals after another word, as in the databases of libraries, unless the
// query has nothing but capitals.
func (plan *Plan) parse(text string) (words []asked) {
	if strings.ContainsFunc(text, func(r rune) bool { return 'a' <= r && r <= 'z' }) {
		text = strings.ReplaceAll(text, " NOT ", " -")
	}
	parts := strings.Split(strings.Map(plainQuote, withGershayim(text)), `"`)
	for i, part := range parts {
		isPhrase := i%2 == 1 && i < len(parts)-1
		if isPhrase {
			stems := phraseStems(part)
			if excludes(" "+parts[i-1]) && len(stems) > 0 {
				plan.Excluded = append(plan.Excluded, stems)
				continue
			}
			plan.Phrases = append(plan.Phrases, stems)
		}
		first := true
		eachRun(part, func(before, run string) {
			found := askedWords(pieces(run))
			if first {
				before, first = " "+before, false
			}
			if !isPhrase && excludes(before) {
				for _, word := range found {
					plan.Excluded = append(plan.Excluded, []string{stem(word.text)})
				}
				return
			}
			for _, word := range found {
				plan.Length += len(word.parts)
			}
			if !isPhrase {
				words = append(words, found...)
			}
		})
	}
	return words
}

// excludes reports whether the text before a word ends in a minus sign, or a dash in place of one, after a space.
func excludes(before string) bool {
	r, size := utf8.DecodeLastRuneInString(before)
	return (r == '−' || isHyphen(r)) && strings.HasSuffix(before[:len(before)-size], " ")
}

// askedWords converts the pieces of a run to words: a joined word with its parts, or each word alone.
func askedWords(pieces []piece) (words []asked) {
	for i := 0; i < len(pieces); i++ {
		word := asked{text: pieces[i].text}
		if pieces[i].joined {
			for i+1 < len(pieces) && !pieces[i+1].joined {
				i++
				word.parts = append(word.parts, pieces[i].text)
			}
		} else {
			word.parts = []string{word.text}
		}
		if len(word.parts) > 0 {
			words = append(words, word)
		}
	}
	return words
}

// withGershayim replaces the quotation mark of a Hebrew abbreviation by the sign for it.
func withGershayim(text string) string {
	var before rune
	var b strings.Builder
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		if isQuote(r) && isHebrew(before) && isHebrew(next) {
			r = '״'
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

func plainQuote(r rune) rune {
	if strings.ContainsRune("“”„«»", r) {
		return '"'
	}
	return r
}

// limitPhrases shortens phrases to the number of words that a query may have, and returns the number of words kept.
func (plan *Plan) limitPhrases() (kept int) {
	var phrases [][]string
	for _, phrase := range plan.Phrases {
		phrase = phrase[:min(len(phrase), maxQueryWords-kept)]
		kept += len(phrase)
		if len(phrase) > 0 {
			phrases = append(phrases, phrase)
		}
	}
	plan.Phrases = phrases
	return kept
}

// understandAll determines the meaning of words, and returns at most most of them. It leaves out repeated words, and
// stop words unless the query has nothing else.
func (l lexicon) understandAll(words []asked, most int, hasPhrase bool) (understood []Word) {
	add := func(own ...Word) {
		for _, word := range own {
			if len(understood) < most && !slices.ContainsFunc(understood, func(w Word) bool { return w.Text == word.Text }) {
				understood = append(understood, word)
			}
		}
	}
	words = l.join(words)
	for i := 0; i < len(words); i++ {
		if c, length := l.conceptAt(words[i:]); c != nil {
			add(l.concept(c, words[i:i+length]))
			i += length - 1
		} else if len(words[i].parts) > 1 || !isStopWord(words[i].text) {
			add(l.understand(words[i])...)
		}
	}
	if len(understood) == 0 && !hasPhrase {
		for _, word := range words {
			add(l.understand(word)...)
		}
	}
	return understood
}

// join makes one word of two neighbours that documents have as one word, if no document has one of the two:
// "multi disciplinary" is "multidisciplinary". Otherwise the one word counts as either of the two: "health care" finds
// "healthcare".
func (l lexicon) join(words []asked) (joined []asked) {
	isTelling := func(word asked) bool { return len(word.parts) == 1 && !isStopWord(word.text) }
	for _, word := range words {
		if n := len(joined) - 1; n >= 0 && isTelling(joined[n]) && isTelling(word) {
			a, b := joined[n].text, word.text
			whole := l.wholes(a + b)
			if len(whole) > 0 && !(l.hasStem(stem(a)) && l.hasStem(stem(b))) {
				joined[n] = asked{text: a + b, parts: []string{a, b}, last: word.last}
				continue
			}
			joined[n].whole = append(joined[n].whole, whole...)
			word.whole = whole
		}
		joined = append(joined, word)
	}
	return joined
}

// wholes returns the terms that documents have of a word and, if it is a synonym, of its concept.
func (l lexicon) wholes(word string) (terms []Term) {
	stems := []string{stem(word)}
	if c, _ := l.concepts.at(stems); c != nil {
		stems = append(stems, c.term)
	}
	for _, stem := range stems {
		if l.hasStem(stem) {
			terms = append(terms, Term{stem, word, 1})
		}
	}
	return terms
}

// conceptAt returns the concept that the words begin with, if any document has it, and the number of words that name
// it. A joined word may be its parts in the phrase, or itself. A concept that join has given to the words is not returned:
// they are also found apart.
func (l lexicon) conceptAt(words []asked) (*concept, int) {
	var parts, whole []string
	ends := map[int]int{} // number of words by number of parts; a phrase does not end within a joined word
	for i, word := range words {
		for _, part := range word.parts {
			parts = append(parts, stem(part))
		}
		whole = append(whole, stem(word.text))
		ends[len(parts)] = i + 1
	}
	c, length := l.concepts.at(parts)
	length = ends[length]
	if c == nil || !l.hasStem(c.term) || length == 0 {
		c, length = l.concepts.at(whole)
	}
	if c == nil || !l.hasStem(c.term) || slices.ContainsFunc(words[0].whole, func(t Term) bool { return t.Stem == c.term }) {
		return nil, 0
	}
	return c, length
}

// concept returns the word for a concept. If the reader names the concept by a single word, the stem of that word
// counts too, so that documents with this word come first.
func (l lexicon) concept(c *concept, words []asked) Word {
	var texts []string
	for _, word := range words {
		texts = append(texts, word.text)
	}
	text := strings.Join(texts, " ")
	w := Word{Text: text, Match: Concept, Terms: []Term{{c.term, text, 1}}, Marks: c.marks}
	if own := stem(text); len(words) == 1 && l.hasStem(own) {
		w.Terms = append(w.Terms, Term{own, text, 1})
	}
	return w
}

// understand determines the meaning of a word. A joined word means itself if a document has it or, while the reader is
// typing it, a longer word begins with it. Otherwise it means its parts. A word that no document has, and that is no
// misspelling, may be two words without the space between them.
func (l lexicon) understand(word asked) (words []Word) {
	if len(word.parts) == 1 {
		w := l.single(word.parts[0], word.last)
		whole := word.whole
		if joined := stem(word.text); word.text != word.parts[0] && l.hasStem(joined) {
			whole = append(whole, Term{joined, word.text, 1})
		}
		for _, t := range whole {
			w.add(t)
		}
		if w.Match == Unknown {
			if a, b := l.vocabulary.split(word.text); a != "" {
				return []Word{l.single(a, false), l.single(b, false)}
			}
		}
		return []Word{w}
	}
	if l.hasStem(stem(word.text)) || word.last && len(l.completions(word.text)) > 0 {
		return []Word{l.single(word.text, word.last)}
	}
	for i, part := range word.parts {
		words = append(words, l.single(part, word.last && i == len(word.parts)-1))
	}
	return words
}

func (l lexicon) single(word string, last bool) Word {
	w := Word{Text: word, Match: Exact}
	for _, form := range []string{word, strings.TrimSuffix(word, "s")} { // "gps" may be several of "GP"
		if own := stem(form); form != "" && len(w.Terms) == 0 && l.hasStem(own) {
			w.Terms = append(w.Terms, Term{own, form, 1})
		}
	}
	if last || isSpaceless([]rune(word)[0]) {
		w.guess(Prefix, l.completions(word))
	}
	if len(w.Terms) == 0 {
		w.guess(Typo, l.vocabulary.corrections(word))
	}
	if len(w.Terms) == 0 {
		w.Match = Unknown
		w.Terms = []Term{{stem(word), word, 1}}
	}
	return w
}

// completions returns the words that a word may be the beginning of. The word must have a few letters, or be a single
// character of a script whose words are indexed as pairs.
func (l lexicon) completions(word string) []guess {
	letters := []rune(word)
	if isSpaceless(letters[0]) && len(letters) == 1 || !isSpaceless(letters[0]) && len(letters) >= minPrefixLetters {
		return l.vocabulary.completions(word)
	}
	return nil
}

// guess adds the stems of guesses that the word does not have yet.
func (w *Word) guess(match Match, guesses []guess) {
	for _, g := range guesses {
		if w.add(Term{stem(g.text), g.text, weight(g.edits)}) {
			w.Match = match
		}
	}
}

func (w *Word) add(term Term) bool {
	if slices.ContainsFunc(w.Terms, func(t Term) bool { return t.Stem == term.Stem }) {
		return false
	}
	w.Terms = append(w.Terms, term)
	return true
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
