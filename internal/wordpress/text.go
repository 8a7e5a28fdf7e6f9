// The text of a post as Markdown.

package wordpress

import (
	"strings"

	"golang.org/x/net/html"
)

// Text is the text of a post.
type Text struct {
	Markdown string
	Foreign  []Foreign      // what Markdown cannot express; it must be written again
	Count    map[string]int // number of pieces that were rewritten, by kind
	Kept     map[string]int // number of pieces that only lost their layout, by kind
	Reused   map[string]int // how often it shows each reusable block, by id

	hasBlocks bool // it was written with the block editor
}

// Foreign is something that Markdown cannot express.
type Foreign struct {
	Line    int // in the text, from 1
	Message string
}

// Converter turns the texts of an export into Markdown.
type Converter struct {
	// Local returns the address to write for a picture; nil means that
	// addresses stay unchanged.
	Local func(address string) string

	shortcodes map[string]bool
	files      map[string]string // addresses of attachments, by id
	reusable   map[string]string // texts of reusable blocks, by id
}

// NewConverter returns a converter for the posts of an export.
func NewConverter(e *Export) *Converter {
	c := &Converter{shortcodes: map[string]bool{}, files: map[string]string{}, reusable: map[string]string{}}
	for _, p := range e.Posts {
		shortcodesIn(p.Text, c.shortcodes)
		if p.File != "" {
			c.files[p.ID] = p.File
		}
		if p.Type == ReusableBlock {
			c.reusable[p.ID] = withoutCarriageReturns.Replace(p.Text)
		}
	}
	return c
}

// Convert turns the text of a post into Markdown.
func (c *Converter) Convert(p Post) Text {
	t := Text{Count: map[string]int{}, Kept: map[string]int{}, Reused: map[string]int{}}
	left := maxText
	s := scanner{known: c.shortcodes, files: c.files, reusable: c.reusable, left: &left, text: &t, ends: map[string]int{}}
	source := s.scan(withoutCarriageReturns.Replace(p.Text))
	if err := t.convert(source, p.footnotes(), c.Local); err != nil {
		t.Markdown = ""
		t.Foreign = append(t.Foreign, Foreign{1, "its HTML cannot be read (" + err.Error() + "): write it again"})
	}
	return t
}

// withoutCarriageReturns replaces the line ends of Windows, and NUL, which HTML
// cannot hold.
var withoutCarriageReturns = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0000", " ")

// plain returns a text, such as a title, without the tags and entities that it
// may have.
func plain(text string) string {
	if strings.ContainsAny(text, "<&") {
		var b strings.Builder
		tokens := html.NewTokenizer(strings.NewReader(text))
		for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
			if kind == html.TextToken {
				b.WriteString(html.UnescapeString(string(tokens.Raw())))
			}
		}
		text = b.String()
	}
	return strings.Join(strings.Fields(text), " ")
}
