package pipeline

import (
	"context"
	"fmt"

	"casebook/internal/content"
	"casebook/internal/site"
	"casebook/internal/theme"
	"casebook/internal/twin"
)

// pageCache keeps the pages of the last build that rendered any.
type pageCache struct {
	prints fingerprinter
	byPath map[string]*renderedPage
	theme  *theme.Theme // that they were rendered with
	store  *store       // their bytes
	twins  *twin.Writer
}

// renderedPage is a page, its bytes and the key of all that they are made of.
type renderedPage struct {
	page site.Page     // as site.New made it, without its body
	body *content.Body // as it was parsed, or nil

	data  [32]byte   // fingerprint of page
	text  [32]byte   // of the body with its links resolved; zero when there is none
	theme [32]byte   // theme.Key of the page
	used  theme.Used // the templates that it took

	file   *File
	twin   *File // the page as Markdown, or nil
	load   load
	reason string // why the last build rendered it; empty when it did not
}

// render turns pages into bytes; it renders again those whose key has changed.
func (b *Builder) render(ctx context.Context, s *site.Site, themed themed, texts texts) ([]*renderedPage, error) {
	if b.pages.byPath == nil {
		b.kept.pages = b.pages.recall(b.opts.Cache)
	}
	if err := b.pages.openStore(b.slack); err != nil {
		return nil, err
	}
	pages := make([]*renderedPage, len(s.Pages))
	err := b.each(ctx, Rendering, len(pages), func(i int) (err error) {
		pages[i], err = b.pages.page(s, themed, s.Pages[i], texts)
		return err
	})
	if err != nil {
		return nil, err
	}
	b.pages.byPath = make(map[string]*renderedPage, len(pages))
	for _, p := range pages {
		b.pages.byPath[site.Of(p.page).Path] = p
	}
	b.pages.theme = themed.theme
	return pages, nil
}

// openStore makes the store of pages, and a new one when most of what is in it
// is outdated: pages that are not rendered again then move to it. Earlier
// snapshots keep the store that they are in.
func (c *pageCache) openStore(slack int64) (err error) {
	used := int64(0)
	for _, p := range c.byPath {
		used += p.file.Size
		if p.twin != nil {
			used += p.twin.Size
		}
	}
	if c.store == nil || c.store.outdated(used, slack) {
		c.store, err = newStore()
	}
	return err
}

// page renders one page, or takes what an earlier build made from the same data.
func (c *pageCache) page(s *site.Site, themed themed, page site.Page, texts texts) (*renderedPage, error) {
	p := &renderedPage{page: page}
	if _, ok := page.(site.Texted); ok {
		p.body = texts.bodies[site.SourceOf(page)]
	}
	known := c.byPath[site.Of(page).Path]
	// Pages of one site are the same objects, and links lead to the same targets.
	samePage := known != nil && known.page == page
	sameText := samePage && known.body == p.body
	if sameText && c.theme == themed.theme {
		return p, c.reuse(p, known)
	}
	var text *site.Body
	if p.body != nil {
		text = s.Body(page, p.body, texts.links[site.SourceOf(page)])
	}
	if samePage {
		p.data = known.data
	} else {
		p.data = c.prints.of(page)
	}
	if sameText {
		p.text = known.text
	} else if text != nil {
		p.text = text.Fingerprint()
	}
	if known != nil {
		p.theme = themed.theme.Key(page, known.used)
		if p.data == known.data && p.text == known.text && p.theme == known.theme {
			if err := c.reuse(p, known); err != nil || p.file.store != nil {
				return p, err
			}
			p.file = p.file.later(func() ([]byte, error) { return p.render(themed, text) })
			if p.twin != nil {
				p.twin = p.twin.later(func() ([]byte, error) { return c.writeTwin(p, themed, text) })
			}
			return p, nil
		}
	}
	p.reason = reason(known, p)
	return p, c.renderPage(p, themed, text)
}

// withText is the page with its text, if it has one.
func (p *renderedPage) withText(text *site.Body) site.Page {
	if texted, ok := p.page.(site.Texted); ok && text != nil {
		return texted.WithBody(text)
	}
	return p.page
}

// render renders a page that an earlier process rendered, which kept no bytes.
func (p *renderedPage) render(themed themed, text *site.Body) ([]byte, error) {
	data, _, err := themed.theme.Render(nil, p.withText(text))
	return data, err
}

// writeTwin is render for the page as Markdown.
func (c *pageCache) writeTwin(p *renderedPage, themed themed, text *site.Body) ([]byte, error) {
	data, err := p.render(themed, text)
	if err != nil {
		return nil, err
	}
	return c.twins.Of(data, site.Of(p.page).Canonical)
}

// renderPage renders a page with its text, if it has one.
func (c *pageCache) renderPage(p *renderedPage, themed themed, text *site.Body) error {
	page := p.withText(text)
	buffer := scratch.Get().(*[]byte)
	defer scratch.Put(buffer)
	data, used, err := themed.theme.Render((*buffer)[:0], page)
	*buffer = data
	if err != nil {
		return err
	}
	p.used, p.theme = used, themed.theme.Key(page, used)
	p.load = themed.weights.load(page, data, themed.theme.AssetsOf(page))
	if p.file, err = c.store.keep(site.OutputPath(site.Of(page).Path), data); err != nil || site.Of(page).Twin == "" {
		return err
	}
	markdown, err := c.twins.Of(data, site.Of(page).Canonical)
	if err != nil {
		return fmt.Errorf("write %s as Markdown: %w", site.Of(page).Path, err)
	}
	p.twin, err = c.store.keep(site.TwinPath(site.Of(page).Path), markdown)
	return err
}

// reuse takes over the bytes of the same page of an earlier build.
func (c *pageCache) reuse(p, known *renderedPage) (err error) {
	p.data, p.text, p.theme, p.used = known.data, known.text, known.theme, known.used
	p.file, p.twin, p.load = known.file, known.twin, known.load
	if p.file.store == nil || p.file.store == c.store {
		return nil
	}
	if p.twin != nil {
		if p.twin, err = p.twin.moved(c.store); err != nil {
			return err
		}
	}
	p.file, err = p.file.moved(c.store)
	return err
}
