package search

import "slices"

// A card is what a result or a pin shows of a document.
type card struct {
	texts   [5]string // id, title, summary, language and, if it is pinned, what it is
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

// cards are the cards of all documents, in order.
func (x *Index) cards() []card {
	var cards []card
	for _, slot := range x.documentOrder() {
		cards = append(cards, x.entries[slot].doc.card())
	}
	return cards
}

// encodePack writes how many cards there are, then each of their texts for all of them, then their details, as that
// compresses best.
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

// addCards writes the cards in packs of documents that follow each other.
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
