package search

// Pins: names that lead directly to a document.

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"
)

// A pin is a name that leads to a document.
type pin struct {
	name     string // see pinName
	document int    // document number in the last export
	doc      *Document
}

// maxPins is the maximum number of documents that one query pins.
const maxPins = 3

// wordsOf returns the folded words of a name or query, and the same with joined words instead of their parts.
func wordsOf(text string) (parts, whole []string) {
	for _, run := range analyse(text) {
		for _, word := range askedWords(run) {
			parts = append(parts, word.parts...)
			whole = append(whole, word.text)
		}
	}
	return parts, whole
}

// nameInID is the byte that replaces, in an exported id, the words of the title joined by hyphens. Most ids of entries of
// vocabularies are these words.
const nameInID = "\x01"

// withoutName returns an id with nameInID in place of the words of a title.
func withoutName(id, title string) string {
	words, _ := wordsOf(title)
	return strings.Replace(id, strings.Join(words, "-"), nameInID, 1)
}

// exportedID returns the id as it is exported. Only ids of documents with a Pin are shortened: those of others seldom have
// all words of the title, and to analyse 10,000 titles takes 80 ms.
func (d *Document) exportedID() string {
	if d.Pin == "" {
		return d.ID
	}
	return withoutName(d.ID, d.Title)
}

// pinName returns a form of the words of a name that is the same for all ways to write it, and the stem under which it is
// stored. The form has the words in the singular, sorted, and numbers in digits. Stop words and the word "number" are
// left out, unless the name has nothing else. "principle no. 4" and "fourth principle" are both "4 principle". The stem
// is that of a word of the name, whose chunk the client has to load anyway.
func pinName(all []string) (name, key string) {
	words := slices.DeleteFunc(slices.Clone(all), func(word string) bool { return isStopWord(word) || word == "number" })
	if len(words) == 0 {
		words = all
	}
	if len(words) == 0 {
		return "", ""
	}
	for i, word := range words {
		words[i] = plain(word)
	}
	slices.SortFunc(words, compareUTF16)
	i := slices.IndexFunc(words, func(word string) bool { return !isDigit(word[0]) })
	return strings.Join(words, " "), stem(words[max(i, 0)])
}

// pins returns the pins of all documents by the key of pinName, in order. A name with a joined word has a pin for the word
// and one for its parts, so that "OConnor" and "elearning" lead to O'Connor and E-learning.
func (x *Index) pins() map[string][]pin {
	pins := map[string][]pin{}
	for number, slot := range x.documentOrder() {
		doc := &x.entries[slot].doc
		if doc.Pin == "" {
			continue
		}
		seen := map[string]bool{}
		for _, text := range append([]string{doc.Title}, doc.PinNames...) {
			parts, whole := wordsOf(text)
			for _, words := range [][]string{parts, whole} {
				if name, key := pinName(words); name != "" && !seen[name] {
					seen[name] = true
					pins[key] = append(pins[key], pin{name, number, doc})
				}
			}
		}
	}
	for _, own := range pins {
		slices.SortStableFunc(own, func(a, b pin) int {
			return cmp.Or(compareUTF16(a.name, b.name), cmp.Compare(a.document, b.document))
		})
	}
	return pins
}

// pinned returns the documents that a query names. They are left out of the results.
func (x *Index) pinned(query string) (docs []Document) {
	parts, _ := wordsOf(query)
	name, key := pinName(parts)
	for _, p := range x.pins()[key] {
		if p.name == name && len(docs) < maxPins {
			docs = append(docs, *p.doc)
		}
	}
	return docs
}

// pin writes the number of the document and the hash of the name of a pin. The card of the document holds what is
// shown.
func (e *encoder) pin(p pin) {
	e.uint(p.document)
	e.uint(nameHash(p.name))
}

// nameHash returns the low 21 bits, which take three bytes as a varint, of the 32-bit FNV-1a hash over UTF-16 code
// units. Only pins with the same key are compared, so a name is mistaken for another with a probability of one in
// two million.
func nameHash(name string) int {
	hash := uint32(2166136261)
	for _, unit := range utf16.Encode([]rune(name)) {
		hash = (hash ^ uint32(unit)) * 16777619
	}
	return int(hash & (1<<21 - 1))
}
