package content

// Types that all entries share: references, positions and sources.

import (
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// Position is a point in a file.
type Position = problem.Position

// Ref is a reference as written (an id, a title or a name) with its position.
type Ref = frontmatter.Ref

// Source says where an entry was read from.
//
// Key covers the path, all fields and the summary, even if the summary comes from
// the body, but not the rest of the body. Equal keys mean equal fields and, in a
// Markdown file or site.yaml, equal positions. In a vocabulary, an entry keeps its
// key when the entries before it change, although its position changes. So values
// cached by key must not contain positions in vocabularies.
type Source struct {
	Class Class    // kind of the entry
	ID    string   // from the file name, or from the entry's id field
	File  string   // path below content/
	At    Position // position of the entry, for messages about the whole entry
	Key   [32]byte // hash of everything that the entry says

	Excerpted bool // the summary was not written, but taken from the beginning of the text
}

// Origin returns the source itself. It makes every type that embeds a Source an
// [Entry].
func (s *Source) Origin() *Source { return s }
