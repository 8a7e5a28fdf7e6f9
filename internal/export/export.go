// Package export writes everything of a site that is not a page: citations for
// reference managers, data for spreadsheets and programs, feeds, and the files
// that search engines and hosts look for.
//
// Its input is a checked library and the site made from it; its output is one
// call for each file. Each format is one file of this package and one row of
// [formats]. A library's lists hold only what the site shows, so no export
// contains a draft or a withdrawn case study.
package export

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"casebook/internal/content"
	"casebook/internal/drawing"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/site"
)

// Input is what exports are made from.
type Input struct {
	Library *library.Library       // required
	Site    *site.Site             // required: of the same library; without a base URL there are no feeds and no sitemap
	Today   content.Date           // required: the build date
	Favicon func() ([]byte, error) // the bytes of Library.Favicon; required if the library has one
	Colours drawing.Colours        // of the theme; empty means those of the default theme
	// Drawn returns a social card as PNG: one that was drawn before, or a new one.
	// If it is nil, each card is drawn again.
	Drawn func(drawing.Card) ([]byte, error)
	// Progress is called from several goroutines, each time a format or the files of a
	// list are done. It may be nil.
	Progress func(done, total int)
}

// format is one kind of file: its name for messages, and the function that
// makes it.
type format struct {
	name  string
	files func(*exporter) error
}

// formats has one row for each format.
var formats = [...]format{
	{"citations and tables", (*exporter).lists},
	{"case studies as JSON", (*exporter).casesJSON},
	{"JSON Schema", (*exporter).schema},
	{"organisations as CSV", (*exporter).organisationsCSV},
	{"coverage as CSV", (*exporter).coverage},
	{"vocabularies as SKOS", (*exporter).vocabularies},
	{"data package", (*exporter).dataPackage},
	{"RO-Crate", (*exporter).roCrate},
	{"feeds", (*exporter).feeds},
	{"sitemap", (*exporter).sitemap},
	{"robots.txt", (*exporter).robots},
	{"OpenSearch description", (*exporter).openSearch},
	{"redirects for hosts", (*exporter).redirects},
	{"picture of the world", (*exporter).land},
	{"headers for hosts", (*exporter).headers},
	{"linkset", (*exporter).linkset},
	{"forms", (*exporter).forms},
	{"llms.txt", (*exporter).llms},
	{"icons", (*exporter).icons},
	{"social cards", (*exporter).socialCards},
}

// Files makes all exports. It calls add for each of them, from several
// goroutines, with its path below the root of the site, such as
// "feeds/index.atom". The bytes are overwritten after add has returned.
func Files(ctx context.Context, in Input, add func(path string, data []byte) error) error {
	e := &exporter{ctx: ctx, in: in, write: add, total: len(formats) + len(in.Site.Collections())}
	e.report(0)
	return parallel.Each(ctx, len(formats), func(i int) error {
		if err := formats[i].files(e); err != nil {
			return fmt.Errorf("export %s: %w", formats[i].name, err)
		}
		e.report(1)
		return nil
	})
}

// exporter is the state of one call of Files.
type exporter struct {
	ctx   context.Context
	in    Input
	write func(path string, data []byte) error

	done  atomic.Int64 // number of formats and lists whose files are made
	total int
}

// report reports the progress after n more formats or lists are done.
func (e *exporter) report(n int64) {
	if done := e.done.Add(n); e.in.Progress != nil {
		e.in.Progress(int(done), e.total)
	}
}

// add adds the file at a path below the root of the site.
func (e *exporter) add(path string, data []byte) error {
	if err := e.ctx.Err(); err != nil {
		return err
	}
	return e.write(strings.TrimPrefix(path, "/"), data)
}

// addJSON adds a file of JSON.
func (e *exporter) addJSON(path string, value any) error {
	data, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	return e.add(path, append(data, '\n'))
}

// addCSV adds a table.
func (e *exporter) addCSV(path string, rows [][]string) error {
	data, err := CSV(rows...)
	if err != nil {
		return err
	}
	return e.add(path, data)
}

// addXML adds a file of XML.
func (e *exporter) addXML(path string, value any) error {
	data, err := xml.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	return e.add(path, slices.Concat([]byte(xml.Header), data, []byte("\n")))
}

// absolute returns the absolute address of a path of the site, or "" without a
// base URL.
func (e *exporter) absolute(path string) string {
	if e.in.Site.BaseURL == "" {
		return ""
	}
	return strings.TrimSuffix(e.in.Site.BaseURL, "/") + path
}

// said returns an English text of a file with the site's own terms.
func (e *exporter) said(text string) string { return e.in.Library.Site.Terms.Rename(text) }
