// Lists of case studies that readers can follow or download, and files beside
// pages.

package site

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
)

// Collection is a list of case studies that readers can follow or download as a
// whole, and its page.
type Collection struct {
	Path  string // of the page: "/countries/malawi/"
	Kind  string // "principle", "country", "discipline", "hallmark", "organisation", "year" or "challenges"; "" for all case studies
	ID    string // within its kind
	Title string // empty for all case studies
	Cases []*library.CaseStudy
	Feed  string // path of its feeds, without their extension: "/feeds/country/malawi"; empty when it has none
}

// mostForSmallLists is the largest number of case studies for which the lists of
// hallmarks, organisations, years and challenges have files to take away. With
// more, these files, four for each list, would exceed the limits of several hosts.
const mostForSmallLists = 500

// Collections returns the list of all case studies, and those of principles,
// countries and disciplines that have at least one; in a library of at most
// mostForSmallLists case studies the smaller lists too.
func (s *Site) Collections() []Collection {
	const feeds = "/feeds/"
	lib := s.library
	var all []Collection
	add := func(kind, id, title, path, feed string, cases []*library.CaseStudy) {
		if len(cases) == 0 && kind != "" {
			return
		}
		// A feed needs absolute addresses, and sorts its entries by date.
		if s.BaseURL == "" || !slices.ContainsFunc(cases, func(c *library.CaseStudy) bool { return !c.Changed().IsZero() }) {
			feed = ""
		}
		all = append(all, Collection{path, kind, id, title, cases, feed})
	}
	add("", "", "", s.at.cases(), feeds+"all", lib.Cases)
	for _, p := range lib.Principles {
		add("principle", p.ID, p.Title, s.at.principle(p.ID), feeds+s.at.words.Principle.One+"/"+p.ID, p.Cases)
	}
	for _, c := range lib.Countries {
		add("country", c.Slug, c.Name, countryPath(c), feeds+"country/"+c.Slug, c.Cases)
	}
	for _, d := range lib.Disciplines {
		add("discipline", d.ID, d.Label, s.at.discipline(d.ID), feeds+s.at.words.Discipline.One+"/"+d.ID, d.Cases)
	}
	if len(lib.Cases) > mostForSmallLists {
		return all
	}
	for _, p := range lib.Principles {
		for _, h := range p.Hallmarks {
			add("hallmark", p.ID+"/"+h.ID, h.Title, s.at.hallmark(h), "", h.Cases)
		}
	}
	for _, o := range lib.Organisations {
		add("organisation", o.ID, o.Name, organisationPath(o.ID), "", o.Cases)
	}
	years := casesByYear(lib)
	for _, y := range slices.Sorted(maps.Keys(years)) {
		add("year", strconv.Itoa(y), strconv.Itoa(y), yearPath(y), "", years[y])
	}
	add("challenges", "", "", "/challenges/", "", ofKind(lib.Newest, content.Challenge))
	return all
}

// TablePath returns the address of a list as CSV: beside its page or, if it is that of
// all case studies, among the data files.
func (s *Site) TablePath(c Collection) string {
	if c.Kind == "" {
		return s.DataPath(".csv")
	}
	return c.Path + s.DataName() + ".csv"
}

// DataPath returns the address of a data file of all case studies: "/data/cases.csv"
// for ".csv".
func (s *Site) DataPath(extension string) string {
	return "/data/" + s.DataName() + extension
}

// DataName returns the name of the data files of all case studies, without their
// extension: "cases".
func (s *Site) DataName() string { return s.at.words.CaseStudy.Other }

// CitationsPath returns the address of the citations of all case studies.
func (s *Site) CitationsPath(extension string) string { return s.at.cases() + "citations" + extension }

// Take is what a reader can download or follow of the list of case studies on a
// page.
type Take struct {
	Table string // href of the list as CSV
	Feed  string // href of the feeds, without their extension; empty when there are none
}

// addTakes tells the pages of collections what readers can download or follow.
func (s *Site) addTakes() {
	pages := make(map[string]*Base, len(s.Pages))
	for _, p := range s.Pages {
		pages[p.base().Path] = p.base()
	}
	for _, c := range s.Collections() {
		if b := pages[c.Path]; b != nil && len(c.Cases) > 0 {
			b.Take = &Take{Table: b.to(s.TablePath(c))}
			if beside, ok := strings.CutPrefix(s.TablePath(c), c.Path); ok {
				b.Take.Table = beside
			}
			if c.Feed != "" {
				b.Take.Feed = b.to(c.Feed)
			}
		}
	}
}

// twinFile is the name of the Markdown version of a page, in the folder of the
// page. Package twin writes it.
const twinFile = "index.md"

// TwinPath returns the file, below the root of the site, with the Markdown
// version of the page at an address.
func TwinPath(address string) string { return strings.TrimPrefix(address, "/") + twinFile }

// addTwins links each page that has a Markdown version to it. A site with too
// many case studies for citation files has too many for these files.
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

// mostCaseCitations is the largest number of case studies for which each has
// citation files beside its page. With more, these files, three for each case
// study, would be most of the site, and exceed the limits of several hosts. The
// pages then still show their citation, and the lists have citation files for
// all of their case studies.
const mostCaseCitations = 2_000

// HasCaseCitations reports whether each case study has citation files of its own.
func (s *Site) HasCaseCitations() bool { return hasCaseCitations(s.library) }

func hasCaseCitations(lib *library.Library) bool { return len(lib.Cases) <= mostCaseCitations }

// CasePath returns the address of the page of a case study.
func (s *Site) CasePath(c *library.CaseStudy) string { return s.at.caseStudy(c.ID) }

// AttachmentPath returns the address of a file below content/ that pages link to.
func (s *Site) AttachmentPath(file string) string { return s.at.attachment(file) }

// IsListed reports whether a search engine should show a page. It is false for
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
