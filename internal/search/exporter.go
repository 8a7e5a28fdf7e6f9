package search

// The export: the files for the browser.

import "context"

// formatVersion is the first number in the root. The client rejects roots with another version.
const formatVersion = 9

// An exporter keeps the results of the last export that a change may leave valid.
type exporter struct {
	terms      []*term // by number of stem; nil if no document has it
	compressed map[digest][]byte
	digests    map[string]digest // digests of the shards, by path
	labels     digest
	numbers    []uint32 // document number by slot, in the last export
	order      []uint32 // slots in the last export
}

func newExporter() exporter {
	return exporter{compressed: map[digest][]byte{}, digests: map[string]digest{}}
}

// A root is the encoder of the root file. The refs of shards are in a separate part, in the order in which the rest of
// the root needs them.
type root struct {
	encoder
	refs encoder
}

// table writes a table: its borders, and its refs in the part for refs.
func (r *root) table(t table) {
	r.borders(t)
	for _, ref := range t.refs {
		r.refs.ref(ref)
	}
}

// Labels are the values of each group with the labels that readers see, in the order in which they are shown.
type Labels map[Group][]Value

// Export returns the files that the client needs, by path below the site's root. They depend only on the content and the
// labels. A value without a label is shown by its id, after the others. The caller may change the map, but not the bytes.
//
// The root is read from beginning to end. It consists of these parts, in the data types of encode.go:
//
//	part      what                        for
//	header    format, documents
//	          language                    of the library, BCP 47
//	          number of fields
//	          name, boost, mean length    every field
//	          number of concepts
//	          term, number of phrases     every concept
//	          number of stems, stem …     every phrase
//	          number of marks, stem …     every concept
//	          number of packs of cards
//	          documents                   every pack
//	          borders                     of the vocabulary
//	          borders                     of the terms
//	          number of bundled shards
//	          bytes                       every bundled shard
//	refs      ref                         of the lengths, every pack of cards, the filters, the organisations, the dates, every chunk of the
//	                                      vocabulary, the table of positions, every chunk of terms
//	bundle    shard                       every bundled shard
func (x *Index) Export(ctx context.Context, labels Labels) (map[string][]byte, error) {
	return x.export(ctx, labels, bundleLimit)
}

// export is Export with a configurable limit in place of bundleLimit.
func (x *Index) export(ctx context.Context, labels Labels, limit int) (map[string][]byte, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.failure != nil {
		return nil, x.failure
	}
	before := x.exporter.labels
	x.exporter.labels = labels.digest()
	if x.unchanged != nil && x.exporter.labels == before {
		return x.unchanged.exported(), nil
	}
	x.unchanged = nil
	if err := x.encodeTerms(ctx); err != nil {
		x.failure = err // only some of the terms are up to date
		return nil, err
	}
	pins := x.pins()
	terms, cards := x.sortedTerms(pins), x.cards()
	bytes := 0
	for _, t := range terms {
		bytes += t.size(x.isInline(t.id))
	}
	for _, card := range cards {
		bytes += card.size()
	}
	layout := layoutOf(bytes <= limit)

	shards := newShardSet(x.exporter.compressed)
	var root root
	x.writeHeader(&root)
	root.refs.ref(shards.addToBundle(x.lengthColumns()...))
	x.addCards(&root, shards, cards, layout)
	groups := x.groupColumns(labels)
	root.refs.ref(layout.add(shards, partsOf(groups[:Organisation])...))
	root.refs.ref(layout.add(shards, partsOf(groups[Organisation:])...))
	root.refs.ref(layout.add(shards, x.dateColumn()))
	x.addVocabulary(&root, shards, layout)
	x.addTerms(&root, shards, terms, pins, layout)
	suggestions := x.addSuggestions(shards)
	files, err := shards.finish(ctx, x.progress)
	if err != nil {
		return nil, err
	}
	files[SuggestPath] = suggestions
	files[RootPath] = newDeflater().deflate(root.parts(shards.bundle))
	x.exporter.compressed, x.exporter.digests = shards.compressed, shards.digests()
	return files, nil
}

func (x *Index) writeHeader(root *root) {
	root.uint(formatVersion)
	root.uint(len(x.slots))
	root.string(x.content.Lang)
	root.uint(fieldCount)
	for f, row := range fields {
		root.string(row.name)
		root.uint(row.boost)
		root.uint(x.averageLength(field(f)))
	}
	root.uint(len(x.concepts.all))
	for _, c := range x.concepts.all {
		root.string(c.term)
		root.uint(len(c.phrases))
		for _, phrase := range c.phrases {
			root.strings(phrase)
		}
		root.strings(c.marks)
	}
}

// parts returns the parts of the complete root file.
func (r *root) parts(bundle [][]part) []part {
	r.uint(len(bundle))
	var shards []part
	for _, parts := range bundle {
		size := 0
		for _, p := range parts {
			size += len(p.data)
		}
		r.uint(size)
		shards = append(shards, parts...)
	}
	return append([]part{text(r.data), column(r.refs.data)}, shards...)
}
