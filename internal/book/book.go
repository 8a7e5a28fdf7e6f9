// Package book combines the pages of a site into one document to read from
// beginning to end: an EPUB for e-book readers, or a PDF.
//
// Its input is the files of a built site, and the library, which decides which
// pages are chapters. The text of a chapter is the main element of its page,
// without what is only useful on a screen: navigation, forms and drawings.
package book

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/publish"
	"casebook/internal/site"

	"golang.org/x/net/html"
)

// Book is a document that has not been written yet.
type Book struct {
	Title    string
	Subtitle string // may be empty
	Language string // BCP 47
	Address  string // of the site, or empty
	Licence  string // SPDX identifier, or empty
	Date     content.Date

	chapters []*chapter
	pictures []publish.File // those that chapters show, by path
}

// Options say which part of the library is in a book.
type Options struct {
	Principle string // the id of the only principle, which the book holds with its case studies; empty means the whole library
	Address   string // of the site; if empty, links to pages that are not in the book have no address
	Today     content.Date
}

// New returns a book of the library and the files of its site.
func New(ctx context.Context, lib *library.Library, files []publish.File, opts Options) (*Book, error) {
	outline, err := outlineOf(lib, opts.Principle)
	if err != nil {
		return nil, err
	}
	b := &Book{
		Title: lib.Site.Title, Subtitle: lib.Site.Tagline, Language: cmp.Or(lib.Site.Language, "en"), Licence: lib.Site.Licence,
		Address: strings.TrimSuffix(opts.Address, "/"), Date: opts.Today, chapters: outline,
	}
	if opts.Principle != "" {
		b.Subtitle = outline[0].title
	}
	return b, b.read(ctx, files)
}

// read reads the chapters from the files of the site.
func (b *Book) read(ctx context.Context, files []publish.File) error {
	byPath := make(map[string]publish.File, len(files))
	for _, f := range files {
		byPath[f.Path] = f
	}
	err := parallel.Each(ctx, len(b.chapters), func(i int) error { return b.chapters[i].read(byPath) })
	if err == nil {
		b.resolve(byPath)
	}
	return err
}

// chapter is one page of the site.
type chapter struct {
	title string
	depth int    // 1 for a principle, 2 for its case studies
	path  string // of its page in the site, "cases/x/index.html"

	language string
	body     *html.Node      // the main element of the page
	ids      map[string]bool // of its elements
}

// outlineOf returns the chapters: each principle, followed by the case studies
// that name it first, then the case studies without a principle, the resources
// and the texts.
func outlineOf(lib *library.Library, only string) ([]*chapter, error) {
	pageOf := site.PageOf(lib)
	var all []*chapter
	add := func(depth int, title string, from content.Source) {
		if path := pageOf(from.File); path != "" {
			all = append(all, &chapter{title: title, depth: depth, path: site.OutputPath(path)})
		}
	}
	addCase := func(depth int, c *library.CaseStudy) { add(depth, c.Title, c.Source) }
	for _, p := range lib.Principles {
		if only != "" && p.ID != only {
			continue
		}
		add(1, p.Title, p.Source)
		for _, c := range lib.Cases {
			if slices.Contains(c.Principles, p) && (only != "" || c.Principles[0] == p) {
				addCase(2, c)
			}
		}
	}
	if only != "" {
		if all == nil {
			return nil, fmt.Errorf("there is no %s %q: write one of %s", lib.Site.Terms.Rename("principle"), only, principleIDs(lib))
		}
		return all, nil
	}
	for _, c := range lib.Cases {
		if len(c.Principles) == 0 {
			addCase(1, c)
		}
	}
	for _, r := range lib.Resources {
		add(1, r.Title, r.Source)
	}
	for _, p := range lib.Pages {
		add(1, p.Title, p.Source)
	}
	return all, nil
}

func principleIDs(lib *library.Library) string {
	var ids []string
	for _, p := range lib.Principles {
		ids = append(ids, p.ID)
	}
	return strings.Join(ids, ", ")
}

// read reads the page of the chapter.
func (c *chapter) read(files map[string]publish.File) error {
	f, ok := files[c.path]
	if !ok {
		return fmt.Errorf("the site has no page %s", c.path)
	}
	data, err := f.Bytes()
	if err != nil {
		return err
	}
	page, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	c.ids = map[string]bool{}
	for n := range page.Descendants() {
		switch {
		case n.Data == "html" && n.Type == html.ElementNode:
			c.language = value(n, "lang")
		case n.Data == "main" && n.Type == html.ElementNode:
			c.body = n
		}
	}
	if c.body == nil {
		return fmt.Errorf("the page %s has no main element: add it to the theme's layout", c.path)
	}
	c.clean(c.body)
	return nil
}

// resolve changes the addresses of links and pictures in all chapters to those
// in the book.
func (b *Book) resolve(files map[string]publish.File) {
	chapters := map[string]*chapter{}
	for _, c := range b.chapters {
		chapters[c.path] = c
	}
	pictures := map[string]bool{}
	for _, c := range b.chapters {
		for n := range c.body.Descendants() {
			switch {
			case n.Type != html.ElementNode:
			case n.Data == "a":
				b.link(c, n, chapters)
			case n.Data == "img":
				path, _ := within(c.path, value(n, "src"))
				f, ok := files[path]
				if !ok {
					set(n, "src", "")
				} else if !pictures[path] {
					pictures[path] = true
					b.pictures = append(b.pictures, f)
				}
			}
		}
		c.removeEmptyPictures()
	}
	slices.SortFunc(b.pictures, func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
}

// link changes a link of a chapter to an address that works in a book: that of
// a chapter, as the path of its page and an id, or that of a page of the site.
func (b *Book) link(c *chapter, n *html.Node, chapters map[string]*chapter) {
	href := value(n, "href")
	path, fragment := within(c.path, href)
	if path == "" {
		if scheme, _, _ := strings.Cut(href, ":"); !slices.Contains([]string{"https", "http", "mailto", "tel"}, scheme) {
			remove(n, "href")
		}
		return
	}
	if to := chapters[path]; to != nil {
		if !to.ids[fragment] {
			fragment = ""
		}
		set(n, "href", inBook+path+"#"+fragment)
		return
	}
	if b.Address == "" {
		remove(n, "href")
		return
	}
	set(n, "href", b.Address+"/"+strings.TrimSuffix(path, "index.html"))
}

// inBook is the prefix of links to chapters until the book is written.
const inBook = "book:"
