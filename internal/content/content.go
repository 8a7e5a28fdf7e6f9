// Package content turns one file of the content folder into one typed entry:
// a case study, principle, resource, page, vocabulary or site.yaml.
//
// It is strict and pure. Front matter is YAML between "---" lines; an unknown
// key, a wrong type, a value outside its vocabulary, a missing required field
// and YAML's own traps are problems at file, line and column, all of them
// reported in one run. Nothing outside the file is read: references are kept as
// written, with their position, for package library to resolve.
//
// Package frontmatter does the reading of YAML; this package holds the content
// model: the kinds of content (kinds.go), their fields (case.go, entries.go)
// and the rules that fields must follow (check.go, rules.go). The problems that
// it reports have the codes of packages frontmatter and markdown, and these:
//
//	unknown-file             nothing is read from a file of this name
//	bad-id                   an id that cannot be part of an address
//	front-matter-below       fields that show as text: a warning
//	title-twice              a body that begins with the title: advice
//	duplicate-id             an entry given twice in one file
//	missing-tags             neither hallmarks nor principles
//	missing-source           neither sources nor authors
//	missing-countries        advice
//	missing-disciplines      advice
//	missing-partners         advice
//	bad-date, date-order     no date, or no likely year; dates that contradict each other
//	bad-url, bad-contact     no web address; neither e-mail nor web address
//	bad-orcid                no ORCID iD
//	bad-currency             no currency of ISO 4217
//	bad-lang                 no BCP 47 language tag
//	bad-licence              not in the SPDX licence list
//	bad-alias-path           no path of this site
package content

import (
	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// Parsed is one file, parsed. It is immutable.
//
// An entry with mistakes is included, with what could be read of it, so that
// references to it are not reported as well: a Markdown file always has one
// entry and a body, site.yaml one entry. Entries of a vocabulary without a
// usable id are left out.
type Parsed struct {
	Path     string // below content/
	Entries  []Entry
	Body     *Body             // nil for YAML files
	Problems []problem.Problem // sorted
	Dates    []WrittenDate     // all dates in front matter and vocabularies, in the order read
}

// WrittenDate is a date with its field and position, for checks against the
// date of the build.
type WrittenDate struct {
	Key string // "published", "as_of"
	Date
	At Position
}

// Entry is one of *CaseStudy, *Principle, *Resource, *Page, *Term,
// *Organisation, *Reference and *Site, which all embed a Source.
type Entry interface {
	Origin() *Source // where it was read from; not to be changed
}

// Body is the text below the front matter.
type Body struct {
	*markdown.Document
	Hash  [32]byte   // of everything that a page can show of it
	Links []Position // where each link of Document.Links is, in the file
}
