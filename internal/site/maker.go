// The maker of the pages of one kind, and what all pages have in common.

package site

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"strings"
	"sync"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
)

// maker plans the pages of one kind, and makes them. When all pages are planned it
// does not change any more, so that pages can be made concurrently.
type maker struct {
	*common
	kind   Page // an empty page of the kind
	plans  []*Plan
	lists  map[string]*Collection // by path
	claims []claim
}

// common is what all makers share. It is safe for concurrent use.
type common struct {
	lib     *library.Library
	opts    Options
	at      *paths
	orders  *orders
	deck    *deck
	card    string   // absolute address of the card of a page without its own; empty if there is none
	chromes sync.Map // Root → *Chrome
}

// claim is a page at an address that the content asks for.
type claim struct {
	plan *Plan
	at   content.Position // where the content asks for it
}

// planAll plans the pages of all kinds, several kinds at a time, and joins them in
// the order of the kinds.
func planAll(lib *library.Library, opts Options) *maker {
	shared := &common{lib: lib, opts: opts, at: newPaths(lib), orders: newOrders(lib), deck: &deck{}, card: siteCard(lib, opts.BaseURL)}
	all := kinds()
	makers := make([]*maker, len(all))
	_ = parallel.Each(context.Background(), len(all), func(i int) error { // no maker returns an error
		makers[i] = &maker{common: shared, kind: all[i].page, lists: map[string]*Collection{}}
		all[i].plan(makers[i])
		return nil
	})
	joined := &maker{common: shared, lists: map[string]*Collection{}}
	for _, m := range makers {
		joined.plans, joined.claims = append(joined.plans, m.plans...), append(joined.claims, m.claims...)
		maps.Copy(joined.lists, m.lists)
	}
	return joined
}

// add plans a page about no file.
func (m *maker) add(path string, make func() Page) { m.addFrom(path, "", make) }

// addFrom plans a page about a file below content/.
func (m *maker) addFrom(path, source string, make func() Page) {
	m.plans = append(m.plans, &Plan{path, source, m.kind, make})
}

// single returns a plan of a kind with one page, which is about no file.
func single(path string, make func(*maker) Page) func(*maker) {
	return func(m *maker) { m.add(path, func() Page { return make(m) }) }
}

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
	if hasOwnFiles(m.lib) && IsListed(m.kind) && strings.HasSuffix(path, "/") {
		b.Twin = twinFile
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
	if known, ok := m.chromes.Load(root); ok {
		return known.(*Chrome)
	}
	known, _ := m.chromes.LoadOrStore(root, m.newChrome(root))
	return known.(*Chrome)
}

func (m *maker) newChrome(root string) *Chrome {
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
