// Atom and JSON feeds of the newest case studies.

package export

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/site"
)

// maxEntries is how many case studies a feed holds: the newest ones.
const maxEntries = 30

// feeds writes an Atom feed and a JSON feed for the library and for each
// principle, country and discipline. Both formats need dates and absolute
// addresses, so case studies without a date are left out, and without a base
// URL there are no feeds.
func (e *exporter) feeds() error {
	for _, list := range e.in.Site.Collections() {
		if list.Feed == "" {
			continue
		}
		f := e.feed(list)
		if err := e.addXML(list.Feed+".atom", f.atom()); err != nil {
			return err
		}
		if err := e.addJSON(list.Feed+".json", f.json()); err != nil {
			return err
		}
	}
	return nil
}

// feed is the content of a feed, the same in both formats.
type feed struct {
	title   string
	home    string // address of the page of the list
	self    string // address of the feed, without its extension
	lang    string
	entries []feedEntry
}

type feedEntry struct {
	address, title, summary string
	published, updated      content.Date
	authors, tags           []string
	lang                    string
}

func (e *exporter) feed(list site.Collection) feed {
	f := feed{title: e.in.Library.Site.Title, home: e.absolute(list.Path), self: e.absolute(list.Feed), lang: e.in.Library.Site.Language}
	if list.Title != "" {
		f.title += ": " + list.Title
	}
	for _, c := range slices.SortedFunc(slices.Values(list.Cases), library.CompareNewest) {
		if len(f.entries) == maxEntries {
			break
		}
		if entry := e.feedEntry(c); !entry.updated.IsZero() {
			f.entries = append(f.entries, entry)
		}
	}
	return f
}

func (e *exporter) feedEntry(c *library.CaseStudy) feedEntry {
	entry := feedEntry{
		address: e.absolute(e.in.Site.CasePath(c)), title: c.Title, summary: c.Summary,
		published: c.Published, updated: c.Changed(), lang: c.Lang,
	}
	for _, a := range c.Authors {
		entry.authors = append(entry.authors, a.Name)
	}
	for _, p := range c.Principles {
		entry.tags = append(entry.tags, p.Title)
	}
	for _, country := range c.Countries {
		entry.tags = append(entry.tags, country.Name)
	}
	return entry
}

// stamp returns a date in the form of RFC 3339: the first moment of the day,
// month or year.
func stamp(d content.Date) string {
	return fmt.Sprintf("%04d-%02d-%02dT00:00:00Z", d.Year, max(d.Month, 1), max(d.Day, 1))
}

// updated returns the date of the newest entry.
func (f *feed) updated() content.Date {
	var newest content.Date
	for _, entry := range f.entries {
		if entry.updated.After(newest) {
			newest = entry.updated
		}
	}
	return newest
}

// The elements of Atom (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr,omitempty"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Links   []atomLink  `xml:"link"`
		Updated string      `xml:"updated"`
		Author  atomName    `xml:"author"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomName struct {
		Name string `xml:"name"`
	}
	atomEntry struct {
		Lang       string         `xml:"xml:lang,attr,omitempty"`
		Title      string         `xml:"title"`
		ID         string         `xml:"id"`
		Link       atomLink       `xml:"link"`
		Published  string         `xml:"published,omitempty"`
		Updated    string         `xml:"updated"`
		Authors    []atomName     `xml:"author"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary,omitempty"`
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
)

func (f *feed) atom() atomFeed {
	doc := atomFeed{
		Lang: f.lang, Title: f.title, ID: f.self + ".atom", Updated: stamp(f.updated()),
		Author: atomName{strings.SplitN(f.title, ": ", 2)[0]},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: f.self + ".atom"},
			{Rel: "alternate", Type: "text/html", Href: f.home},
		},
	}
	for _, entry := range f.entries {
		item := atomEntry{
			Lang: entry.lang, Title: entry.title, ID: entry.address, Summary: entry.summary, Updated: stamp(entry.updated),
			Link: atomLink{Rel: "alternate", Type: "text/html", Href: entry.address},
		}
		if !entry.published.IsZero() {
			item.Published = stamp(entry.published)
		}
		for _, name := range entry.authors {
			item.Authors = append(item.Authors, atomName{name})
		}
		for _, tag := range entry.tags {
			item.Categories = append(item.Categories, atomCategory{tag})
		}
		doc.Entries = append(doc.Entries, item)
	}
	return doc
}

// json returns the feed in the format of JSON Feed 1.1
// (https://www.jsonfeed.org/version/1.1/).
func (f *feed) json() any {
	type author struct {
		Name string `json:"name"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Summary   string   `json:"summary,omitempty"`
		Text      string   `json:"content_text"`
		Published string   `json:"date_published,omitempty"`
		Modified  string   `json:"date_modified"`
		Authors   []author `json:"authors,omitempty"`
		Tags      []string `json:"tags,omitempty"`
		Language  string   `json:"language,omitempty"`
	}
	doc := struct {
		Version  string `json:"version"`
		Title    string `json:"title"`
		Home     string `json:"home_page_url"`
		Feed     string `json:"feed_url"`
		Language string `json:"language,omitempty"`
		Items    []item `json:"items"`
	}{Version: "https://jsonfeed.org/version/1.1", Title: f.title, Home: f.home, Feed: f.self + ".json", Language: f.lang}
	for _, entry := range f.entries {
		one := item{
			ID: entry.address, URL: entry.address, Title: entry.title, Summary: entry.summary, Text: entry.summary,
			Modified: stamp(entry.updated), Tags: entry.tags, Language: entry.lang,
		}
		if !entry.published.IsZero() {
			one.Published = stamp(entry.published)
		}
		for _, name := range entry.authors {
			one.Authors = append(one.Authors, author{name})
		}
		doc.Items = append(doc.Items, one)
	}
	return doc
}
