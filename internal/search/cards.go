package search

import "slices"

// A card is what a result shows of a document: its id, title, summary, language and details.
func (d *Document) card() []byte {
	var e encoder
	for _, s := range []string{d.ID, d.Title, d.Summary, d.Lang} {
		e.string(s)
	}
	e.strings(d.Details)
	return e.data
}

// encodeCards returns the cards of all documents, in order.
func (x *Index) encodeCards() [][]byte {
	var cards [][]byte
	for _, slot := range x.documentOrder() {
		cards = append(cards, x.entries[slot].doc.card())
	}
	return cards
}

// addCards writes the cards in packs of documents that follow each other.
func (x *Index) addCards(root *root, shards *shardSet, cards [][]byte, layout layout) {
	var sizes []int
	layout.cards.chunks(len(cards), func(i int) string { return x.entries[x.order[i]].doc.ID }, func(i int) int { return len(cards[i]) }, func(start, end int) {
		sizes = append(sizes, end-start)
		root.refs.ref(layout.add(shards, text(slices.Concat(cards[start:end]...))))
	})
	root.uint(len(sizes))
	for _, size := range sizes {
		root.uint(size)
	}
}
