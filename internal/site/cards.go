// Cards of case studies, which many pages share.

package site

import (
	"sync"

	"casebook/internal/library"
)

// deck makes the cards of case studies. The pages at one depth share them, because
// ten thousand case studies have some 240,000 places in lists. It is safe for
// concurrent use.
type deck struct {
	mu     sync.Mutex
	cards  map[cardKey]*Card // whole ones
	titles map[cardKey]*Card // with only what a list of titles under headings shows
}

// cardKey is everything that a card depends on.
type cardKey struct {
	root  string // from the page to the root of the site
	study *library.CaseStudy
}

func newDeck() *deck { return &deck{cards: map[cardKey]*Card{}, titles: map[cardKey]*Card{}} }

// close lets go of the cards when all pages have theirs. No further card can be made.
func (d *deck) close() { d.cards, d.titles = nil, nil }

// one returns the card with the key in one of the maps, which it makes if need be.
func (d *deck) one(known map[cardKey]*Card, key cardKey, make func() *Card) *Card {
	d.mu.Lock()
	defer d.mu.Unlock()
	card := known[key]
	if card == nil {
		card = make()
		known[key] = card
	}
	return card
}

func (b *Base) cards(cases []*library.CaseStudy) []*Card {
	cards := make([]*Card, len(cases))
	for i, c := range cases {
		cards[i] = b.card(c)
	}
	return cards
}

func (b *Base) card(c *library.CaseStudy) *Card {
	return b.deck.one(b.deck.cards, cardKey{b.Root, c}, func() *Card {
		return &Card{
			Link: b.caseLink(c), Summary: c.Summary, Kind: c.Kind, Draft: c.Draft, Lang: b.otherLang(c),
			Principles: c.Shown.Principles, Countries: c.Shown.Countries, Disciplines: c.Shown.Disciplines, When: period(c),
			Picture: b.small(c.Picture), Pattern: pattern(c),
		}
	})
}

// title returns a card with only title, kind and year.
func (b *Base) title(c *library.CaseStudy) *Card {
	return b.deck.one(b.deck.titles, cardKey{b.Root, c}, func() *Card {
		return &Card{Link: b.caseLink(c), Kind: c.Kind, When: period(c), Lang: b.otherLang(c)}
	})
}
