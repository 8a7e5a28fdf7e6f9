// Footnotes of the block editor: marks in the text, and their texts in a field of the
// post.

package wordpress

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/JohannesKaufmann/dom"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FootnotesKey is the key of the field that holds the footnotes of a post.
const FootnotesKey = "footnotes"

// footnote is a footnote as the field holds it.
type footnote struct {
	ID      string `json:"id"`
	Content string `json:"content"` // HTML, one paragraph
	number  int    // in the order of the text, from 1; 0: the text does not have its mark
}

// footnotes returns the footnotes of a post.
func (p *Post) footnotes() (all []*footnote) {
	for _, f := range p.Fields {
		if f.Key == FootnotesKey && json.Unmarshal([]byte(f.Value), &all) != nil {
			return nil
		}
	}
	return all
}

// footnoteMark is an element that is written as the mark of a footnote.
const footnoteMark = "footnote-mark"

// markFootnotes numbers the footnotes in the order of the text. It reports a mark without
// a text, which stays as it is.
func (t *Text) markFootnotes(body *html.Node, notes []*footnote) {
	byID := map[string]*footnote{}
	for _, note := range notes {
		if note != nil && strings.TrimSpace(note.Content) != "" {
			byID[note.ID] = note
		}
	}
	numbered := 0
	for n := range body.Descendants() {
		id := attr(n, "data-fn")
		if n.DataAtom != atom.Sup || id == "" {
			continue
		}
		note := byID[id]
		if note == nil {
			t.Foreign = append(t.Foreign, Foreign{1, fmt.Sprintf("the footnote %s has no text in the export: write it", dom.CollectText(n))})
			continue
		}
		if note.number == 0 {
			numbered++
			note.number = numbered
			t.Count["footnote"]++
		}
		for n.FirstChild != nil {
			n.RemoveChild(n.FirstChild)
		}
		n.DataAtom, n.Data = 0, footnoteMark
		setAttr(n, "number", fmt.Sprint(note.number))
	}
}

// footnoteTexts returns the texts of the footnotes as Markdown, in the order of their
// numbers. It reports those that the text does not have a mark for.
func (t *Text) footnoteTexts(notes []*footnote) (string, error) {
	lines := make([]string, len(notes))
	for _, note := range notes {
		if note == nil {
			continue
		}
		body := newElement(atom.Body, newElement(atom.P))
		nodes, err := html.ParseFragment(strings.NewReader(note.Content), body.FirstChild)
		if err != nil {
			return "", err
		}
		for _, n := range nodes {
			body.FirstChild.AppendChild(n)
		}
		t.adapt(body)
		markdown, err := newConverter().ConvertNode(body)
		if err != nil {
			return "", err
		}
		text := strings.Join(strings.Fields(string(markdown)), " ")
		switch {
		case note.number > 0:
			lines[note.number-1] = fmt.Sprintf("\n[^%d]: %s\n", note.number, text)
		case text != "":
			t.Foreign = append(t.Foreign, Foreign{1, fmt.Sprintf("the footnote %q has no number in the text: write it where it belongs", text)})
		}
	}
	return strings.Join(lines, ""), nil
}
