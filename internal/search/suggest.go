package search

// Suggestions: what a reader is offered while typing.

import (
	"maps"
	"slices"
)

// Suggestions are documents that match a name or title while the reader types it. They are separate from the rest of
// the index, because the search box is on every page and nothing else is loaded there.
//
// SuggestPath holds a table of the chunks of the sorted list of words in titles and names. If there is only one chunk,
// it follows the table; otherwise each chunk is a shard. A chunk is the number of its documents, and for each of them
// its exported id, title, description ("country, 6 cases"), 1 if it is pinned and 0 otherwise, and its other names.

// maxSuggested is the maximum number of documents offered for one word. Those with a Pin come first.
const maxSuggested = 12

// maxTogether is the maximum size of all suggestions, in bytes before compression, for which they are in one file.
const maxTogether = 40 << 10

// addSuggestions adds the shards of the suggestions, and returns the content of SuggestPath.
func (x *Index) addSuggestions(shards *shardSet) []byte {
	var head, chunk encoder
	suggestions := x.suggestions()
	if chunk.suggestions(suggestions); len(chunk.data) <= maxTogether {
		head.uint(0)
		return newDeflater().deflate([]part{text(append(head.data, chunk.data...))})
	}
	byWord := x.suggestedFor()
	words := slices.SortedFunc(maps.Keys(byWord), compareUTF16)
	size := func(i int) (size int) {
		for _, number := range byWord[words[i]] {
			size += 1 + len(suggestions[number])
		}
		return size
	}
	var t table
	last := ""
	cut := cutting{least: 12 << 10, most: 24 << 10}
	cut.chunks(len(words), func(i int) string { return words[i] }, size, func(start, end int) {
		var numbers []int
		for _, word := range words[start:end] {
			numbers = append(numbers, byWord[word]...)
		}
		slices.Sort(numbers)
		var own [][]byte
		for _, number := range slices.Compact(numbers) {
			own = append(own, suggestions[number])
		}
		chunk.data = chunk.data[:0]
		chunk.suggestions(own)
		t.add(last, words[start], shards.add(text(chunk.data)))
		last = words[end-1]
	})
	head.table(t)
	return newDeflater().deflate([]part{text(head.data)})
}

// suggestedFor returns, for every word, the numbers of the documents to offer.
func (x *Index) suggestedFor() map[string][]int {
	byWord := map[string][]int{}
	for _, pinned := range []bool{true, false} {
		for number, slot := range x.documentOrder() {
			d := &x.entries[slot].doc
			if (d.Pin != "") != pinned {
				continue
			}
			for _, word := range d.suggestedBy() {
				if len(byWord[word]) < maxSuggested {
					byWord[word] = append(byWord[word], number)
				}
			}
		}
	}
	return byWord
}

// suggestedBy returns the words for which a document is offered.
func (d *Document) suggestedBy() []string {
	texts := []string{d.Title}
	if d.Pin != "" {
		texts = append(texts, d.PinNames...)
	}
	var words []string
	for _, text := range texts {
		for _, run := range analyse(text) {
			for _, p := range run {
				if !isStopWord(p.text) {
					words = append(words, p.text)
				}
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// suggestions writes a chunk of encoded suggestions.
func (e *encoder) suggestions(all [][]byte) {
	e.uint(len(all))
	for _, own := range all {
		e.data = append(e.data, own...)
	}
}

// suggestions returns the encoded suggestion of every document, by number.
func (x *Index) suggestions() [][]byte {
	var all encoder
	ends := make([]int, 0, len(x.slots))
	for _, slot := range x.documentOrder() {
		all.suggestion(&x.entries[slot].doc)
		ends = append(ends, len(all.data))
	}
	suggestions := make([][]byte, len(ends))
	start := 0
	for i, end := range ends {
		suggestions[i] = all.data[start:end]
		start = end
	}
	return suggestions
}

// suggestion writes the suggestion of one document.
func (e *encoder) suggestion(d *Document) {
	what := d.Pin
	if d.Pin == "" && len(d.Details) > 0 {
		what = d.Details[0]
	}
	e.string(d.exportedID())
	e.string(d.Title)
	e.string(what)
	pinned := 0
	if d.Pin != "" {
		pinned = 1
	}
	e.uint(pinned)
	e.strings(d.PinNames)
}
