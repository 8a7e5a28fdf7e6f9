package search

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
)

// formatVersion is the first number of the root; the client refuses another.
const formatVersion = 3

// An exporter keeps, between exports, what a change leaves as it was.
type exporter struct {
	terms      map[uint32]*term // by stem
	texts      map[*entry]body
	compressed map[digest][]byte
	numbers    []uint32 // document number by slot, in the last export
	order      []uint32 // slots in the last export
}

func newExporter() exporter {
	return exporter{terms: map[uint32]*term{}, texts: map[*entry]body{}}
}

// A root names the shards in a part of its own, in the order in which the rest of it has need of them.
type root struct {
	encoder
	refs encoder
}

// table lists the chunks of a sorted list.
func (r *root) table(t table) {
	r.borders(t)
	for _, ref := range t.refs {
		r.refs.ref(ref)
	}
}

// Export gives the files that the client needs, by path below the site's root. They depend on the documents and labels
// alone. labels name the values of groups and set their order; a value without a label is shown by its id, last. The
// map is the caller's; the bytes must not be changed.
func (x *Index) Export(ctx context.Context, labels map[Group][]Value) (map[string][]byte, error) {
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
	texts, err := x.compressTexts(ctx)
	if err != nil {
		return nil, err
	}

	shards := newShardSet(x.exporter.compressed)
	var root root
	root.uint(formatVersion)
	root.uint(len(x.slots))
	root.uint(fieldCount)
	for f, row := range fields {
		root.string(row.name)
		root.uint(row.boost)
		root.uint(x.averageLength(field(f)))
	}
	root.refs.ref(shards.add(x.lengthColumns()...))
	root.refs.ref(shards.add(x.dateColumn()))
	for _, parts := range x.groupColumns(labels) {
		root.refs.ref(shards.add(parts...))
	}
	x.addDocuments(&root, shards, texts)
	x.addVocabulary(&root, shards)
	x.addTerms(&root, shards)

	files, err := shards.finish(ctx, x.job(Compressing, 0))
	if err != nil {
		return nil, err
	}
	files[RootPath] = newDeflater().deflate([]part{text(root.data), column(root.refs.data)})
	x.exporter.compressed = shards.compressed
	return files, nil
}

// readPostings reads from bleve what has changed since the last export.
func (x *Index) readPostings(ctx context.Context) (err error) {
	if len(x.stale) == 0 {
		return nil
	}
	w, err := x.engine.walk(func(id string) (uint32, bool) {
		slot, ok := x.slots[id]
		return slot, ok
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	stems := x.dictionary.stemList()
	changed := slices.Collect(maps.Keys(x.stale))
	lists := make([]postings, len(changed))
	err = x.job(Exporting, len(changed)).run(ctx, func() func(int) error {
		return func(i int) (err error) {
			lists[i], err = w.postings(stems[changed[i]])
			return err
		}
	})
	if err != nil {
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

// A body is what excerpts of a document are cut from.
type body struct {
	digest     digest
	compressed []byte
}

// maxExcerptText is how much of a body excerpts may come from, in bytes: enough for nearly all, while the reader of a
// very long page is not made to fetch it.
const maxExcerptText = 7 << 10

// addDocuments writes what results show. A directory shard lists the shards of a few documents by number, the root
// lists the directories: a list of all documents would be too large for it.
func (x *Index) addDocuments(root *root, shards *shardSet, texts map[*entry]body) {
	order := x.documentOrder()
	refs := make([]ref, len(order))
	for i, slot := range order {
		refs[i] = shards.add(text(x.entries[slot].display(texts, shards)))
	}
	var sizes []int
	var directories []ref
	cutting{least: 16, most: 64, every: 16}.chunks(len(order),
		func(i int) string { return x.entries[order[i]].doc.ID },
		func(int) int { return 1 },
		func(start, end int) {
			var directory encoder
			for _, r := range refs[start:end] {
				directory.ref(r)
			}
			sizes = append(sizes, end-start)
			directories = append(directories, shards.add(column(directory.data)))
		})
	root.uint(len(directories))
	for _, size := range sizes {
		root.uint(size)
	}
	for _, r := range directories {
		root.refs.ref(r)
	}
}

func (e *entry) display(texts map[*entry]body, shards *shardSet) []byte {
	var d encoder
	for _, s := range []string{e.doc.ID, e.doc.Title, e.doc.Summary, e.doc.Lang} {
		d.string(s)
	}
	d.uint(len(e.doc.Details))
	for _, s := range e.doc.Details {
		d.string(s)
	}
	if t, ok := texts[e]; ok {
		d.ref(shards.addCompressed(t.digest, t.compressed))
	}
	return d.data
}

// compressTexts compresses the bodies that are new since the last export.
func (x *Index) compressTexts(ctx context.Context) (map[*entry]body, error) {
	texts := map[*entry]body{}
	var fresh []*entry
	for _, slot := range x.documentOrder() {
		e := x.entries[slot]
		if t, ok := x.exporter.texts[e]; ok {
			texts[e] = t
		} else if e.doc.Body != "" || e.doc.Beside != "" {
			fresh = append(fresh, e)
		}
	}
	compressed, err := compressAll(ctx, job{n: len(fresh)}, func(i int) []part { return []part{text(fresh[i].excerptText())} })
	if err != nil {
		return nil, err
	}
	for i, e := range fresh {
		texts[e] = body{digestOf([]part{text(e.excerptText())}), compressed[i]}
	}
	x.exporter.texts = texts
	return texts, nil
}

func (e *entry) excerptText() []byte {
	text := e.doc.longText()
	return []byte(strings.ToValidUTF8(text[:min(len(text), maxExcerptText)], ""))
}
