// Addresses of pages and files, and relative links to them.

package site

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
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
	return (&url.URL{Path: b.to(AttachmentPath(file))}).EscapedPath()
}

// PageOf returns a function that returns the address of the page of a file
// below content/, or "" if the file has no page.
func PageOf(lib *library.Library) func(file string) string {
	return func(file string) string {
		if e := lib.Entry(file); e != nil {
			return pathOf(e)
		}
		return ""
	}
}

// isOutside reports whether an address is that of another site.
func isOutside(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// AttachmentPath returns the address of a file below content/: its own path or,
// if it is in pages/, its path below that folder.
func AttachmentPath(file string) string { return "/" + strings.TrimPrefix(file, "pages/") }

// pathOf returns the address of an entry's own page.
func pathOf(e content.Entry) string {
	switch e := e.(type) {
	case *content.CaseStudy:
		return casePath(e.ID)
	case *content.Principle:
		return principlePath(e.ID)
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

func casePath(id string) string               { return "/cases/" + id + "/" }
func principlePath(id string) string          { return "/principles/" + id + "/" }
func hallmarkPath(h *library.Hallmark) string { return principlePath(h.Principle.ID) + h.ID + "/" }
func countryPath(c *library.Country) string   { return "/countries/" + c.Slug + "/" }
func resourcePath(id string) string           { return "/resources/" + id + "/" }
func textPath(id string) string               { return "/" + id + "/" }
func yearPath(y int) string                   { return "/years/" + strconv.Itoa(y) + "/" }
func programmePath(id string) string          { return "/programmes/" + id + "/" }
func disciplinePath(id string) string         { return "/disciplines/" + id + "/" }
func organisationPath(id string) string       { return "/organisations/" + id + "/" }
func inCountryPath(p string, c *library.Country) string {
	return principlePath(p) + "in/" + c.Slug + "/"
}

func disciplinePrinciplesPath(id string) string        { return disciplinePath(id) + "principles/" }
func hallmarkCountriesPath(h *library.Hallmark) string { return hallmarkPath(h) + "countries/" }
