// Package content turns one file of the content folder into one typed entry:
// a case study, principle, resource, page, vocabulary or site.yaml.
//
// It is strict and pure. Front matter is YAML between "---" lines; an unknown
// key, a wrong type, a value outside its vocabulary, a missing required field
// and YAML's own traps are problems at file, line and column, all of them in
// one run. Nothing outside the file is looked at: references are kept as
// written, with their position, for package library to resolve.
//
// YAML is read as its writer means it: a plain value is the text as written,
// so "countries: [NO]" is Norway and "title: 2016" a title; white space within
// a text is one space; one value may stand for a list of one; null, "", [] and
// {} are as if the field were not there.
package content

import (
	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// Parsed is one file, parsed. It is immutable.
//
// An entry with mistakes is there with what could be read of it, so that
// references to it are not reported as well: a Markdown file always has one
// entry and a body, site.yaml one entry. Of a vocabulary, entries without a
// usable id are left out.
type Parsed struct {
	Path     string // below content/
	Entries  []Entry
	Body     *Body             // nil for YAML files
	Problems []problem.Problem // sorted; see Codes
	Dates    []WrittenDate     // all that are in front matter and vocabularies, as they come
}

// WrittenDate is a date with the field that it is the value of, for whoever
// knows what day it is.
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
	Hash  [32]byte   // of all that can be shown of it
	Links []Position // where each link of Document.Links is, in the file
}
