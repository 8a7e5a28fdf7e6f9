package pipeline

// Rendering the pages that have changed.

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"casebook/internal/content"
	"casebook/internal/site"
	"casebook/internal/theme"
	"casebook/internal/twin"
)

// pageCache keeps the pages of the last build that rendered pages.
type pageCache struct {
	prints fingerprinter
	byPath map[string]*renderedPage
	made   libraryKey // of the site that they belong to
	theme  [32]byte   // theme.Sum of the theme that rendered them
	kept   bool       // whether the cache has them
	store  *store     // holds their bytes
	twins  *twin.Writer
}

// renderedPage is a page, its bytes and the hashes of everything that they depend
// on.
type renderedPage struct {
	plan *site.Plan // makes the page, without its body; nil if an earlier process rendered it
	html *File      // the HTML of the body, if it has none

	body  [32]byte   // hash of the parsed body; zero when there is none
	data  [32]byte   // fingerprint of the page
	text  [32]byte   // fingerprint of the body with its links resolved; zero when there is none
	theme [32]byte   // theme.Key of the page
	used  theme.Used // the templates that it uses

	file   *File
	twin   *File // the page as Markdown, or nil
	load   load
	reason string // why the last build rendered it; "" when it did not
}

// render returns all pages as bytes. It renders only the pages whose hashes have
// changed.
func (b *Builder) render(ctx context.Context, s *site.Site, themed themed, texts texts) ([]*renderedPage, error) {
	if b.pages.byPath == nil {
		b.pages.recall(b.opts.Cache)
	}
	if err := b.pages.openStore(b.slack); err != nil {
		return nil, err
	}
	pages := make([]*renderedPage, len(s.Pages))
	err := b.each(ctx, Rendering, len(pages), func(i int) (err error) {
		pages[i], err = b.pages.page(s, b.library.key, themed, s.Pages[i], texts)
		return err
	})
	b.pages.prints.forget()
	s.Forget()
	if err != nil {
		return nil, err
	}
	c := &b.pages
	c.kept = c.kept && c.made == b.library.key && c.theme == themed.sum && len(c.byPath) == len(pages) && !slices.ContainsFunc(pages, func(p *renderedPage) bool { return p.reason != "" })
	c.byPath = make(map[string]*renderedPage, len(pages))
	for _, p := range pages {
		c.byPath[p.plan.Path] = p
	}
	c.made, c.theme = b.library.key, themed.sum
	return pages, nil
}

// openStore makes the store of pages, or a new one when most of the current one is
// outdated. Unchanged pages then move to the new store. Earlier snapshots keep
// using their store.
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

// page renders one page of the site with the key, or reuses the result of an earlier
// build from the same data. It makes the data of the page only if it may be new.
func (c *pageCache) page(s *site.Site, key libraryKey, themed themed, plan *site.Plan, texts texts) (*renderedPage, error) {
	p := &renderedPage{plan: plan}
	var body *content.Body
	if plan.HasText() {
		if f := texts.parsed[plan.Source]; f != nil {
			body, p.html = f.Body, f.html
		}
	}
	text := func(page site.Page) *site.Body { return nil }
	if body != nil {
		p.body = body.Hash
		text = func(page site.Page) *site.Body { return s.Body(page, body, texts.links[plan.Source]) }
	}
	page := sync.OnceValue(plan.Page)
	known := c.byPath[plan.Path]
	// In the same site, the page is the same and its links have the same targets.
	samePage := known != nil && c.made == key
	if samePage {
		p.data = known.data
	} else {
		p.data = c.prints.of(page())
	}
	if samePage && known.body == p.body {
		p.text = known.text
	} else if body != nil {
		p.text = text(page()).Fingerprint()
	}
	if known != nil {
		if p.theme = known.theme; c.theme != themed.sum || p.data != known.data {
			p.theme = themed.theme.Key(page(), known.used)
		}
		if p.data == known.data && p.text == known.text && p.theme == known.theme {
			return p, c.reuse(p, known, themed, text)
		}
	}
	p.reason = c.prints.reason(known, p, page())
	return p, c.renderPage(p, themed, page(), text(page()))
}

// withText returns a page with its text, if it has one.
func (p *renderedPage) withText(page site.Page, text *site.Body) (site.Page, error) {
	texted, ok := page.(site.Texted)
	if !ok || text == nil {
		return page, nil
	}
	if p.html == nil {
		return texted.WithBody(text), nil
	}
	html, err := p.html.Bytes()
	return texted.WithBody(&site.Body{Body: text.Join("", string(html)), Targets: text.Targets}), err
}

// render renders a page again that an earlier process rendered, because the cache
// does not hold the bytes of pages.
func (p *renderedPage) render(themed themed, text func(site.Page) *site.Body) ([]byte, site.Page, error) {
	page := p.plan.Page()
	page, err := p.withText(page, text(page))
	if err != nil {
		return nil, nil, err
	}
	data, _, err := themed.theme.Render(nil, page)
	return data, page, err
}

// writeTwin is like render, for the page as Markdown.
func (c *pageCache) writeTwin(p *renderedPage, themed themed, text func(site.Page) *site.Body) ([]byte, error) {
	data, page, err := p.render(themed, text)
	if err != nil {
		return nil, err
	}
	return c.twins.Of(data, site.Of(page).Canonical)
}

// renderPage renders a page with its text, if it has one.
func (c *pageCache) renderPage(p *renderedPage, themed themed, page site.Page, text *site.Body) error {
	page, err := p.withText(page, text)
	if err != nil {
		return err
	}
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

// reuse copies the result of the same page from an earlier build, and moves its
// bytes to the current store. The bytes that an earlier process wrote are made again
// on demand.
func (c *pageCache) reuse(p, known *renderedPage, themed themed, text func(site.Page) *site.Body) (err error) {
	p.used, p.load = known.used, known.load
	p.file, p.twin = known.file, known.twin
	switch p.file.store {
	case c.store:
		return nil
	case nil:
		p.file = p.file.later(func() ([]byte, error) {
			data, _, err := p.render(themed, text)
			return data, err
		})
		if p.twin != nil {
			p.twin = p.twin.later(func() ([]byte, error) { return c.writeTwin(p, themed, text) })
		}
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
