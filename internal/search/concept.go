package search

// Concepts: phrases that are synonyms.

import (
	"slices"
	"strings"
)

// concepts are the synonyms of a library. A document that has one of the phrases of a concept is also indexed under the
// term of the concept, and a query that has one of the phrases looks for that term.
type concepts struct {
	all   []concept
	first map[uint32][]phraseOf // phrases by their first stem
}

// A concept is a set of phrases that mean the same.
type concept struct {
	term    string // the term under which it is indexed
	phrases [][]string
	marks   []string // stems to highlight in results, sorted
}

// A phraseOf is a phrase of a concept, in numbers of stems.
type phraseOf struct {
	stems   []uint32
	concept uint32
}

// conceptMark is the first character of the terms of concepts. No word contains it.
const conceptMark = "\x01"

func newConcepts(synonyms [][]string, d *dictionary) *concepts {
	c := &concepts{first: map[uint32][]phraseOf{}}
	for _, phrases := range synonyms {
		var own concept
		for _, text := range phrases {
			for _, stems := range spellingsOf(text) {
				own.phrases = append(own.phrases, stems)
				for _, s := range stems {
					if !isStopWord(s) {
						own.marks = append(own.marks, s)
					}
				}
			}
		}
		if len(own.phrases) < 2 {
			continue
		}
		own.term = conceptMark + strings.Join(own.phrases[0], " ")
		slices.Sort(own.marks)
		own.marks = slices.Compact(own.marks)
		c.add(own, d)
	}
	return c
}

func (c *concepts) add(own concept, d *dictionary) {
	c.all = append(c.all, own)
	number := d.numberTerm(own.term)
	for _, phrase := range own.phrases {
		p := phraseOf{concept: number}
		for _, s := range phrase {
			p.stems = append(p.stems, d.numberTerm(s))
		}
		c.first[p.stems[0]] = append(c.first[p.stems[0]], p)
	}
}

// spellingsOf returns the stems of a phrase: those of its words and, if the phrase is one joined word, that of the word.
func spellingsOf(phrase string) (spellings [][]string) {
	if stems := phraseStems(phrase); len(stems) > 0 {
		spellings = append(spellings, stems)
	}
	if runs := analyse(phrase); len(runs) == 1 && len(runs[0]) > 1 && runs[0][0].joined {
		spellings = append(spellings, []string{stem(runs[0][0].text)})
	}
	return spellings
}

// phraseStems returns the stems of the words of a text, without joined words.
func phraseStems(text string) []string {
	var stems []string
	for _, run := range analyse(text) {
		for _, p := range run {
			if !p.joined {
				stems = append(stems, stem(p.text))
			}
		}
	}
	return stems
}

// find calls found for every occurrence of a phrase of a concept in a sequence of stems.
func (c *concepts) find(sequence []uint32, found func(concept, position uint32)) {
	if len(c.all) == 0 {
		return
	}
	for i, s := range sequence {
		for _, p := range c.first[s] {
			if len(sequence)-i >= len(p.stems) && slices.Equal(sequence[i:i+len(p.stems)], p.stems) {
				found(p.concept, uint32(i))
			}
		}
	}
}

// named calls found with every concept that has a joined word as a phrase.
func (c *concepts) named(joined uint32, found func(concept uint32)) {
	for _, p := range c.first[joined] {
		if len(p.stems) == 1 {
			found(p.concept)
		}
	}
}

// at returns the concept with the longest phrase that the stems begin with, and the number of stems in that phrase. It
// returns nil if there is none.
func (c *concepts) at(stems []string) (found *concept, length int) {
	for i := range c.all {
		for _, phrase := range c.all[i].phrases {
			if len(phrase) > length && len(phrase) <= len(stems) && slices.Equal(stems[:len(phrase)], phrase) {
				found, length = &c.all[i], len(phrase)
			}
		}
	}
	return found, length
}
