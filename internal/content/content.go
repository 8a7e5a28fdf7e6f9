// Package content turns one file of the content folder into typed entries: a case
// study, principle, resource, page, the entries of a vocabulary, or site.yaml.
//
// It is strict, and its result depends only on the file. Front matter is YAML
// between "---" lines. Unknown keys, wrong types, values outside their vocabulary,
// missing required fields and text that YAML would misread are problems with a
// file, line and column; one run reports all of them. No other file is read:
// references are kept as written, with their position, and package library resolves
// them.
//
// Package frontmatter reads the YAML. This package holds the content model: the
// kinds of content (kinds.go), their fields (case.go, entries.go) and the rules for
// fields (check.go, rules.go, needs.go). It reports problems with the codes of
// packages frontmatter and markdown, and with these:
//
//	unknown-file             files with this name are not read
//	bad-id                   an id that cannot be part of an address
//	front-matter-below       fields that are shown as text: a warning
//	title-twice              a body that begins with the title: advice
//	duplicate-id             an entry given twice in one file
//	missing-tags             neither hallmarks nor principles
//	missing-source           neither sources nor authors
//	missing-countries        advice
//	missing-disciplines      advice
//	missing-partners         advice
//	bad-date, date-order     not a date, or an unlikely year; dates in the wrong order
//	bad-url, bad-contact     not a web address; neither an e-mail nor a web address
//	bad-orcid                not an ORCID iD
//	bad-identifier           not a DOI, ISBN or ISSN
//	email-address            an e-mail address in the name of a person
//	author-name              more than the name of an author: a warning
//	bad-currency             not a currency of ISO 4217
//	bad-lang                 not a BCP 47 language tag
//	bad-licence              not in the SPDX licence list
//	bad-alias-path           not a path of this site
package content

import (
	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// Parsed is a parsed file. It is immutable.
//
// An entry with mistakes is included with the parts that could be read, so that
// references to it are not reported too: a Markdown file always has one entry and a
// body, and site.yaml always has one entry. Entries of a vocabulary without a
// usable id are left out.
type Parsed struct {
	Path     string // below content/
	Entries  []Entry
	Body     *Body             // nil for YAML files
	Problems []problem.Problem // sorted
	Unread   []byte            // where a file of named things has an error: its front matter or, of a vocabulary, its text, which may name entries that could not be read
	Dates    []WrittenDate     // all dates in front matter and vocabularies, in the order of reading
}

// WrittenDate is a date with its field and position, for checks against the build
// date.
type WrittenDate struct {
	Key string // "published", "as_of"
	Date
	At Position
}

// Entry is one of *CaseStudy, *Principle, *Resource, *Page, *Term, *Organisation,
// *Reference, *Synonyms and *Site, all of which embed a Source.
type Entry interface {
	Origin() *Source // where it was read from; must not be modified
}

// Body is the text below the front matter.
type Body struct {
	*markdown.Document
	Hash  [32]byte   // hash of everything that a page can show of the body
	Links []Position // position in the file of each of Document.Links
}

// Split returns the body without its text and HTML, and both; see [markdown.Document.Split].
func (b *Body) Split() (rest *Body, text, html string) {
	document, text, html := b.Document.Split()
	return &Body{document, b.Hash, b.Links}, text, html
}

// Join returns the body that Split has divided.
func (b *Body) Join(text, html string) *Body {
	return &Body{b.Document.Join(text, html), b.Hash, b.Links}
}
