package search

import (
	"slices"
	"strings"
)

// concepts are what the synonyms of a library mean. Where a document has one of the phrases of a concept, it is indexed
// as if it had a word for the concept too; and a query that has one of them looks for that word.
type concepts struct {
	all   []concept
	first map[uint32][]phraseOf // by the stem that a phrase begins with
}

// A concept is phrases that mean the same.
type concept struct {
	term    string // what it is indexed by
	phrases [][]string
	marks   []string // the stems that results mark, sorted
}

// A phraseOf is a phrase of a concept; both are numbers of stems.
type phraseOf struct {
	stems   []uint32
	concept uint32
}

// conceptMark begins the terms of concepts. No word has it.
const conceptMark = "\x01"

func newConcepts(synonyms [][]string, d *dictionary) *concepts {
	c := &concepts{first: map[uint32][]phraseOf{}}
	for _, phrases := range synonyms {
		var own concept
		for _, text := range phrases {
			if stems := phraseStems(text); len(stems) > 0 {
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

// phraseStems returns the stems of the words of a text, joined words left out.
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

// find calls found for every phrase of a concept in a sequence of stems.
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

// at returns the concept that the longest phrase at the beginning of some stems means, and the length of the phrase, or
// nil.
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
