package content

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"

	"go.yaml.in/yaml/v3"
)

// parseVocabulary reads a YAML file that is a list of entries, or a mapping
// whose one field is that list.
func (f *file) parseVocabulary(parsed *Parsed, k *kind) {
	if f.unreadable {
		return
	}
	d := newDecoder(f, f.src, 0)
	first := map[string]Position{}
	for _, item := range d.items(d.readYAML(), k.list) {
		if d.full() {
			return
		}
		if isEmpty(item) {
			d.fail(item, "empty-value", "an item of "+k.list+" is empty", "write the fields of an entry behind the hyphen, or delete it")
			continue
		}
		entry := k.newEntry("", f.name, d.at(item))
		k.entry.decodeInto(d, item, entry)
		s := entry.Origin()
		if s.ID == "" {
			continue
		}
		before := len(first)
		d.checkUnique(first, s.ID, s.At)
		if len(first) == before {
			continue
		}
		s.Key = entryKey(f.name, item)
		parsed.Entries = append(parsed.Entries, entry)
	}
}

// items are the entries of a vocabulary, whichever of the two forms it has.
func (d *decoder) items(n *yaml.Node, key string) []*yaml.Node {
	switch {
	case n == nil || n.Tag == broken:
		return nil
	case n.Kind == yaml.SequenceNode:
		return n.Content
	case n.Kind != yaml.MappingNode:
		d.fail(n, "wrong-type", "this file is a list of "+key, "begin each entry with - id: …")
		return nil
	}
	var items []*yaml.Node
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		switch {
		case !d.isKey(name):
		case seen[name.Value] != nil:
			d.duplicateKey(name, seen[name.Value])
		case name.Value != key:
			d.fail(name, "unknown-key", fmt.Sprintf("%q is not a field of this file", shorten(name.Value)), "the file has one field, "+key+", with a list of entries")
		case isEmpty(value) || value.Tag == broken:
		case value.Kind != yaml.SequenceNode:
			d.fail(value, "wrong-type", key+" is a list", "begin each entry with - id: …")
		default:
			items = value.Content
		}
		if name.Kind == yaml.ScalarNode {
			seen[name.Value] = name
		}
	}
	return items
}

// entryKey is the hash of all that the nodes of an entry say, and of where
// they stand to one another: lines are counted from the entry's own.
func entryKey(file string, entry *yaml.Node) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", file)
	hashNode(h, entry, entry.Line)
	return [32]byte(h.Sum(nil))
}

func hashNode(h hash.Hash, n *yaml.Node, line int) {
	fmt.Fprintf(h, "%d %d %d %d %d %s %d ", n.Kind, n.Style, n.Line-line, n.Column, len(n.Content), n.Tag, len(n.Value))
	io.WriteString(h, n.Value)
	for _, child := range n.Content {
		hashNode(h, child, line)
	}
}
