// Pages of plain text, and the texts of pages with their links resolved.

package site

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/markdown"
)

func textKinds() []kind {
	return []kind{{&TextPage{}, (*maker).textPages}}
}

// TextPage is "/<page>/": about, accessibility and other pages of plain text.
type TextPage struct {
	Base
	Text
	Page        *content.PageFields
	Contributes bool // it explains how to contribute, and so links to the form
}

// WithBody implements [Texted].
func (p *TextPage) WithBody(b *Body) Page { c := *p; c.Body = b; return &c }

func (m *maker) textPages() {
	for _, p := range m.lib.Pages {
		m.addFrom(textPath(p.ID), p.File, func() Page {
			b := m.from(m.base(textPath(p.ID), p.Title, p.Summary), p.Source, p.Lang)
			return &TextPage{Base: b, Text: textOf(p.Source, p.Summary), Page: &p.PageFields, Contributes: p.ID == contributePage}
		})
	}
}

// Text is what a page shows of the body of its source file. Every kind of page
// that shows one embeds it.
//
// New leaves Body nil, because a body changes far more often than the rest of the
// page: it is set when the page is rendered.
type Text struct {
	Lede string // the summary above the body; empty if the body begins with the same words
	Body *Body
}

// textOf returns the text of an entry, without its body.
func textOf(s content.Source, summary string) Text {
	if s.Excerpted {
		return Text{}
	}
	return Text{Lede: summary}
}

// Texted is a page that embeds [Text].
type Texted interface {
	Page
	WithBody(*Body) Page // returns a copy of the page with this body
}

// Body is a page's text, with its links and images resolved for that page.
type Body struct {
	*content.Body
	Targets []Target // one for each of Links
}

// Target is what a link or image of a body becomes.
type Target struct {
	Href          string // empty if only the text is shown
	External      bool
	Width, Height int    // of an image
	SrcSet        string // of an image: its copies and their widths; empty if there is one size
}

// Fingerprint returns a hash of the body as the page shows it.
func (b *Body) Fingerprint() [32]byte {
	h := sha256.New()
	h.Write(b.Hash[:])
	for _, t := range b.Targets {
		h.Write([]byte(t.Href))
		h.Write([]byte{0, byte(t.Width), byte(t.Width >> 8), byte(t.Height), byte(t.Height >> 8)})
		h.Write([]byte(t.SrcSet))
		if t.External {
			h.Write([]byte{1})
		}
	}
	return [32]byte(h.Sum(nil))
}

// Body returns a page's text with the targets of its links and images, relative
// to the page.
func (s *Site) Body(page Page, body *content.Body, links []library.Destination) *Body {
	b := Of(page)
	made := &Body{Body: body, Targets: make([]Target, len(links))}
	for i, to := range links {
		made.Targets[i] = s.target(b, to)
	}
	return made
}

// target returns where a link to a destination leads from a page. It is empty
// for a dead link: the library reports the link, and the page shows its text.
func (s *Site) target(b *Base, to library.Destination) Target {
	if to.Address != "" {
		return Target{Href: to.Address, External: true}
	}
	if to.File == "" {
		return Target{}
	}
	if to.Entry == nil {
		a := s.attachments[to.File]
		return Target{Href: b.toFile(to.File), Width: a.Width, Height: a.Height, SrcSet: b.srcSet(to.File, a)}
	}
	href := b.to(s.at.entry(to.Entry))
	if to.File == b.source {
		href = ""
	}
	if to.Anchor != "" {
		href += "#" + markdown.IDPrefix + to.Anchor
	}
	if href == "" {
		href = b.to(b.Path)
	}
	return Target{Href: href}
}

// widest is the width of the largest image that a page needs.
const widest = 1600

// srcSet returns the copies of an image and their widths in the form of HTML's
// srcset, with the image itself unless it is larger than any page needs. It is
// empty if there are no copies.
func (b *Base) srcSet(file string, a Attachment) string {
	if len(a.Copies) == 0 {
		return ""
	}
	var candidates []string
	add := func(file string, width int) {
		candidates = append(candidates, strings.ReplaceAll(b.toFile(file), ",", "%2C")+" "+strconv.Itoa(width)+"w")
	}
	for _, c := range a.Copies {
		add(c.Path, c.Width)
	}
	if a.Width <= widest || a.Copies[len(a.Copies)-1].Width < widest {
		add(file, a.Width)
	}
	return strings.Join(candidates, ", ")
}

// Attachments returns the files below content/ that the pages lead to: those of
// resources, those that the bodies name, and pictures with their copies.
func (s *Site) Attachments(bodies map[string]*content.Body, links library.Links) []string {
	used := map[string]bool{}
	if s.library.Logo != "" {
		used[s.library.Logo] = true
	}
	addPicture := func(file string) {
		used[file] = true
		for _, c := range s.attachments[file].Copies {
			used[c.Path] = true
		}
	}
	for _, c := range s.library.Cases {
		if c.Picture != "" {
			addPicture(c.Picture)
		}
	}
	for _, r := range s.library.Resources {
		if r.Attached != "" {
			used[r.Attached] = true
		}
	}
	for _, p := range s.Pages {
		body := bodies[p.Source]
		if !p.HasText() || body == nil {
			continue
		}
		for i, to := range links[p.Source] {
			if to.File == "" || to.Entry != nil {
				continue
			}
			used[to.File] = true
			if body.Document.Links[i].Kind == markdown.Image {
				addPicture(to.File)
			}
		}
	}
	return slices.Sorted(maps.Keys(used))
}
