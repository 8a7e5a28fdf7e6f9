package wordpress

// The text of a post as Markdown.

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Text is the text of a post.
type Text struct {
	Markdown string
	Foreign  []Foreign      // what has no form in Markdown; it must be written again
	Count    map[string]int // what was rewritten, by kind
	Kept     map[string]int // what only the layout of which is lost, by kind

	hasBlocks bool // it was written with the editor of blocks
}

// Foreign is something that has no form in Markdown.
type Foreign struct {
	Line    int // in the text, from 1
	Message string
}

// Converter turns the texts of an export into Markdown.
type Converter struct {
	// Local returns the address to write for a picture; nil leaves it as it is.
	Local func(address string) string

	shortcodes map[string]bool
	files      map[string]string // addresses of attachments, by id
}

// NewConverter returns one for the posts of an export.
func NewConverter(e *Export) *Converter {
	c := &Converter{shortcodes: map[string]bool{}, files: map[string]string{}}
	for _, p := range e.Posts {
		shortcodesIn(p.Text, c.shortcodes)
		if p.File != "" {
			c.files[p.ID] = p.File
		}
	}
	return c
}

// Convert turns one text into Markdown.
func (c *Converter) Convert(text string) Text {
	t := Text{Count: map[string]int{}, Kept: map[string]int{}}
	s := scanner{known: c.shortcodes, picture: func(id string) string { return c.files[id] }, text: &t, ends: map[string]int{}}
	source := s.scan(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0000", " ").Replace(text))
	if err := t.convert(source, c.Local); err != nil {
		t.Markdown = ""
		t.Foreign = append(t.Foreign, Foreign{1, "its HTML cannot be read (" + err.Error() + "): write it again"})
	}
	return t
}

// Layouts are the kinds of what only the layout of which is lost, in order.
func (t Text) Layouts() []string { return slices.Sorted(maps.Keys(t.Kept)) }

// plain is a text that may have tags and entities, such as a title, without them.
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
