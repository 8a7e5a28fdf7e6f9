// Package citation writes bibliographic records in the formats that reference
// managers read, BibTeX, RIS and CSL-JSON, and reads the first two.
//
// A record is a [content.Reference], which is a CSL item; [Of] makes one of a
// case study, so that a case study is cited as any other work is. The package
// writes no files and knows no addresses but those that it is given.
package citation

import (
	"cmp"
	"strings"

	"casebook/internal/content"
)

// Publication is what a record of a case study says besides the case study
// itself.
type Publication struct {
	Title   string        // required: of the site, which publishes the account
	Address string        // of the case study's page; empty without a base URL
	Lang    string        // BCP 47, of the site
	Terms   content.Terms // the site's own; a case study is of the kind "Case study" without them
}

// Of returns the record of a case study: a report that the site publishes. An
// account that names no author has none, since the site did not write it.
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

// honorifics are the titles that show that a name is a person's.
var honorifics = map[string]bool{
	"dr": true, "prof": true, "professor": true, "mr": true, "mrs": true, "ms": true, "miss": true, "mx": true,
	"sir": true, "dame": true, "lord": true, "lady": true, "sr": true, "sister": true, "rev": true,
}

// nameOf returns an author as a CSL name. A name is divided into given and
// family name only where it is certainly a person's: it has an ORCID or a title
// ("Dr"), or is written "Family, Given". Any other name stays whole, so that no
// organisation gets a first name.
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
