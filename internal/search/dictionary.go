package search

import "sync"

// A dictionary numbers words and their stems in the order in which they are met. Numbers are only for use inside: they
// depend on that order, and nothing exported may.
type dictionary struct {
	mu      sync.Mutex
	wordIDs map[string]uint32
	stemIDs map[string]uint32
	words   []string // by number; append-only, so that a copy of the slice may be read without the lock
	stemOf  []uint32 // by number of word
	stems   []string // by number; append-only
}

func newDictionary() *dictionary {
	return &dictionary{wordIDs: map[string]uint32{}, stemIDs: map[string]uint32{}}
}

func (d *dictionary) number(word string) (wordID, stemID uint32) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id, ok := d.wordIDs[word]; ok {
		return id, d.stemOf[id]
	}
	s := stem(word)
	stemID, ok := d.stemIDs[s]
	if !ok {
		stemID = uint32(len(d.stems))
		d.stemIDs[s] = stemID
		d.stems = append(d.stems, s)
	}
	wordID = uint32(len(d.words))
	d.wordIDs[word] = wordID
	d.words = append(d.words, word)
	d.stemOf = append(d.stemOf, stemID)
	return wordID, stemID
}

func (d *dictionary) stemList() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stems
}
