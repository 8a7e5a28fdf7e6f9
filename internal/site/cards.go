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
	mu    sync.Mutex
	cards map[cardKey]*Card
}

// cardKey is everything that a card depends on.
type cardKey struct {
	root  string // from the page to the root of the site
	study *library.CaseStudy
	short bool // with only what a list of titles under headings shows
}

// clear lets go of the cards.
func (d *deck) clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cards = nil
}

// one returns the card with the key, which it makes if need be.
func (d *deck) one(key cardKey, newCard func() *Card) *Card {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cards == nil {
		d.cards = map[cardKey]*Card{}
	}
	card := d.cards[key]
	if card == nil {
		card = newCard()
		d.cards[key] = card
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
	return b.deck.one(cardKey{b.Root, c, false}, func() *Card {
		return &Card{
			Link: b.caseLink(c), Summary: c.Summary, Kind: c.Kind, Draft: c.Draft, Lang: b.otherLang(c),
			Principles: c.Shown.Principles, Countries: c.Shown.Countries, Disciplines: c.Shown.Disciplines, When: period(c),
			Picture: b.small(c.Picture), Pattern: pattern(c),
		}
	})
}

// title returns a card with only title, kind and year.
func (b *Base) title(c *library.CaseStudy) *Card {
	return b.deck.one(cardKey{b.Root, c, true}, func() *Card {
		return &Card{Link: b.caseLink(c), Kind: c.Kind, When: period(c), Lang: b.otherLang(c)}
	})
}
