// The HTML of a document, with addresses of links and images filled in.

package markdown

import (
	"crypto/sha256"
	"encoding/binary"
	"html"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/util"
)

// slot is a position in the HTML that is filled in for each page.
type slot struct {
	at   int // offset in the HTML
	link int // index in Document.Links; for the title of a note, in noteKinds
	what opening
}

// opening is the kind of a slot.
type opening uint8

const (
	linkStart opening = iota
	linkEnd
	imageHere
	figureHere // an image whose title is the caption below it
	noteTitle
)

// Target is the address of a hyperlink, relative to the page that shows it.
type Target struct {
	Href     string // empty: the text is shown without a link
	External bool   // to another site: gets rel="external"
}

// Picture is an image file, relative to the page that shows it.
type Picture struct {
	Src           string // empty: the alternative text is shown instead
	Width, Height int    // in pixels, 0 if unknown
	SrcSet, Sizes string // as in HTML, empty if there is one size
}

// Slots are the functions that fill in a document for the page that shows it. A
// function may be nil.
type Slots struct {
	Link  func(Link) Target     // nil: links have no address
	Image func(Link) Picture    // nil: images have no address
	Note  func(NoteKind) string // the title of a note; nil: in English
}

// HTML returns the body as HTML flow content with headings from h2. It calls
// slots.Link for each hyperlink and slots.Image for each image, in the order of
// Links. The addresses that they return must be allowed too, except those in
// SrcSet.
//
// External links have rel="external" only: they open in the same window, so
// noopener is not needed, and the page has its own referrer policy.
func (d *Document) HTML(slots Slots) string {
	if slots.Link == nil {
		slots.Link = func(Link) Target { return Target{} }
	}
	if slots.Image == nil {
		slots.Image = func(Link) Picture { return Picture{} }
	}
	if slots.Note == nil {
		slots.Note = NoteKind.title
	}
	var b strings.Builder
	b.Grow(len(d.html) + 80*len(d.slots))
	written, linked := 0, false
	for _, s := range d.slots {
		b.WriteString(d.html[written:s.at])
		written = s.at
		switch s.what {
		case linkStart:
			linked = writeLink(&b, d.Links[s.link], slots.Link(d.Links[s.link]))
		case linkEnd:
			if linked {
				b.WriteString("</a>")
			}
		case imageHere:
			writeImage(&b, d.Links[s.link], d.Links[s.link].Title, slots.Image(d.Links[s.link]))
		case figureHere:
			writeImage(&b, d.Links[s.link], "", slots.Image(d.Links[s.link]))
		case noteTitle:
			b.WriteString("<p><strong>" + escape(slots.Note(noteKinds[s.link])) + "</strong></p>\n")
		}
	}
	b.WriteString(d.html[written:])
	return b.String()
}

// Split returns the document without its Text and HTML, and both of these, which take
// most of its memory. No method of the first must be called.
func (d *Document) Split() (rest *Document, text, html string) {
	without := *d
	without.Text, without.html = "", ""
	return &without, d.Text, d.html
}

// Join returns the document that Split has divided. With an empty text, only its HTML
// and Fingerprint may be called.
func (d *Document) Join(text, html string) *Document {
	with := *d
	with.Text, with.html = text, html
	return &with
}

// FirstParagraph returns the plain text of the first paragraph outside lists and quotes
// that is more than images.
func (d *Document) FirstParagraph() string { return d.Text[d.first[0]:d.first[1]] }

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

func writeImage(b *strings.Builder, l Link, title string, p Picture) {
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
	if title != "" {
		attribute("title", title)
	}
	if p.Width > 0 && p.Height > 0 {
		attribute("width", strconv.Itoa(p.Width))
		attribute("height", strconv.Itoa(p.Height))
	}
	b.WriteString(` loading="lazy" decoding="async">`)
}

// encoded percent-encodes the characters that are not allowed in an address,
// and keeps existing escapes and the brackets around an IPv6 host.
func encoded(address string) string {
	if host, rest, ok := strings.Cut(address, "://["); ok && strings.IndexByte(host, '/') < 0 {
		if ip, path, ok := strings.Cut(rest, "]"); ok {
			return host + "://[" + ip + "]" + string(util.URLEscape([]byte(path), false))
		}
	}
	return string(util.URLEscape([]byte(address), false))
}

func escape(s string) string { return html.EscapeString(s) }

// Fingerprint returns a hash of everything that the document can show. Sources
// that differ only in what no reader sees, such as comments, have the same hash.
func (d *Document) Fingerprint() [32]byte {
	buffer := encodings.Get().(*[]byte)
	defer encodings.Put(buffer)
	b := (*buffer)[:0]
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	text := func(s string) { number(len(s)); b = append(b, s...) }
	text(d.html)
	number(d.Words)
	number(len(d.slots))
	for _, s := range d.slots {
		number(s.at)
		number(s.link)
		number(int(s.what))
	}
	number(len(d.Links))
	for _, l := range d.Links {
		number(int(l.Kind))
		text(l.Title)
		text(l.Text)
	}
	number(len(d.Headings))
	for _, heading := range d.Headings {
		number(heading.Level)
		text(heading.ID)
		text(heading.Text)
	}
	*buffer = b
	return sha256.Sum256(b)
}

// encodings recycles the buffers of Fingerprint.
var encodings = sync.Pool{New: func() any { return new([]byte) }}
