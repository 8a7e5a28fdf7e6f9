package search

// Cards: what results show of documents.

import "slices"

// A card is what a result or a pin shows of a document.
type card struct {
	texts   [5]string // id, title, summary, language, and the text of Pin
	details []string
}

func (d *Document) card() card {
	return card{[5]string{d.ID, d.Title, d.Summary, d.Lang, d.Pin}, d.Details}
}

func (c card) size() int {
	n := len(c.texts) + 1
	for _, s := range slices.Concat(c.texts[:], c.details) {
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

// encodePack writes the number of cards, then the first text of every card, then the second, and so on, and then the
// details. This order compresses best.
func encodePack(cards []card) []byte {
	var e encoder
	e.uint(len(cards))
	for i := range len(card{}.texts) {
		for _, c := range cards {
			e.string(c.texts[i])
		}
	}
	for _, c := range cards {
		e.strings(c.details)
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
