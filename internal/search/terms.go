package search

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
)

// A term is a stem and where it is.
type term struct {
	id        uint32
	stem      string
	postings  postings // in the order of documents once encoded
	raw       []byte   // postings as exported
	positions []byte   // as exported
}

// encodeTerms encodes the postings and positions that have changed since the last export.
func (x *Index) encodeTerms() {
	order := x.documentOrder()
	renumbered := !slices.Equal(order, x.exporter.order)
	if renumbered {
		x.exporter.order = slices.Clone(order)
		x.exporter.numbers = make([]uint32, len(x.entries))
		for number, slot := range order {
			x.exporter.numbers[slot] = uint32(number)
		}
	}
	var changed []*term
	for id, t := range x.exporter.terms {
		_, moved := x.moved[id]
		if moved {
			t.positions = nil
		}
		if renumbered || moved || t.raw == nil {
			changed = append(changed, t)
		}
	}
	clear(x.moved)
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(changed); i += workers {
				x.encodeTerm(changed[i])
			}
		})
	}
	wait.Wait()
}

func (x *Index) encodeTerm(t *term) {
	numbers := x.exporter.numbers
	byNumber := func(a, b posting) int { return cmp.Compare(numbers[a.slot], numbers[b.slot]) }
	var e encoder
	for f := range fieldCount {
		list := t.postings[f]
		if !slices.IsSortedFunc(list, byNumber) {
			slices.SortFunc(list, byNumber)
		}
		e.uint(len(list))
		last := -1
		for _, p := range list {
			gap := int(numbers[p.slot]) - last - 1
			last += gap + 1
			if p.frequency == 1 {
				e.uint(gap << 1)
			} else {
				e.uint(gap<<1 | 1)
				e.uint(int(p.frequency))
			}
		}
	}
	t.raw = e.data
	if t.positions == nil {
		t.positions = x.encodePositions(t)
	}
}

// encodePositions writes, for every document with the term in the order of documents, the positions in each field, as
// gaps. How many there are stands in the postings.
func (x *Index) encodePositions(t *term) []byte {
	var numbers []uint32
	for _, list := range t.postings {
		for _, p := range list {
			numbers = append(numbers, x.exporter.numbers[p.slot])
		}
	}
	slices.Sort(numbers)
	var e encoder
	for _, number := range slices.Compact(numbers) {
		field, next := fieldCount, uint32(0)
		for _, token := range x.entries[x.exporter.order[number]].of(t.id) {
			if token.field() != field {
				field, next = token.field(), 0
			}
			e.uint(int(token.position() - next))
			next = token.position() + 1
		}
	}
	return e.data
}

// addTerms writes the postings, and their table to the root; and the positions, whose table is a shard of its own.
// Postings are fetched for every word of a query and so in small chunks, positions for quoted phrases only.
func (x *Index) addTerms(root *encoder, shards *shardSet) {
	terms := make([]*term, 0, len(x.exporter.terms))
	for _, t := range x.exporter.terms {
		terms = append(terms, t)
	}
	slices.SortFunc(terms, func(a, b *term) int { return compareUTF16(a.stem, b.stem) })
	stem := func(i int) string { return terms[i].stem }

	var positions encoder
	positions.table(addChunks(shards, cutting{least: 8 << 10, most: 32 << 10, every: 8}, len(terms), stem, func(i int) []byte { return terms[i].positions }))
	root.ref(shards.add(positions.data))
	root.table(addChunks(shards, cutting{least: 2 << 10, most: 6 << 10, every: 8}, len(terms), stem, func(i int) []byte { return terms[i].raw }))
}

// addChunks writes a sorted list of strings, each with a block of bytes and its length before it.
func addChunks(shards *shardSet, c cutting, n int, key func(i int) string, block func(i int) []byte) table {
	var t table
	last := ""
	c.chunks(n, key, func(i int) int { return len(key(i)) + len(block(i)) + 2 }, func(start, end int) {
		var chunk encoder
		before := ""
		for i := start; i < end; i++ {
			chunk.next(before, key(i))
			chunk.uint(len(block(i)))
			chunk.data = append(chunk.data, block(i)...)
			before = key(i)
		}
		t.add(last, key(start), shards.add(chunk.data))
		last = before
	})
	return t
}

func (x *Index) addVocabulary(root *encoder, shards *shardSet) {
	words := x.currentVocabulary().words
	var t table
	last := ""
	cutting{least: 4 << 10, most: 8 << 10, every: 64}.chunks(len(words),
		func(i int) string { return words[i].text },
		func(i int) int { return len(words[i].text)/2 + 3 },
		func(start, end int) {
			var chunk encoder
			before := ""
			for _, w := range words[start:end] {
				chunk.next(before, w.text)
				chunk.uint(int(w.class))
				before = w.text
			}
			t.add(last, words[start].text, shards.add(chunk.data))
			last = before
		})
	root.table(t)
}
