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
	name     string // its folded words, separated by spaces
	document int    // document number in the last export
	doc      *Document
}

// maxPins is the maximum number of documents that one query pins.
const maxPins = 3

// nameOf returns the folded words of a name or query, separated by spaces.
func nameOf(text string) string {
	var words []string
	for _, run := range analyse(text) {
		for _, p := range run {
			if !p.joined {
				words = append(words, p.text)
			}
		}
	}
	return strings.Join(words, " ")
}

// pinKey returns the stem under which a name is stored: that of its first word that is not a stop word. A query that
// equals the name has to load the chunk of this stem anyway.
func pinKey(name string) string {
	words := strings.Fields(name)
	for _, word := range words {
		if !isStopWord(word) {
			return stem(word)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return stem(words[0])
}

// pins returns the pins of all documents by pinKey, in order.
func (x *Index) pins() map[string][]pin {
	pins := map[string][]pin{}
	for number, slot := range x.documentOrder() {
		doc := &x.entries[slot].doc
		if doc.Pin == "" {
			continue
		}
		seen := map[string]bool{}
		for _, text := range append([]string{doc.Title}, doc.PinNames...) {
			if name := nameOf(text); name != "" && !seen[name] {
				seen[name] = true
				key := pinKey(name)
				pins[key] = append(pins[key], pin{name, number, doc})
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
	name := nameOf(query)
	for _, p := range x.pins()[pinKey(name)] {
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
// units. Only pins with the same pinKey are compared, so a name is mistaken for another with a probability of one in
// two million.
func nameHash(name string) int {
	hash := uint32(2166136261)
	for _, unit := range utf16.Encode([]rune(name)) {
		hash = (hash ^ uint32(unit)) * 16777619
	}
	return int(hash & (1<<21 - 1))
}
