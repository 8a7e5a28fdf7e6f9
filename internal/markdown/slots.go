package markdown

import (
	"crypto/sha256"
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/util"
)

// slot is a place in the HTML that is filled when the page is known.
type slot struct {
	at   int // offset in the HTML
	link int // place in Document.Links
	what opening
}

// opening is what a slot is filled with.
type opening uint8

const (
	linkStart opening = iota
	linkEnd
	imageHere
)

// Target is where a hyperlink leads on the page that it is rendered for.
type Target struct {
	Href     string // empty: the text is shown without a link
	External bool   // to another site: marked with rel="external"
}

// Picture is the image file on the page that it is rendered for.
type Picture struct {
	Src           string // empty: the alternative text is shown instead
	Width, Height int    // in pixels, 0 if unknown
	SrcSet, Sizes string // as in HTML, empty if there is one size
}

// HTML returns the body as HTML, valid inside flow content and with headings
// from h2. It calls target for each hyperlink and image for each image, in the
// order of Links. A nil function leaves all of its kind without an address.
// What they return is checked against the allow-list again, SrcSet excepted.
//
// External links carry rel="external" and no more: they open in the same
// window, so the other page has no hold on this one, and what it learns of the
// reader is for the page's referrer policy to say, once for the whole site.
func (d *Document) HTML(target func(Link) Target, image func(Link) Picture) string {
	if target == nil {
		target = func(Link) Target { return Target{} }
	}
	if image == nil {
		image = func(Link) Picture { return Picture{} }
	}
	var b strings.Builder
	b.Grow(len(d.html) + 80*len(d.slots))
	written, linked := 0, false
	for _, s := range d.slots {
		b.WriteString(d.html[written:s.at])
		written = s.at
		l := d.Links[s.link]
		switch s.what {
		case linkStart:
			linked = writeLink(&b, l, target(l))
		case linkEnd:
			if linked {
				b.WriteString("</a>")
			}
		case imageHere:
			writeImage(&b, l, image(l))
		}
	}
	b.WriteString(d.html[written:])
	return b.String()
}

// writeLink writes the start tag, and reports whether there is one.
func writeLink(b *strings.Builder, l Link, t Target) bool {
	if check(Hyperlink, t.Href) != nil {
		return false
	}
	b.WriteString(`<a href="`)
	b.WriteString(escape(encoded(t.Href)))
	if l.Title != "" {
		b.WriteString(`" title="`)
		b.WriteString(escape(l.Title))
	}
	if t.External {
		b.WriteString(`" rel="external`)
	}
	b.WriteString(`">`)
	return true
}

func writeImage(b *strings.Builder, l Link, p Picture) {
	if check(Image, p.Src) != nil {
		b.WriteString(escape(l.Text))
		return
	}
	attribute := func(name, value string) {
		b.WriteString(" " + name + `="`)
		b.WriteString(escape(value))
		b.WriteString(`"`)
	}
	b.WriteString("<img")
	attribute("src", encoded(p.Src))
	if p.SrcSet != "" {
		attribute("srcset", p.SrcSet)
	}
	if p.Sizes != "" {
		attribute("sizes", p.Sizes)
	}
	attribute("alt", l.Text)
	if l.Title != "" {
		attribute("title", l.Title)
	}
	if p.Width > 0 && p.Height > 0 {
		attribute("width", strconv.Itoa(p.Width))
		attribute("height", strconv.Itoa(p.Height))
	}
	b.WriteString(` loading="lazy" decoding="async">`)
}

// encoded percent-encodes what may not stand in an address, and keeps what is
// encoded already.
func encoded(address string) string {
	return string(util.URLEscape([]byte(address), false))
}

func escape(s string) string { return html.EscapeString(s) }

// Fingerprint is a hash of all that can be shown of the document: sources that
// differ in what no reader sees have the same.
func (d *Document) Fingerprint() [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%q %d\n", d.html, d.Words)
	for _, s := range d.slots {
		fmt.Fprintf(h, "%d %d %d\n", s.at, s.link, s.what)
	}
	for _, l := range d.Links {
		fmt.Fprintf(h, "%d %q %q\n", l.Kind, l.Title, l.Text)
	}
	for _, heading := range d.Headings {
		fmt.Fprintf(h, "%d %q %q\n", heading.Level, heading.ID, heading.Text)
	}
	return [32]byte(h.Sum(nil))
}
