// Notes: quotes that begin with a line such as [!NOTE], as on GitHub.

package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// NoteKind is the kind of a note: "note", "tip", "important", "warning" or
// "caution".
type NoteKind string

// noteKinds are all kinds, in the order of the slots that refer to them.
var noteKinds = [...]NoteKind{"note", "tip", "important", "warning", "caution"}

// notes finds the quotes that are notes, and removes the line that says so.
type notes struct{}

func (notes) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	quote := node.Parent()
	if quote.Kind() != ast.KindBlockquote || node.PreviousSibling() != nil {
		return
	}
	lines := node.Lines()
	first := lines.At(0)
	kind := noteKind(bytes.TrimSpace(first.Value(reader.Source())))
	if kind < 0 {
		return
	}
	s := stateOf(pc)
	if s.notes == nil {
		s.notes = map[ast.Node]int{}
	}
	s.notes[quote] = kind
	lines.SetSliced(1, lines.Len())
	if lines.Len() == 0 {
		quote.RemoveChild(quote, node)
	}
}

// noteKind returns the index in noteKinds of the kind that a line names, or -1.
func noteKind(line []byte) int {
	name, ok := bytes.CutPrefix(line, []byte("[!"))
	if !ok {
		return -1
	}
	name, ok = bytes.CutSuffix(name, []byte("]"))
	if !ok {
		return -1
	}
	return slices.Index(noteKinds[:], NoteKind(strings.ToLower(string(name))))
}

// title returns the English title of a note.
func (k NoteKind) title() string { return strings.ToUpper(string(k[:1])) + string(k[1:]) }
