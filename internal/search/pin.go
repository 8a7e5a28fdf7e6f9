package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"
)

// A pin is a name that leads to a document.
type pin struct {
	name     string // its words, folded, with spaces
	document int    // number in the last export
	doc      *Document
}

// maxPins is how many documents one query pins at most.
const maxPins = 3

// nameOf returns the words of a name or query, folded, with spaces.
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

// pinKey is the stem that a name is looked up by, which a query that is the name has to load anyway: that of its first
// word that is not too common.
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

// pins are the pins of all documents by pinKey, in order.
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

// pinned are the documents that a query is a name of. They are not among its results.
func (x *Index) pinned(query string) (docs []Document) {
	name := nameOf(query)
	for _, p := range x.pins()[pinKey(name)] {
		if p.name == name && len(docs) < maxPins {
			docs = append(docs, *p.doc)
		}
	}
	return docs
}

// pin writes a pin: the number of its document and the hash of its name. What is shown of the document is on its card.
func (e *encoder) pin(p pin) {
	e.uint(p.document)
	e.uint(nameHash(p.name))
}

// nameHash is the last 21 bits, which are three bytes when written, of FNV-1a with 32 bits over UTF-16 code units. Of two
// million names that begin with one word, two are taken for each other.
func nameHash(name string) int {
	hash := uint32(2166136261)
	for _, unit := range utf16.Encode([]rune(name)) {
		hash = (hash ^ uint32(unit)) * 16777619
	}
	return int(hash & (1<<21 - 1))
}
