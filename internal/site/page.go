// What page types have in common: links, cards, terms and lists.

package site

import "casebook/internal/content"

// Page is one page of the site: a pointer to one of the page types of this
// package. It is plain data, immutable once built. Everything that a template
// shows of it is in its fields, so that pages with equal fields give equal
// bytes.
type Page interface{ base() *Base }

// Plan is a page before it is made: where it will be, and how to make it. A build
// after an edit needs few of all pages, and a search none of them.
type Plan struct {
	Path   string // of the page, see [Base]
	Source string // file below content/ that the page is about, or empty
	Kind   Page   // an empty page of its type

	make func() Page
}

// Page makes the page, again at each call. It is safe for concurrent use.
func (p *Plan) Page() Page { return p.make() }

// HasText reports whether the page shows the body of its source file.
func (p *Plan) HasText() bool {
	_, ok := p.Kind.(Texted)
	return ok
}

// Base is what every page has.
type Base struct {
	Path        string // of the page: "/cases/x/"; a redirect's ends in "/", 404's is "/404.html"
	Root        string // from the page to the root of the site: "../../", "./" on the home page
	Title       string // empty where the theme's own words name the page
	Description string // for search engines and previews
	Lang        string // BCP 47, of the page's own text
	Canonical   string // absolute address; empty without a base URL
	Twin        string // href of the page as Markdown, or empty
	SocialCard  string // absolute address of a picture for social networks, or empty
	Breadcrumbs []Link // from home to the parent
	Report      string // where a reader reports a mistake or asks for removal; empty without a contact
	Issue       Link   // where a reader does so in public, at the host of the source; without an address if there is none
	Edit        string // where a contributor edits the source, or empty
	Take        *Take  // of the page's list of case studies; nil if it has none
	Site        *Chrome

	// No template sees these.
	at          *paths                // of the whole site
	deck        *deck                 // of the whole site
	source      string                // file below content/ that the page is about, or empty
	attachments map[string]Attachment // of the whole site
}

func (b *Base) base() *Base { return b }

// Of returns what every page has.
func Of(p Page) *Base { return p.base() }

// Chrome is the header and footer of every page. It holds nothing that an
// ordinary edit changes, because otherwise every edit would change every page.
type Chrome struct {
	Title      string
	Lang       string
	Home       string        // href
	Slugs      content.Terms // what the site calls its main things, in addresses: Slugs.CaseStudy.Other is "cases" if site.yaml does not rename it
	Worker     string        // href of the service worker; empty if readers cannot keep the site offline
	Logo       *Logo         // beside the title; nil without one
	Navigation []Link
	Principles []PrincipleTag // all of them, without their hallmarks
	Licence    Licence
	Contribute string // href of the page that says how to contribute; empty without one
	Form       string // href of the form, if there is an address to send its file to; otherwise empty
	OpenSearch bool   // the site describes its search to browsers
	Email      string // that reports go to; empty if a web page takes them
	Footer     string // a text of the site's own, at the foot of every page
	Pages      []Link // the pages of plain text: about, accessibility, …
}

// Link is a label and where it leads, relative to the page that holds it.
type Link struct {
	Label string // from the content
	Key   string // the theme's string for the label, if Label is empty: "countries.title"
	Href  string // empty if it leads nowhere
}

// Licence is the terms that something may be used under.
type Licence struct {
	ID  string // SPDX
	URL string // of its text, or empty
}

// Card is one case study in a list.
type Card struct {
	Link
	Summary     string
	Kind        content.Kind
	Countries   []string // names
	Disciplines []string // labels
	Principles  []int    // numbers
	When        Period   // of the work; otherwise the year in which it was described
	Picture     string   // address of a small copy of its picture
	Pattern     Pattern  // shown if it has no picture
	Draft       bool
	Lang        string // BCP 47, of title and summary; empty if that of the site
}

// Period is the years from and to which work took place, 0 if not stated: 2012
// to 2015, since 2010, until 2015. Described means that the year is not that of
// the work, but of the account that describes it.
type Period struct {
	From, To  int
	Described bool
}

// Term is one entry of a taxonomy in a list.
type Term struct {
	Link
	Note       string // such as an organisation's country
	Number     int    // of a principle; 0 for anything else
	Examples   int
	Challenges int
	Programmes int
}

// Count returns how many cases the term has, without programmes.
func (t Term) Count() int { return t.Examples + t.Challenges }

// All returns how many case studies the list of the term has.
func (t Term) All() int { return t.Count() + t.Programmes }

// Pager says which part of a list a page shows.
type Pager struct {
	Number   int // from 1
	Pages    int
	Total    int // cases in the whole list
	Previous string
	Next     string
	Links    []PageLink // first, last and those near this page
}

// PageLink leads to one page of a list. Gap means that pages before it are left
// out.
type PageLink struct {
	Number  int
	Href    string
	Current bool
	Gap     bool
}

// List is one page of a list of case studies.
type List struct {
	Cases  []*Card
	Pager  Pager
	Within Within
}

// Within is a search among the case studies of a list.
type Within struct {
	Search  string   // address of the search page; empty if there is no such search
	Filters []Filter // those that select the case studies of the list
}

// Filter is a filter of the search page, as in its address: "country=uganda".
type Filter struct{ Group, Value string }
