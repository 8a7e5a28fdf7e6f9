// Lists of case studies that readers can follow or download, and files beside
// pages.

package site

import (
	"maps"
	"path"
	"slices"
	"strings"

	"casebook/internal/library"
)

// Collection is a list of case studies that readers can download as a whole, its
// page and its files. All addresses start at the root of the site.
//
// In a library of at most mostListFiles case studies each list has four files of
// its own: CSV and three formats of citations. In a larger one it has one archive of
// them. Those of all case studies stand alone in any library.
type Collection struct {
	Path      string // of the page, the first one if there are several: "/countries/malawi/"
	Title     string // of the page, if the content names it
	Cases     []*library.CaseStudy
	Table     string // the list as CSV
	Citations string // its citations, without their extension
	Archive   string // the zip archive that holds these files, or empty if they stand alone
	Feed      string // its feeds, without their extension; empty when it has none
}

// mostListFiles is the largest number of case studies for which each list has files
// of its own. With 10,000 case studies there are some 1,000 lists, and three more
// files of each would make more than the 20,000 files that several hosts take.
const mostListFiles = 1_000

// Collections returns the lists of case studies that have a page of their own and
// at least one case study, by path, and that of all case studies even if it is
// empty.
func (s *Site) Collections() []Collection { return s.lists }

// offer lets readers of a page download its list and, if feed is not empty,
// follow it. It does so once for each page. feed is a path below "/feeds/".
func (m *maker) offer(b *Base, cases []*library.CaseStudy, feed string) {
	isWhole := b.Path == m.at.cases()
	if m.lists[b.Path] != nil || len(cases) == 0 && !isWhole {
		return
	}
	list := &Collection{Path: b.Path, Title: b.Title, Cases: cases, Table: b.Path + m.at.dataName() + ".csv", Citations: b.Path + "citations"}
	switch {
	case isWhole:
		list.Table = m.at.data(".csv")
	case len(m.lib.Cases) > mostListFiles:
		list.Archive = b.Path + m.at.dataName() + ".zip"
	}
	// A feed needs absolute addresses, and sorts its entries by date.
	if feed != "" && m.opts.BaseURL != "" && slices.ContainsFunc(cases, func(c *library.CaseStudy) bool { return !c.Changed().IsZero() }) {
		list.Feed = "/feeds/" + feed
	}
	m.lists[b.Path] = list
	b.Take = b.take(list)
}

// offerAll lets readers of a page download and follow all case studies.
func (m *maker) offerAll(b *Base) { b.Take = b.take(m.all()) }

// all returns the list of all case studies.
func (m *maker) all() *Collection {
	whole := m.base(m.at.cases(), "", "")
	m.offer(&whole, m.lib.Cases, "all")
	return m.lists[whole.Path]
}

// collections returns the lists that pages offer, by path.
func (m *maker) collections() []Collection {
	var all []Collection
	for _, path := range slices.Sorted(maps.Keys(m.lists)) {
		all = append(all, *m.lists[path])
	}
	return all
}

// Take is what readers of a page can download or follow of its list of case
// studies: addresses relative to the page.
type Take struct {
	All       bool // the list is that of all case studies, also those that the page leaves out
	Table     string
	Citations string // without their extension
	Archive   string // of the table and the citations, in place of them; otherwise empty
	Feed      string // without their extension; empty when there are none
}

// take returns what readers of a page can download or follow of a list, or nil if
// nothing. The list may be nil.
func (b *Base) take(list *Collection) *Take {
	if list == nil || len(list.Cases) == 0 {
		return nil
	}
	to := func(path string) string {
		if beside, ok := strings.CutPrefix(path, b.Path); ok {
			return beside
		}
		return b.to(path)
	}
	take := &Take{All: list.Path == b.at.cases(), Table: to(list.Table), Citations: to(list.Citations)}
	if list.Archive != "" {
		take.Archive = to(list.Archive)
	}
	if list.Feed != "" {
		take.Feed = to(list.Feed)
	}
	return take
}

// DataPath returns the address of a data file of all case studies: "/data/cases.csv"
// for ".csv".
func (s *Site) DataPath(extension string) string { return s.at.data(extension) }

func (p *paths) data(extension string) string { return "/data/" + p.dataName() + extension }

// DataName returns the name of the data files of all case studies, without their
// extension: "cases".
func (s *Site) DataName() string { return s.at.dataName() }

func (p *paths) dataName() string { return p.words.CaseStudy.Other }

// CitationsPath returns the address of the citations of all case studies.
func (s *Site) CitationsPath(extension string) string { return s.at.cases() + "citations" + extension }

// twinFile is the name of the Markdown version of a page, in the folder of the
// page. Package twin writes it.
const twinFile = "index.md"

// TwinPath returns the file, below the root of the site, with the Markdown
// version of the page at an address.
func TwinPath(address string) string { return strings.TrimPrefix(address, "/") + twinFile }

// mostOwnFiles is the largest number of case studies for which each of them has
// citation files, and each page a Markdown version. With more, these files would be
// most of the site, and exceed the limits of several hosts. The pages then still
// show their citation, and the lists have citations of all of their case studies.
const mostOwnFiles = 2_000

// HasOwnFiles reports whether each case study has citation files, and each page a
// Markdown version.
func (s *Site) HasOwnFiles() bool { return hasOwnFiles(s.library) }

func hasOwnFiles(lib *library.Library) bool { return len(lib.Cases) <= mostOwnFiles }

// CasePath returns the address of the page of a case study.
func (s *Site) CasePath(c *library.CaseStudy) string { return s.at.caseStudy(c.ID) }

// PrinciplePath returns the address of the page of a principle.
func (s *Site) PrinciplePath(p *library.Principle) string { return s.at.principle(p.ID) }

// AttachmentPath returns the address of a file below content/ that pages link to.
func (s *Site) AttachmentPath(file string) string { return s.at.attachment(file) }

// IsListed reports whether a search engine should show a page of this type. It is false for
// a redirect, an error page, a withdrawn case study, and a tool that is empty
// without a reader's input.
func IsListed(p Page) bool {
	switch p.(type) {
	case *RedirectPage, *NotFoundPage, *WithdrawnPage, *SearchPage, *ComparePage, *SavedPage:
		return false
	default:
		return true
	}
}

// RedirectOf returns the old and the present address of a redirect.
func RedirectOf(p *Plan) (from, to string, ok bool) {
	if _, ok := p.Kind.(*RedirectPage); !ok {
		return "", "", false
	}
	r := p.Page().(*RedirectPage)
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
