package pipeline

// The social cards, kept between exports and processes.

import (
	"sync"

	"casebook/internal/cache"
	"casebook/internal/drawing"
)

// drawnCards keeps the social cards of the last exports, because drawing a card
// takes a hundred times as long as reading it. It is safe for concurrent use.
type drawnCards struct {
	mu     sync.Mutex
	files  map[drawing.Card]*File // nil until recall has read the cache
	differ bool                   // whether files differs from the cards in the cache
}

// keptCard is a card in the cache.
type keptCard struct {
	Card drawing.Card
	Data []byte
}

// cardsValue is the name of the cache value that holds all cards.
const cardsValue = "cards"

// recall reads the cards that an earlier process drew. Only the first call does
// anything.
func (d *drawnCards) recall(from *cache.Cache) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.files != nil {
		return
	}
	d.files = map[drawing.Card]*File{}
	_, data, ok := from.Newest(cardsValue)
	var kept []keptCard
	if !ok || cache.Decode(data, &kept) != nil {
		return
	}
	for _, k := range kept {
		d.files[k.Card] = newFile(cardsValue, k.Data)
	}
}

// draw returns a card that was drawn before, or draws it.
func (d *drawnCards) draw(card drawing.Card) ([]byte, error) {
	d.mu.Lock()
	f := d.files[card]
	d.differ = d.differ || f == nil
	d.mu.Unlock()
	if f != nil {
		return f.Bytes()
	}
	return card.PNG()
}

// retain keeps the cards of a result, which are among the files of its exports, and
// drops all others.
func (d *drawnCards) retain(result *Result, files []*File) {
	byPath := make(map[string]*File, len(files))
	for _, f := range files {
		byPath["/"+f.Path] = f
	}
	now := map[drawing.Card]*File{}
	for _, c := range result.site.SocialCards() {
		c.Card.Colours = result.theme.Colours()
		now[c.Card] = byPath[c.Path]
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.differ = d.differ || len(now) != len(d.files)
	d.files = now
}

// save keeps the cards for the next process.
func (d *drawnCards) save(to *cache.Cache) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if to == nil || !d.differ {
		return nil
	}
	kept := make([]keptCard, 0, len(d.files))
	for card, f := range d.files {
		data, err := f.Bytes()
		if err != nil {
			return err
		}
		kept = append(kept, keptCard{card, data})
	}
	d.differ = false
	return to.Save(cardsValue, cache.Key{}, cache.Encode(nil, &kept))
}
