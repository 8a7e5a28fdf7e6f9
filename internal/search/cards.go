package search

// Cards: what results show of documents.

import "strings"

// A card is what a result or a pin shows of a document: its exported id, title, summary, language, the text of Pin,
// and its details, with byte 1 between them.
type card [6]string

func (d *Document) card() card {
	return card{d.exportedID(), d.Title, d.Summary, d.Lang, d.Pin, strings.Join(d.Details, "\x01")}
}

func (c card) size() int {
	n := len(c) + 1
	for _, s := range c {
		n += len(s)
	}
	return n
}

// cards returns the cards of all documents, in order.
func (x *Index) cards() []card {
	var cards []card
	for _, slot := range x.documentOrder() {
		cards = append(cards, x.entries[slot].doc.card())
	}
	return cards
}

// pack writes the number of cards, then the first text of every card, then the second, and so on. This order compresses
// best.
func (e *encoder) pack(cards []card) {
	e.uint(len(cards))
	for i := range len(card{}) {
		for _, c := range cards {
			e.string(c[i])
		}
	}
}

// addCards writes the cards in packs of consecutive documents.
func (x *Index) addCards(root *root, shards *shardSet, cards []card, layout layout) {
	var sizes []int
	var pack encoder
	layout.cards.chunks(len(cards), func(i int) string { return x.entries[x.order[i]].doc.ID }, func(i int) int { return cards[i].size() }, func(start, end int) {
		sizes = append(sizes, end-start)
		pack.data = pack.data[:0]
		pack.pack(cards[start:end])
		root.refs.ref(layout.add(shards, text(pack.data)))
	})
	root.uint(len(sizes))
	for _, size := range sizes {
		root.uint(size)
	}
}
