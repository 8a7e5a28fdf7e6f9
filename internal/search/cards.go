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

// encodePack writes the number of cards, then the first text of every card, then the second, and so on. This order
// compresses best.
func encodePack(cards []card) []byte {
	var e encoder
	e.uint(len(cards))
	for i := range len(card{}) {
		for _, c := range cards {
			e.string(c[i])
		}
	}
	return e.data
}

// addCards writes the cards in packs of consecutive documents.
func (x *Index) addCards(root *root, shards *shardSet, cards []card, layout layout) {
	var sizes []int
	layout.cards.chunks(len(cards), func(i int) string { return x.entries[x.order[i]].doc.ID }, func(i int) int { return cards[i].size() }, func(start, end int) {
		sizes = append(sizes, end-start)
		root.refs.ref(layout.add(shards, text(encodePack(cards[start:end]))))
	})
	root.uint(len(sizes))
	for _, size := range sizes {
		root.uint(size)
	}
}
