// Social cards as pictures.

package export

import (
	"casebook/internal/drawing"
	"casebook/internal/parallel"
)

// socialCards draws the pictures that messengers and social networks show beside a
// link to the site or to a case study.
func (e *exporter) socialCards() error {
	draw := e.in.Drawn
	if draw == nil {
		draw = drawing.Card.PNG
	}
	cards := e.in.Site.SocialCards()
	return parallel.Each(e.ctx, len(cards), func(i int) error {
		card := cards[i].Card
		card.Colours = e.in.Colours
		data, err := draw(card)
		if err != nil {
			return err
		}
		return e.add(cards[i].Path, data)
	})
}
