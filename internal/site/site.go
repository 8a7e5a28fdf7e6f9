// Package site decides which pages there are, at which addresses, and what each
// page shows: a [Page] is typed, immutable data. A [Plan] makes it when it is
// needed.
//
// Its input is a checked library and its output a [Site]. It writes no HTML and
// reads no files; package theme turns a page into bytes. Each family of pages has
// a file with its page types and the functions that make them, and kinds.go lists
// the families.
package site

import (
	"slices"

	"casebook/internal/library"
	"casebook/internal/problem"
)

// Site is all pages. It is immutable.
type Site struct {
	Pages   []*Plan // by path
	BaseURL string  // where the site will be; empty if that is not known

	library     *library.Library
	at          *paths
	attachments map[string]Attachment
	lists       []Collection
	deck        *deck
}

// Attachment is an image or download that a body or a resource can lead to.
type Attachment struct {
	Width, Height int // of an image
	Size          int64
	Copies        []Copy // of an image: smaller ones, by width
}

// Copy is a smaller copy of an image.
type Copy struct {
	Path  string // below content/
	Width int
}

// Options are the inputs of New besides the library.
type Options struct {
	BaseURL     string                // where the site will be; empty means that of site.yaml, if any
	Attachments map[string]Attachment // by path below content/
}

// New returns the site of a library. The problems are addresses that two pages
// claim, links of the navigation that lead nowhere, and an unsuitable logo or
// icon.
func New(lib *library.Library, opts Options) (*Site, []problem.Problem) {
	if opts.BaseURL == "" {
		opts.BaseURL = lib.Site.BaseURL
	}
	m := planAll(lib, opts)
	pages, problems := m.unique()
	problems = problem.Sort(slices.Concat(problems, m.deadNavigation(pages), m.unfitPictures()))
	return &Site{pages, opts.BaseURL, lib, m.at, opts.Attachments, m.collections(), m.deck}, problems
}

// Forget lets go of what the pages made so far share. It is called when no more are
// needed soon.
func (s *Site) Forget() { s.deck.clear() }
