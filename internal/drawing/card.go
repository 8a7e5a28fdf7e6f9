// Social cards: pictures that social networks show beside a link.

package drawing

import (
	"image"
	"strconv"
	"sync"
)

// The size of a card in pixels. Social networks show a picture of this size
// without cropping it.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// Card is what a social network shows beside a link to a page.
type Card struct {
	Site    string // required: the title of the knowledge base
	Title   string // required: of the page
	Note    string // a line below the title, such as the countries; may be empty
	Topic   string // shown at the bottom, such as a principle; may be empty
	Number  int    // of the topic; 0 means none
	Colours Colours
}

const (
	margin   = 80
	textWide = CardWidth - 2*margin
)

// desk is what it takes to draw one card.
type desk struct {
	canvas            canvas
	titles            []*pen // from large to small
	note, site, topic *pen
}

// desks keeps desks for later cards, because a canvas has 756 KB, and pens hold
// buffers.
var desks = sync.Pool{New: func() any {
	return &desk{
		canvas: newCanvas(CardWidth, CardHeight),
		titles: []*pen{newPen(bold, 76), newPen(bold, 64), newPen(bold, 52)},
		note:   newPen(regular, 36), site: newPen(regular, 34), topic: newPen(bold, 34),
	}
}}

// titleLines is the largest number of lines of a title.
const titleLines = 4

// PNG draws the card. It leaves out a line that [CanDraw] does not accept.
func (c Card) PNG() ([]byte, error) {
	d := desks.Get().(*desk)
	defer desks.Put(d)
	return PNG(d.draw(c))
}

// draw returns a picture of the card, until the next call.
func (d *desk) draw(c Card) *image.Paletted {
	colours, picture := c.Colours, d.canvas
	ground, accent := colours.ground(), colours.accent()
	const ink, quiet, thread, number, strand = 0, 1, 2, 3, 4
	picture.reset(paint{ground, colours.ink()}, paint{ground, colours.quiet()},
		paint{ground, accent}, paint{accent, ground}, paint{ground, colours.strand()})
	line := func(p *pen, text string, x, y int, paint int) {
		if CanDraw(text) {
			lines, _ := p.lines(text, CardWidth-margin-x, 1)
			p.write(lines[0], x, y, picture.with(paint))
		}
	}

	picture.with(thread).box(image.Rect(0, 0, CardWidth, 10), 0)
	picture.with(strand).box(image.Rect(0, 16, CardWidth, 20), 0)
	line(d.site, c.Site, margin, 100, quiet)

	title, lines := d.title(c.Title)
	y := 130
	for _, text := range lines {
		y += title.size * 6 / 5
		line(title, text, margin, y, ink)
	}
	line(d.note, c.Note, margin, y+72, quiet)

	at := margin
	if c.Number > 0 && CanDraw(c.Topic) {
		disc := image.Rect(margin, 535, margin+56, 535+56)
		picture.with(thread).box(disc, disc.Dx()/2)
		digits := strconv.Itoa(c.Number)
		d.topic.write(digits, disc.Min.X+(disc.Dx()-d.topic.width(digits))/2, 575, picture.with(number))
		at = disc.Max.X + 20
	}
	line(d.topic, c.Topic, at, 575, thread)
	return picture.Paletted
}

// title returns the largest pen with which the whole title fits, and its lines.
// With the smallest pen a title that does not fit is shortened.
func (d *desk) title(text string) (*pen, []string) {
	for _, size := range d.titles[:len(d.titles)-1] {
		if lines, all := size.lines(text, textWide, titleLines-1); all {
			return size, lines
		}
	}
	smallest := d.titles[len(d.titles)-1]
	lines, _ := smallest.lines(text, textWide, titleLines)
	return smallest, lines
}
