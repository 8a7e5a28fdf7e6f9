// Package export writes everything of a site that is not a page: citations for
// reference managers, data for spreadsheets and programs, feeds, and the files
// that search engines and hosts look for.
//
// Its input is a checked library and the site made of it, its output files in
// memory. Each format is one file of this package and one row of [formats].
// Only what the site shows is in a library's lists, so no draft and no
// withdrawn case study can be in an export.
package export

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/site"
)

// Input is what exports are made of.
type Input struct {
	Library *library.Library // required
	Site    *site.Site       // required: of the same library; without a base URL there are no feeds and no sitemap
	Today   content.Date     // required: the build date
}

// File is one exported file.
type File struct {
	Path string // below the root of the site: "feeds/index.atom"
	Data []byte
}

// format is one kind of file: what it is called in messages, and what it makes
// of a library.
type format struct {
	name  string
	files func(*exporter) error
}

// formats has one row for each format; the order is that of the files.
var formats = [...]format{
	{"citations of each case study", (*exporter).caseCitations},
	{"citations of each list", (*exporter).listCitations},
	{"case studies as CSV", (*exporter).casesCSV},
	{"case studies as JSON", (*exporter).casesJSON},
	{"organisations as CSV", (*exporter).organisationsCSV},
	{"vocabularies as SKOS", (*exporter).vocabularies},
	{"data package", (*exporter).dataPackage},
	{"RO-Crate", (*exporter).roCrate},
	{"feeds", (*exporter).feeds},
	{"sitemap", (*exporter).sitemap},
	{"robots.txt", (*exporter).robots},
	{"OpenSearch description", (*exporter).openSearch},
	{"redirects for hosts", (*exporter).redirects},
	{"llms.txt", (*exporter).llms},
}

// Files returns all exports, in a stable order.
func Files(ctx context.Context, in Input) ([]File, error) {
	records := make(map[*library.CaseStudy]*content.Reference, len(in.Library.Cases))
	for _, c := range in.Library.Cases {
		records[c] = recordOf(in, c)
	}
	made := make([][]File, len(formats))
	err := parallel.Each(ctx, len(formats), func(i int) error {
		e := &exporter{ctx: ctx, in: in, records: records}
		if err := formats[i].files(e); err != nil {
			return fmt.Errorf("export %s: %w", formats[i].name, err)
		}
		made[i] = e.files
		return nil
	})
	return slices.Concat(made...), err
}

// exporter gathers the files of one format.
type exporter struct {
	ctx     context.Context // of one call of Files
	in      Input
	records map[*library.CaseStudy]*content.Reference // for citations, of all case studies
	files   []File
}

// add adds the file at the path from the root of the site.
func (e *exporter) add(path string, data []byte) {
	e.files = append(e.files, File{strings.TrimPrefix(path, "/"), data})
}

// absolute returns the whole address of a path of the site, or "" without a
// base URL.
func (e *exporter) absolute(path string) string { return e.in.absolute(path) }

func (in Input) absolute(path string) string {
	if in.Site.BaseURL == "" {
		return ""
	}
	return strings.TrimSuffix(in.Site.BaseURL, "/") + path
}

// recordOf returns the bibliographic record of a case study.
func recordOf(in Input, c *library.CaseStudy) *content.Reference {
	return citation.Of(c.CaseStudy, citation.Publication{
		Title: in.Library.Site.Title, Address: in.absolute(site.CasePath(c)), Lang: in.Library.Site.Language,
	})
}
