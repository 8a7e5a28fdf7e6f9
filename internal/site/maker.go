// The maker of the pages of one kind, and what all pages have in common.

package site

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
)

// maker collects the pages of one kind.
type maker struct {
	lib     *library.Library
	opts    Options
	at      *paths
	orders  *orders            // shared by all makers
	deck    *deck              // shared by all makers
	card    string             // absolute address of the card of a page without its own; empty if there is none
	chromes map[string]*Chrome // by Root
	pages   []Page
	lists   map[string]*Collection // by path
	claims  []claim
}

// claim is a page at an address that the content asks for.
type claim struct {
	page Page
	at   content.Position // where the content asks for it
}

// makeAll makes the pages of all kinds, several kinds at a time, and joins them in
// the order of the kinds.
func makeAll(lib *library.Library, opts Options) *maker {
	at, orders, deck, card := newPaths(lib), newOrders(lib), newDeck(), siteCard(lib, opts.BaseURL)
	all := kinds()
	makers := make([]*maker, len(all))
	_ = parallel.Each(context.Background(), len(all), func(i int) error { // no maker returns an error
		makers[i] = &maker{lib: lib, opts: opts, at: at, orders: orders, deck: deck, card: card, chromes: map[string]*Chrome{}, lists: map[string]*Collection{}}
		all[i].make(makers[i])
		return nil
	})
	deck.close()
	joined := &maker{lib: lib, opts: opts, at: at, lists: map[string]*Collection{}}
	for _, m := range makers {
		joined.pages, joined.claims = append(joined.pages, m.pages...), append(joined.claims, m.claims...)
		maps.Copy(joined.lists, m.lists)
	}
	return joined
}

func (m *maker) add(p Page) { m.pages = append(m.pages, p) }

// base returns what every page has. The addresses of crumbs start at the root
// of the site.
func (m *maker) base(path, title, description string, crumbs ...Link) Base {
	root := rootOf(path)
	b := Base{Path: path, Root: root, Title: title, Description: description, Lang: m.lib.Site.Language, Site: m.chrome(root), at: m.at, deck: m.deck, attachments: m.opts.Attachments}
	if path != "/" {
		b.Breadcrumbs = append(b.Breadcrumbs, Link{Key: "home.label", Href: root})
	}
	for _, c := range crumbs {
		c.Href = b.to(c.Href)
		b.Breadcrumbs = append(b.Breadcrumbs, c)
	}
	if m.opts.BaseURL != "" {
		b.Canonical = strings.TrimSuffix(m.opts.BaseURL, "/") + path
		b.SocialCard = m.card
	}
	b.Report, b.Issue = m.report(&b), m.issue(&b)
	return b
}

// from adds to the base of a page which file the page is about, and the language
// of that file when it differs from the site's.
func (m *maker) from(b Base, s content.Source, lang string) Base {
	b.source = s.File
	if lang != "" {
		b.Lang = lang
	}
	if m.lib.Site.EditURL != "" {
		b.Edit = strings.TrimSuffix(m.lib.Site.EditURL, "/") + "/" + s.File
	}
	return b
}

// chrome returns the header and footer of the pages at one depth.
func (m *maker) chrome(root string) *Chrome {
	if c := m.chromes[root]; c != nil {
		return c
	}
	s := m.lib.Site
	c := &Chrome{Title: s.Title, Lang: s.Language, Home: root, OpenSearch: m.opts.BaseURL != "", Slugs: m.at.words, Licence: licence(s.Licence), Footer: s.Footer, Email: emailOf(s.Contact)}
	c.Logo = m.logo(root)
	if s.Offline {
		c.Worker = root + workerFile
	}
	for _, item := range s.Navigation {
		link := Link{Label: item.Label, Href: item.Path.Text}
		if !isOutside(link.Href) {
			link.Href = root + strings.TrimPrefix(link.Href, "/")
		}
		c.Navigation = append(c.Navigation, link)
	}
	for _, p := range m.lib.Principles {
		c.Principles = append(c.Principles, PrincipleTag{Link: Link{Label: p.Title, Href: root + strings.TrimPrefix(m.at.principle(p.ID), "/")}, Number: p.Number})
	}
	for _, p := range m.lib.Pages {
		href := root + p.ID + "/"
		c.Pages = append(c.Pages, Link{Label: p.Title, Href: href})
		if p.ID == contributePage {
			c.Contribute = href
		}
	}
	if s.Contact != "" || s.EditURL != "" {
		c.Form = root + strings.TrimPrefix(FormPath, "/")
		c.Contribute = cmp.Or(c.Contribute, c.Form)
	}
	m.chromes[root] = c
	return c
}

// workerFile and workerList are the files of the service worker, which package
// offline makes.
const (
	workerFile = "sw.js"
	workerList = "sw.json"
)

// contributePage is the id of the page that explains how to contribute.
const contributePage = "contribute"

// licence returns a licence with the address of its text. Creative Commons has
// its own pages, and SPDX has one for every identifier
// (https://spdx.org/licenses/).
func licence(id string) Licence {
	if id == "" {
		return Licence{}
	}
	if id == "CC0-1.0" {
		return Licence{id, "https://creativecommons.org/publicdomain/zero/1.0/"}
	}
	if rest, ok := strings.CutPrefix(id, "CC-"); ok {
		if i := strings.LastIndexByte(rest, '-'); i > 0 {
			return Licence{id, "https://creativecommons.org/licenses/" + strings.ToLower(rest[:i]) + "/" + rest[i+1:] + "/"}
		}
	}
	return Licence{id, "https://spdx.org/licenses/" + url.PathEscape(id) + ".html"}
}
