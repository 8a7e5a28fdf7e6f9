package content

// What entries have in common: references, positions and sources.

import (
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// Position is a point in a file.
type Position = problem.Position

// Ref is a reference as written (an id, a title, a name), and where.
type Ref = frontmatter.Ref

// Source says where an entry was read from.
//
// Key covers the path, all fields and the summary, even one that comes from the
// body, but not the rest of the body. Equal keys mean equal fields and, in a
// Markdown file or site.yaml, equal positions. In a vocabulary, an entry moves
// up and down with those above it and keeps its key, so what is kept by key
// must not keep positions of vocabularies.
type Source struct {
	Class Class    // what kind of entry it is
	ID    string   // from the file name, or the entry's own id field
	File  string   // path below content/
	At    Position // of the entry, for messages about the whole of it
	Key   [32]byte // hash of everything that the entry says

	Excerpted bool // its summary is not written, but the beginning of its text
}

// Origin is the source itself, which makes any type that embeds one an [Entry].
func (s *Source) Origin() *Source { return s }
