package search

// The numbers of words and stems.

import (
	"strings"
	"sync"
)

// A dictionary numbers words and their stems in the order in which it first sees them. That order differs between runs,
// so exported files must not depend on the numbers.
type dictionary struct {
	mu      sync.Mutex
	wordIDs map[string]uint32
	stemIDs map[string]uint32
	words   []string // by number; it only grows, so that a copy of the slice may be read without the lock
	stemOf  []uint32 // by number of word
	stems   []string // by number; it only grows
}

func newDictionary() *dictionary {
	return &dictionary{wordIDs: map[string]uint32{}, stemIDs: map[string]uint32{}}
}

// number returns the numbers of a word and of its stem.
func (d *dictionary) number(word string) (wordID, stemID uint32) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.addWord(word)
}

// numberJoined returns the number of the stem of two words joined to one.
func (d *dictionary) numberJoined(first, second uint32) (stemID uint32) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, stemID = d.addWord(d.words[first] + d.words[second])
	return stemID
}

func (d *dictionary) addWord(word string) (wordID, stemID uint32) {
	if id, ok := d.wordIDs[word]; ok {
		return id, d.stemOf[id]
	}
	word = strings.Clone(word) // so that the dictionary does not keep the whole text in memory
	stemID = d.addStem(stem(word))
	wordID = uint32(len(d.words))
	d.wordIDs[word] = wordID
	d.words = append(d.words, word)
	d.stemOf = append(d.stemOf, stemID)
	return wordID, stemID
}

// numberTerm returns the number of a term that is already a stem.
func (d *dictionary) numberTerm(term string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.addStem(term)
}

func (d *dictionary) addStem(s string) uint32 {
	id, ok := d.stemIDs[s]
	if !ok {
		id = uint32(len(d.stems))
		d.stemIDs[s] = id
		d.stems = append(d.stems, s)
	}
	return id
}

func (d *dictionary) stemList() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stems
}
