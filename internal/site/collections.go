package site

import (
	"path"
	"slices"
	"strings"

	"casebook/internal/library"
)

// Collection is a list of case studies that readers may follow or take away as
// a whole, and its page.
type Collection struct {
	Path  string // of the page: "/countries/malawi/"
	Kind  string // "principle", "country" or "discipline"; "" for all case studies
	ID    string // within its kind
	Title string // empty for all case studies
	Cases []*library.CaseStudy
	Feed  string // path of its feeds, without their extension: "/feeds/country/malawi"; empty when it has none
}

// Collections returns the list of all case studies, and those of principles,
// countries and disciplines that have at least one. Files for each of the
// smaller lists (hallmarks, organisations, years) would be more than the pages.
func (s *Site) Collections() []Collection {
	lib := s.library
	var all []Collection
	add := func(kind, id, title, path, feed string, cases []*library.CaseStudy) {
		if len(cases) == 0 && kind != "" {
			return
		}
		// A feed names whole addresses, and orders by date.
		if s.BaseURL == "" || !slices.ContainsFunc(cases, func(c *library.CaseStudy) bool { return !c.Changed().IsZero() }) {
			feed = ""
		}
		all = append(all, Collection{path, kind, id, title, cases, feed})
	}
	add("", "", "", "/cases/", "/feeds/all", lib.Cases)
	for _, p := range lib.Principles {
		add("principle", p.ID, p.Title, principlePath(p.ID), "/feeds/principle/"+p.ID, p.Cases)
	}
	for _, c := range lib.Countries {
		add("country", c.Slug, c.Name, countryPath(c), "/feeds/country/"+c.Slug, c.Cases)
	}
	for _, d := range lib.Disciplines {
		add("discipline", d.ID, d.Label, disciplinePath(d.ID), "/feeds/discipline/"+d.ID, d.Cases)
	}
	return all
}

// Take is what a reader can take away of a list of case studies, beside its page.
type Take struct {
	Feed string // href of the feeds, without their extension; empty when there are none
}

// addTakes tells the pages of collections what can be taken away from them.
func (s *Site) addTakes() {
	pages := make(map[string]*Base, len(s.Pages))
	for _, p := range s.Pages {
		pages[p.base().Path] = p.base()
	}
	for _, c := range s.Collections() {
		if b := pages[c.Path]; b != nil && len(c.Cases) > 0 {
			b.Take = &Take{}
			if c.Feed != "" {
				b.Take.Feed = b.to(c.Feed)
			}
		}
	}
}

// twinFile is the page as Markdown, beside it. Package twin writes it.
const twinFile = "index.md"

// TwinPath is the file, below the root of the site, of the page at an address as
// Markdown.
func TwinPath(address string) string { return strings.TrimPrefix(address, "/") + twinFile }

// addTwins tells the pages that have one where their twin is. A site with too many
// case studies for citation files has too many for these.
func (s *Site) addTwins() {
	if !s.HasCaseCitations() {
		return
	}
	for _, p := range s.Pages {
		if b := p.base(); IsListed(p) && strings.HasSuffix(b.Path, "/") {
			b.Twin = twinFile
		}
	}
}

// mostCaseCitations is how many case studies a site may have for each to have
// citation files beside its page. With more, these files, three for each, would
// be most of the site, and more than several hosts take; the pages then still
// show their citation, and the lists have files of all of theirs.
const mostCaseCitations = 2_000

// HasCaseCitations reports whether each case study has citation files of its own.
func (s *Site) HasCaseCitations() bool { return hasCaseCitations(s.library) }

func hasCaseCitations(lib *library.Library) bool { return len(lib.Cases) <= mostCaseCitations }

// CasePath returns the address of the page of a case study.
func CasePath(c *library.CaseStudy) string { return casePath(c.ID) }

// IsListed reports a page that a search engine should show: not a redirect, an
// error page, a withdrawn case study, or a tool that is empty without a
// reader's input.
func IsListed(p Page) bool {
	switch p.(type) {
	case *RedirectPage, *NotFoundPage, *WithdrawnPage, *SearchPage, *ComparePage, *SavedPage:
		return false
	default:
		return true
	}
}

// RedirectOf returns the old and the present address of a redirect.
func RedirectOf(p Page) (from, to string, ok bool) {
	r, ok := p.(*RedirectPage)
	if !ok {
		return "", "", false
	}
	dir := r.Path
	if !strings.HasSuffix(dir, "/") {
		dir = path.Dir(dir)
	}
	to = path.Join(dir, r.To.Href)
	if strings.HasSuffix(r.To.Href, "/") && to != "/" {
		to += "/"
	}
	return r.Path, to, true
}
