// How to cite a page.

package site

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/library"
)

// Citation says how to cite a page, for people and for reference managers.
type Citation struct {
	Authors string // "Amina Nakato, Ruth Banda"; empty if nobody is named
	Year    string // in which the account was published or last changed, or empty
	BibTeX  string
	Files   bool // citation.bib, citation.ris and citation.json are beside the page

	// What reference managers read from the head of the page.
	Names    []string // of authors: "Nakato, Amina"; "Ministry of Health,"
	Date     string   // "2026/11/24", or its year, or its year and month
	Keywords []string // principles, countries and disciplines
}

// citation returns how to cite the page of a case study. If the account names
// no author, the citation has none: the site is the publisher, not the author.
func (m *maker) citation(b Base, c *library.CaseStudy) Citation {
	record := citation.Of(c.CaseStudy, citation.Publication{Title: m.lib.Site.Title, Address: b.Canonical, Lang: m.lib.Site.Language, Terms: m.lib.Site.Terms})
	var names []string
	for _, a := range c.Authors {
		names = append(names, a.Name)
	}
	cited := Citation{
		Authors: strings.Join(names, ", "),
		BibTeX:  strings.TrimSuffix(string(citation.BibTeX(record)), "\n"),
		Files:   hasOwnFiles(m.lib),
		Date:    slashed(record.Issued),
	}
	if !record.Issued.IsZero() {
		cited.Year = strconv.Itoa(record.Issued.Year)
	}
	for _, n := range record.Authors {
		cited.Names = append(cited.Names, citation.Inverted(n))
	}
	for _, p := range c.Principles {
		cited.Keywords = append(cited.Keywords, p.Title)
	}
	for _, country := range c.Countries {
		cited.Keywords = append(cited.Keywords, country.Name)
	}
	for _, d := range c.Disciplines {
		cited.Keywords = append(cited.Keywords, d.Label)
	}
	return cited
}

// slashed returns a date in the form of Highwire Press tags: "2026/11/24".
func slashed(d content.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d/%02d", d.Year, d.Month)
	default:
		return fmt.Sprintf("%04d/%02d/%02d", d.Year, d.Month, d.Day)
	}
}
