package frontmatter

// Nodes and mappings, for types that decode themselves or check several fields
// together.

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"reflect"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// Node is a YAML value, for types that decode themselves; see [Custom].
type Node struct {
	d   *decoder
	n   *yaml.Node
	key string // key of the field that has this value

	example string // an example of a value of the field; may be ""
}

// Key returns the key of the field that the node is the value of.
func (n Node) Key() string { return n.key }

// Position returns the position of the node in its file.
func (n Node) Position() problem.Position { return n.d.at(n.n) }

// IsEmpty reports whether the value counts as not given: null, "", [] or {}.
func (n Node) IsEmpty() bool { return isEmpty(n.n) }

// IsMapping reports whether the node is a mapping.
func (n Node) IsMapping() bool { return n.n.Kind == yaml.MappingNode }

// Fail reports an error at the node.
func (n Node) Fail(code, message, hint string) { n.d.fail(n.n, code, message, hint) }

// FailWith reports a mistake as an error at the node.
func (n Node) FailWith(m Mistake) { n.d.failWith(n.n, m, "") }

// Raw returns the text of a scalar as written, and "" for any other node.
func (n Node) Raw() string { return n.n.Value }

// Text returns a scalar as text, with each run of white space replaced by one
// space. For any other node, it adds a problem and returns false.
func (n Node) Text() (string, bool) { return n.d.words(n.n, n.key) }

// Prose is like Text, for text that readers see. It also reports markup in the
// text.
func (n Node) Prose() (string, bool) {
	text, ok := n.Text()
	if ok {
		n.d.checkMarkup(n.n, text)
	}
	return text, ok
}

// Texts returns the value of a node that is a text or a list of texts.
func (n Node) Texts() (texts []string, ok bool) {
	v := valueType{key: n.key, prose: true}
	ok = v.list(v.text, false)(n.d, n.n, reflect.ValueOf(&texts).Elem())
	return texts, ok
}

// Items returns the items of a list, or nil if the node is not a list.
func (n Node) Items() []Node {
	if n.n.Kind != yaml.SequenceNode {
		return nil
	}
	items := make([]Node, len(n.n.Content))
	for i, item := range n.n.Content {
		items[i] = Node{d: n.d, n: item, key: n.key}
	}
	return items
}

// Field returns the value of a field of a mapping, or false if there is none.
func (n Node) Field(name string) (Node, bool) {
	for i := 0; n.IsMapping() && i+1 < len(n.n.Content); i += 2 {
		if n.n.Content[i].Value == name {
			return Node{d: n.d, n: n.n.Content[i+1], key: n.key}, true
		}
	}
	return Node{}, false
}

// EachPair calls read for each pair of a mapping whose keys are free text. It
// returns whether all pairs could be read.
func (n Node) EachPair(read func(name Ref, value Node) bool) bool {
	d := n.d
	if n.n.Tag == broken {
		return false
	}
	if !n.IsMapping() {
		hint := `write them below it as "name: value", indented`
		if items := n.Items(); len(items) > 0 && items[0].IsMapping() {
			hint = "delete the hyphens: each line begins with a name and a colon"
		} else if n.example != "" {
			hint = "for example " + n.key + ": " + n.example
		}
		n.Fail("wrong-type", n.key+" has fields of its own", hint)
		return false
	}
	all := true
	seen := map[string]*yaml.Node{}
	if pairs := len(n.n.Content) / 2; pairs > MaxItems {
		d.tooManyItems(n.n.Content[2*MaxItems], n.key, pairs)
		return false
	}
	for i := 0; i+1 < len(n.n.Content) && !d.Full(); i += 2 {
		key, value := n.n.Content[i], n.n.Content[i+1]
		if !d.isKey(key) {
			all = false
			continue
		}
		if isEmpty(key) {
			d.fail(key, "empty-value", "a name in "+n.key+" is empty", "write it before the colon")
			all = false
			continue
		}
		name, ok := d.words(key, n.key)
		if !ok {
			all = false
			continue
		}
		if IsUnstated(name) {
			d.fail(key, "empty-value", fmt.Sprintf("%q is no name in %s", Shorten(name), n.key), "write the name that is meant, or delete the line")
			all = false
			continue
		}
		if seen[name] != nil {
			d.duplicateKey(key, seen[name])
			all = false
			continue
		}
		seen[name] = key
		all = read(Ref{Text: name, Position: d.at(key)}, Node{d: d, n: value, key: n.key}) && all
	}
	return all
}

// Hash returns the hash of everything that the node contains, and of the
// arrangement of its parts. Lines are counted from that of the node.
func (n Node) Hash() [32]byte {
	h := sha256.New()
	hashNode(h, n.n, n.n.Line)
	return [32]byte(h.Sum(nil))
}

func hashNode(h hash.Hash, n *yaml.Node, line int) {
	fmt.Fprintf(h, "%d %d %d %d %d %s %d ", n.Kind, n.Style, n.Line-line, n.Column, len(n.Content), n.Tag, len(n.Value))
	io.WriteString(h, n.Value)
	for _, child := range n.Content {
		hashNode(h, child, line)
	}
}

// Mapping is a decoded mapping, for rules that span several fields; see [Checker].
type Mapping struct {
	d       *decoder
	at      problem.Position
	top     bool                  // whether it is not nested in another mapping
	unknown bool                  // whether it has an unknown field
	keys    map[string]*yaml.Node // all keys, including those without a value
	given   map[string]*yaml.Node // values that are not empty, by key
}

// Given reports whether the field has a value, including one that could not be
// read.
func (m *Mapping) Given(key string) bool {
	return m.given[key] != nil || m.top && (m.d.lost[key] || m.d.lostAny)
}

// IsShort reports whether the mapping was written as a text, or is empty.
func (m *Mapping) IsShort() bool { return len(m.keys) == 0 }

// Position returns the position of the mapping: line 1, column 1 for front matter.
func (m *Mapping) Position() problem.Position { return m.at }

// PositionOf returns the position of the value of a field, or that of the mapping
// if the field has no value.
func (m *Mapping) PositionOf(key string) problem.Position {
	if n := m.given[key]; n != nil {
		return m.d.at(n)
	}
	return m.at
}

// Report adds a problem to the file.
func (m *Mapping) Report(at problem.Position, severity problem.Severity, code, message, hint string) {
	m.d.Report(at, severity, code, message, hint)
}
