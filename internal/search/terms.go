package search

import (
	"context"
	"runtime"
	"slices"
)

// A term is a stem and where it is.
type term struct {
	id        uint32
	stem      string
	postings  postings
	raw       []byte // postings as exported
	positions []byte // as exported
}

// encodeTerms encodes the postings and positions that have changed since the last export.
func (x *Index) encodeTerms(ctx context.Context) error {
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
	if err := x.encodePositions(ctx, changed); err != nil {
		return err
	}
	clear(x.moved)
	return job{n: len(changed)}.run(ctx, func() func(int) error {
		var scratch []uint64
		return func(i int) error {
			changed[i].raw, scratch = changed[i].postings.encode(x.exporter.numbers, scratch)
			return nil
		}
	})
}

// encode writes, for each field, how many documents have the term there; then the gaps between their numbers, twice, plus
// one for those that have it more than once; then how often these have it, less two.
func (p *postings) encode(numbers []uint32, scratch []uint64) (raw []byte, _ []uint64) {
	var e encoder
	for _, list := range p {
		scratch = scratch[:0]
		for _, held := range list {
			scratch = append(scratch, uint64(numbers[held.slot])<<32|uint64(held.frequency))
		}
		slices.Sort(scratch)
		e.uint(len(scratch))
		next := uint64(0)
		for _, key := range scratch {
			often := uint64(0)
			if uint32(key) > 1 {
				often = 1
			}
			e.uint(int((key>>32-next)<<1 | often))
			next = key>>32 + 1
		}
		for _, key := range scratch {
			if frequency := uint32(key); frequency > 1 {
				e.uint(int(frequency - 2))
			}
		}
	}
	return e.data, scratch
}

// encodePositions writes, for every document with a term in the order of documents, the positions in each field, as
// gaps. How many there are stands in the postings. All terms are written in one pass over all documents.
func (x *Index) encodePositions(ctx context.Context, changed []*term) error {
	workers := runtime.GOMAXPROCS(0)
	return job{n: workers}.run(ctx, func() func(int) error {
		return func(worker int) error {
			encoders := make([]*encoder, len(x.stemDocuments)) // by stem
			var own []*term
			for i := worker; i < len(changed); i += workers {
				if changed[i].positions == nil {
					own = append(own, changed[i])
					encoders[changed[i].id] = &encoder{}
				}
			}
			for _, slot := range x.exporter.order {
				if err := ctx.Err(); err != nil {
					return err
				}
				x.entries[slot].encodePositions(encoders)
			}
			for _, t := range own {
				t.positions = encoders[t.id].data
			}
			return nil
		}
	})
}

func (e *entry) encodePositions(encoders []*encoder) {
	before := newToken(0, 0, 0)
	next := uint32(0)
	for _, t := range e.tokens {
		encoder := encoders[t.stem()]
		if encoder == nil {
			continue
		}
		if t.stem() != before.stem() || t.field() != before.field() {
			next = 0
		}
		encoder.uint(int(t.position() - next))
		before, next = t, t.position()+1
	}
}

// addTerms writes the postings, and their table to the root; and the positions, whose table is a shard of its own.
// Postings are fetched for every word of a query and so in small chunks, positions for quoted phrases only.
func (x *Index) addTerms(root *root, shards *shardSet) {
	terms := make([]*term, 0, len(x.exporter.terms))
	for _, t := range x.exporter.terms {
		terms = append(terms, t)
	}
	slices.SortFunc(terms, func(a, b *term) int { return compareUTF16(a.stem, b.stem) })
	stem := func(i int) string { return terms[i].stem }

	var positions encoder
	positions.table(addChunks(shards, cutting{least: 8 << 10, most: 32 << 10, every: 8}, len(terms), stem, func(i int) []byte { return terms[i].positions }))
	root.refs.ref(shards.add(text(positions.data)))
	root.table(addChunks(shards, cutting{least: 3 << 10, most: 8 << 10, every: 8}, len(terms), stem, func(i int) []byte { return terms[i].raw }))
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
		t.add(last, key(start), shards.add(text(chunk.data)))
		last = before
	})
	return t
}

func (x *Index) addVocabulary(root *root, shards *shardSet) {
	words := x.currentVocabulary().words
	var t table
	last := ""
	cutting{least: 2 << 10, most: 4 << 10, every: 32}.chunks(len(words),
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
			t.add(last, words[start].text, shards.add(text(chunk.data)))
			last = before
		})
	root.table(t)
}
