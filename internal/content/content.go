// Package content turns one file of the content folder into one typed entry:
// a case study, principle, resource, page, vocabulary or site.yaml.
//
// It is strict and pure. Front matter is YAML between "---" lines; an unknown
// key, a wrong type, a value outside its vocabulary, a missing required field
// and YAML's own traps are problems at file, line and column, all of them in
// one run. Nothing outside the file is looked at: references are kept as
// written, with their position, for package library to resolve.
package content

import (
	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// Parsed is one file, parsed. It is immutable.
type Parsed struct {
	Path     string  // below content/
	Entries  []Entry // one for a Markdown file and site.yaml, many for a vocabulary; those that could be read
	Body     *Body   // nil for YAML files
	Problems []problem.Problem
}

// Entry is one of *CaseStudy, *Principle, *Resource, *Page, *Organisation,
// *Discipline, *Reference and *Site.
type Entry interface {
	Fingerprint() [32]byte
	source() *Source
}

// Body is the text below the front matter.
type Body struct {
	*markdown.Document
	Hash  [32]byte   // of the body's source
	Links []Position // where each link of Document.Links is, in the file
}
