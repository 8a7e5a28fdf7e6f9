// Addresses of pages and files, and relative links to them.

package site

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/search"
)

// OutputPath returns the file, below the root of the site, that a host serves
// at the address of a page.
func OutputPath(address string) string {
	file := strings.TrimPrefix(address, "/")
	if file == "" || strings.HasSuffix(file, "/") {
		return file + "index.html"
	}
	return file
}

// rootOf returns the relative link from a page to the root of the site.
func rootOf(path string) string {
	depth := strings.Count(path, "/") - 1
	if depth == 0 {
		return "./"
	}
	return strings.Repeat("../", depth)
}

// to returns the relative link from the page to an address of the site.
func (b *Base) to(path string) string { return b.Root + strings.TrimPrefix(path, "/") }

// toFile returns the relative link from the page to an attachment. It escapes
// the name, which may hold characters that have a meaning in an address.
func (b *Base) toFile(file string) string {
	return (&url.URL{Path: b.to(b.at.attachment(file))}).EscapedPath()
}

// PageOf returns a function that returns the address of the page of a file
// below content/, or "" if the file has no page.
func PageOf(lib *library.Library) func(file string) string {
	paths := newPaths(lib)
	return func(file string) string {
		if e := lib.Entry(file); e != nil {
			return paths.entry(e)
		}
		return ""
	}
}

// isOutside reports whether an address is that of another site.
func isOutside(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// paths gives the addresses of pages and files. The first part of many is what the
// site calls its main things: "/principles/" or, on a site of values, "/values/".
type paths struct{ words content.Terms }

func newPaths(lib *library.Library) *paths { return &paths{lib.Site.Terms.Slugs()} }

// entry returns the address of an entry's own page.
func (p *paths) entry(e content.Entry) string {
	switch e := e.(type) {
	case *content.CaseStudy:
		return p.caseStudy(e.ID)
	case *content.Principle:
		return p.principle(e.ID)
	case *content.Resource:
		return resourcePath(e.ID)
	case *content.Page:
		if e.Class == content.HomeClass {
			return "/"
		}
		return textPath(e.ID)
	default:
		panic(fmt.Sprintf("%T has no page of its own", e))
	}
}

// attachment returns the address of a file below content/: its own path, whose
// folder is that of its page; or, if it is in pages/, its path below that folder.
func (p *paths) attachment(file string) string {
	folder, rest, _ := strings.Cut(file, "/")
	switch folder {
	case "cases":
		return p.cases() + rest
	case "principles":
		return p.principles() + rest
	case "pages":
		return "/" + rest
	default:
		return "/" + file
	}
}

func (p *paths) cases() string       { return "/" + p.words.CaseStudy.Other + "/" }
func (p *paths) index() string       { return p.cases() + "a-z/" }
func (p *paths) principles() string  { return "/" + p.words.Principle.Other + "/" }
func (p *paths) disciplines() string { return "/" + p.words.Discipline.Other + "/" }

func (p *paths) caseStudy(id string) string          { return p.cases() + id + "/" }
func (p *paths) principle(id string) string          { return p.principles() + id + "/" }
func (p *paths) hallmark(h *library.Hallmark) string { return p.principle(h.Principle.ID) + h.ID + "/" }
func (p *paths) discipline(id string) string         { return p.disciplines() + id + "/" }
func (p *paths) disciplinePrinciples(id string) string {
	return p.discipline(id) + p.words.Principle.Other + "/"
}

func (p *paths) hallmarkCountries(h *library.Hallmark) string { return p.hallmark(h) + "countries/" }

func (p *paths) inCountry(principle string, c *library.Country) string {
	return p.principle(principle) + "in/" + c.Slug + "/"
}

// filter returns the name that addresses of the search have for a group of filters:
// the site's own word, unless they have it for something else.
func (p *paths) filter(group string) string {
	own := map[string]string{"principle": p.words.Principle.One, "hallmark": p.words.Hallmark.One, "discipline": p.words.Discipline.One}[group]
	if own == "" || slices.Contains([]string{"q", "sort", "page", "country", "kind", "year", "programme", "organisation"}, own) {
		return group
	}
	return own
}

// filters returns the names of all groups in their order, with a space between.
func (p *paths) filters() string {
	var names []string
	for _, g := range search.Groups() {
		names = append(names, p.filter(g.String()))
	}
	return strings.Join(names, " ")
}

func countryPath(c *library.Country) string { return "/countries/" + c.Slug + "/" }
func resourcePath(id string) string         { return "/resources/" + id + "/" }
func textPath(id string) string             { return "/" + id + "/" }
func yearPath(y int) string                 { return "/years/" + strconv.Itoa(y) + "/" }
func programmePath(id string) string        { return "/programmes/" + id + "/" }
func organisationPath(id string) string     { return "/organisations/" + id + "/" }
