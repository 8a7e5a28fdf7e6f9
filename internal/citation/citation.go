// Package citation writes bibliographic records in the formats that reference
// managers read, BibTeX, RIS and CSL-JSON, and reads the first two.
//
// A record is a [content.Reference], which is a CSL item. [Of] makes one from a
// case study, so that a case study is cited like any other work.
package citation

import (
	"cmp"
	"strings"

	"casebook/internal/content"
)

// Publication holds what a record of a case study contains besides the facts of
// the case study.
type Publication struct {
	Title   string        // required: of the site, which is the publisher
	Address string        // of the case study's page; empty without a base URL
	Lang    string        // BCP 47, of the site
	Terms   content.Terms // the site's own words; without them the genre is "Case study"
}

// Of returns the record of a case study: a report that the site publishes. If the
// case study names no author, the record has none either, because the site did not
// write it.
func Of(c *content.CaseStudy, in Publication) *content.Reference {
	r := &content.Reference{
		Source:    content.Source{ID: c.ID},
		Type:      "report",
		Title:     c.Title,
		Issued:    c.Changed(),
		Publisher: in.Title,
		Genre:     in.Terms.Rename("Case study"),
		URL:       in.Address,
		Language:  cmp.Or(c.Lang, in.Lang),
		Abstract:  c.Summary,
	}
	for _, a := range c.Authors {
		r.Authors = append(r.Authors, nameOf(a))
	}
	return r
}

// honorifics are titles that only the names of people have.
var honorifics = map[string]bool{
	"dr": true, "prof": true, "professor": true, "mr": true, "mrs": true, "ms": true, "miss": true, "mx": true,
	"sir": true, "dame": true, "lord": true, "lady": true, "sr": true, "sister": true, "rev": true,
}

// nameOf returns an author as a CSL name. It divides a name into given and family
// name only if the author is certainly a person: if it has an ORCID or a title such
// as "Dr", or is written "Family, Given". Any other name stays whole, because it may
// be the name of an organisation.
func nameOf(a content.Author) content.Name {
	name, person := a.Name, a.ORCID != ""
	for {
		first, rest, more := strings.Cut(name, " ")
		if !more || !honorifics[strings.ToLower(strings.TrimSuffix(first, "."))] {
			break
		}
		name, person = rest, true
	}
	if family, given, ok := strings.Cut(name, ", "); ok && !strings.Contains(given, ",") && len(strings.Fields(family)) <= 2 {
		return content.Name{Family: family, Given: given}
	}
	if i := strings.LastIndexByte(name, ' '); person && i > 0 {
		return content.Name{Given: name[:i], Family: name[i+1:]}
	}
	return content.Name{Literal: name}
}
