package search

import (
	"maps"
	"slices"
)

// Suggestions are what a reader is offered while typing: documents that a name leads to, and titles. They are apart from
// the rest of the index, as the box for a query stands on every page, where nothing else is loaded.
//
// SuggestPath holds a table of the chunks of the sorted list of words in titles and names; and, if there is only one
// chunk, that chunk after it; else each is a shard. A chunk is a number of documents, and for each its id, title, what it
// is ("country, 6 cases"), whether it is pinned (1 or 0), and its other names.

// maxSuggested is how many documents are offered at most for one word. Those with a Pin come first.
const maxSuggested = 12

// maxTogether is how large all suggestions may be, before they are compressed, for one file to hold them.
const maxTogether = 40 << 10

// addSuggestions writes the suggestions, and returns the file with the fixed name.
func (x *Index) addSuggestions(shards *shardSet) []byte {
	var head encoder
	if all := x.suggestionChunk(numbersTo(len(x.slots))); len(all) <= maxTogether {
		head.uint(0)
		return newDeflater().deflate([]part{text(append(head.data, all...))})
	}
	byWord := x.suggestedFor()
	words := slices.SortedFunc(maps.Keys(byWord), compareUTF16)
	var t table
	last := ""
	cut := cutting{least: 12 << 10, most: 24 << 10, every: 8}
	cut.chunks(len(words), func(i int) string { return words[i] }, func(i int) int { return x.suggestionSize(byWord[words[i]]) }, func(start, end int) {
		numbers := map[int]bool{}
		for _, word := range words[start:end] {
			for _, number := range byWord[word] {
				numbers[number] = true
			}
		}
		t.add(last, words[start], shards.add(text(x.suggestionChunk(slices.Sorted(maps.Keys(numbers))))))
		last = words[end-1]
	})
	head.table(t)
	return newDeflater().deflate([]part{text(head.data)})
}

func numbersTo(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

// suggestedFor returns the numbers of the documents to offer for every word.
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

// suggestedBy are the words that a document is offered for.
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

func (x *Index) suggestionSize(numbers []int) (size int) {
	for _, number := range numbers {
		size += len(x.suggestionChunk([]int{number}))
	}
	return size
}

func (x *Index) suggestionChunk(numbers []int) []byte {
	var chunk encoder
	chunk.uint(len(numbers))
	for _, number := range numbers {
		d := &x.entries[x.order[number]].doc
		what := d.Pin
		if d.Pin == "" {
			if len(d.Details) > 0 {
				what = d.Details[0]
			}
		}
		chunk.string(d.ID)
		chunk.string(d.Title)
		chunk.string(what)
		pinned := 0
		if d.Pin != "" {
			pinned = 1
		}
		chunk.uint(pinned)
		chunk.strings(d.PinNames)
	}
	return chunk.data
}
