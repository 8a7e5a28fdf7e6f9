package site

import (
	"path"
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
}

// Collections returns the list of all case studies, and those of principles,
// countries and disciplines that have at least one. Files for each of the
// smaller lists (hallmarks, organisations, years) would be more than the pages.
func (s *Site) Collections() []Collection {
	lib := s.library
	all := []Collection{{Path: "/cases/", Cases: lib.Cases}}
	add := func(kind, id, title, path string, cases []*library.CaseStudy) {
		if len(cases) > 0 {
			all = append(all, Collection{path, kind, id, title, cases})
		}
	}
	for _, p := range lib.Principles {
		add("principle", p.ID, p.Title, principlePath(p.ID), p.Cases)
	}
	for _, c := range lib.Countries {
		add("country", c.Slug, c.Name, countryPath(c), c.Cases)
	}
	for _, d := range lib.Disciplines {
		add("discipline", d.ID, d.Label, disciplinePath(d.ID), d.Cases)
	}
	return all
}

// CasePath returns the address of the page of a case study.
func CasePath(c *library.CaseStudy) string { return casePath(c.ID) }

// IsListed reports a page that a search engine should show: not a redirect, an
// error page, a withdrawn case study, or a tool that is empty without a
// reader's input.
func IsListed(p Page) bool {
	switch p.(type) {
	case *RedirectPage, *NotFoundPage, *WithdrawnPage, *SearchPage, *ComparePage:
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
