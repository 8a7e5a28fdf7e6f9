package search

// The export: the files for the browser.

import (
	"context"
	"errors"
	"maps"
	"slices"
)

// formatVersion is the first number in the root. The client rejects roots with another version.
const formatVersion = 6

// An exporter keeps the results of the last export that a change may leave valid.
type exporter struct {
	terms      map[uint32]*term // by stem
	compressed map[digest][]byte
	digests    map[string]digest // digests of the shards, by path
	numbers    []uint32          // document number by slot, in the last export
	order      []uint32          // slots in the last export
}

func newExporter() exporter {
	return exporter{terms: map[uint32]*term{}, compressed: map[digest][]byte{}}
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
//	refs      ref                         of the lengths, the filters, the organisations, the dates, every pack of cards, every chunk of the
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
	if err := x.readPostings(ctx); err != nil {
		return nil, err
	}
	if err := x.encodeTerms(ctx); err != nil {
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
	groups := x.groupColumns(labels)
	root.refs.ref(layout.add(shards, slices.Concat(groups[:Organisation]...)...))
	root.refs.ref(layout.add(shards, groups[Organisation]...))
	root.refs.ref(layout.add(shards, x.dateColumn()))
	x.addCards(&root, shards, cards, layout)
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

// readPostings reads the postings that have changed since the last export from bleve, and adds those of the documents
// that bleve does not hold.
func (x *Index) readPostings(ctx context.Context) error {
	if len(x.stale) == 0 {
		return nil
	}
	stems := x.dictionary.stemList()
	changed := slices.Collect(maps.Keys(x.stale))
	lists, err := x.readBleve(ctx, changed)
	if err != nil {
		return err
	}
	if err := x.addRecalled(ctx, lists, changed); err != nil {
		return err
	}
	for i, id := range changed {
		if lists[i].empty() {
			delete(x.exporter.terms, id)
			continue
		}
		x.exporter.terms[id] = &term{id: id, stem: stems[id], postings: lists[i]}
	}
	clear(x.stale)
	return nil
}

// readBleve reads the postings of some stems from bleve's index.
func (x *Index) readBleve(ctx context.Context, changed []uint32) (lists []postings, err error) {
	w, err := x.engine.walk(func(id string) (uint32, bool) {
		slot, ok := x.slots[id]
		return slot, ok
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	stems := x.dictionary.stemList()
	lists = make([]postings, len(changed))
	none := func() struct{} { return struct{}{} }
	err = each(ctx, x.progress, Exporting, len(changed), none, func(_ struct{}, i int) (err error) {
		lists[i], err = w.postings(stems[changed[i]], x.inBleve[changed[i]])
		return err
	})
	return lists, err
}
