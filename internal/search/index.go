package search

// The index: its documents and statistics, kept across builds.

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"casebook/internal/parallel"
)

// rebuildAfter is the number of changed documents after which bleve's index is built again. In memory, scorch never
// merges segments, and every change adds one.
const rebuildAfter = 64

// An Index holds the documents of one site, ready to be searched and exported. It is kept across builds: call Sync with
// the current documents, then Query or Export. It is safe for concurrent use.
type Index struct {
	progress progress

	mu         sync.Mutex
	dictionary *dictionary
	content    Content // without the documents
	concepts   *concepts
	engine     *engine
	slots      map[string]uint32 // by document id
	entries    []*entry          // by slot; nil after a document is removed
	free       []uint32          // slots to reuse
	order      []uint32          // slots sorted by document id; also the order of the export and of ties
	ordered    bool              // whether order is up to date

	wordDocuments []uint32             // number of documents with a word, by number of word
	stemHolders   []uint32             // number of documents with a stem, by number of stem
	inBleve       [][fieldCount]uint32 // number of documents in bleve's index with a stem in each field, by number of stem
	occurrences   []uint32             // number of occurrences of a stem in all documents, by number of stem
	stemForms     []uint32             // number of distinct words with a stem, by number of stem
	totals        [fieldCount]int      // sums of the rounded field lengths
	vocabulary    *vocabulary          // nil when it has to be made again
	moved         []bool               // whether a document that has or had a stem has changed since the last export, by number of stem
	stale         []bool               // whether its postings have, so that the exporter must read them again, by number of stem
	altered       []bool               // whether a document has changed since the last export, by slot
	exporter      exporter

	exportOnly bool    // see Options
	memory     *Memory // of an earlier process, until the first Sync
	unchanged  *Memory // the same after it, until a change, so that its files are those of the index

	changes  int             // number of changes since bleve's index was built
	building chan struct{}   // closed when the running rebuild ends; nil when none is running
	missed   map[string]bool // ids of documents changed during the running rebuild
	failure  error           // of an earlier Sync or a rebuild
}

// Options are the options of New.
type Options struct {
	// Progress is called from several goroutines, each time a part of a long stage is done.
	Progress func(stage Stage, done, total int)
	// Memory is what an earlier process remembered, or nil.
	Memory *Memory
	// ExportOnly is for an index that is filled once and exported, and never queried: it does not keep the long texts of
	// documents that it has analysed.
	ExportOnly bool
}

// New returns an index without documents. Close it to free the memory of bleve.
func New(opts Options) (*Index, error) {
	e, err := newEngine()
	if err != nil {
		return nil, err
	}
	x := &Index{
		progress: opts.Progress, dictionary: newDictionary(), concepts: &concepts{}, engine: e, slots: map[string]uint32{},
		exporter: newExporter(), exportOnly: opts.ExportOnly,
	}
	if opts.Memory != nil {
		x.recall(opts.Memory)
	}
	return x, nil
}

// Close waits for background work and closes the index.
func (x *Index) Close() error {
	x.mu.Lock()
	building := x.building
	x.mu.Unlock()
	if building != nil {
		<-building
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.engine.close()
}

// Content is everything that an index holds.
type Content struct {
	Documents []Document // in any order
	Synonyms  [][]string // lists of words and phrases that mean the same
	Lang      string     // BCP 47
}

// Sync makes the index hold exactly this content, and returns the number of documents that it had to change. An
// unchanged document costs one comparison. After an error, including that of a cancelled context, the index must not be
// used again.
func (x *Index) Sync(ctx context.Context, c Content) (changed int, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.failure != nil {
		return 0, x.failure
	}
	first := len(x.slots) == 0
	memory := x.memory
	x.memory = nil
	if memory != nil && sameSynonyms(memory.synonyms, c.Synonyms) {
		if err := x.restore(ctx, memory, c.Documents); err != nil {
			x.failure = err
			return 0, err
		}
	}
	isSame := sameSynonyms(x.content.Synonyms, c.Synonyms)
	if !isSame {
		x.concepts = newConcepts(c.Synonyms, x.dictionary)
	}
	if !isSame || c.Lang != x.content.Lang {
		x.unchanged = nil
	}
	x.content = Content{Synonyms: c.Synonyms, Lang: c.Lang}
	altered, removed, err := x.compare(c.Documents, isSame)
	if err != nil || len(altered)+len(removed) == 0 {
		return 0, err
	}
	changed, x.unchanged = len(altered)+len(removed), nil
	entries, err := x.analyseAll(ctx, altered)
	if err == nil {
		err = x.apply(ctx, entries, removed)
	}
	if err != nil {
		x.failure = err // bleve may hold only part of the change
		return 0, err
	}
	if !first { // the first documents are in large batches already
		x.countChanges(entries, removed)
	}
	return changed, nil
}

func sameSynonyms(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal[[]string]) }

// compare returns the documents to analyse, which are the new and changed ones, or all if the synonyms have changed;
// and the ids of removed documents.
func (x *Index) compare(docs []Document, sameSynonyms bool) (altered []Document, removed []string, err error) {
	seen := make(map[string]struct{}, len(docs))
	for i := range docs {
		doc := &docs[i]
		if _, twice := seen[doc.ID]; twice || doc.ID == "" {
			return nil, nil, fmt.Errorf("document id %q: ids must be unique and not empty", doc.ID)
		}
		seen[doc.ID] = struct{}{}
		if slot, ok := x.slots[doc.ID]; !ok || !sameSynonyms || !x.entries[slot].doc.equal(doc) {
			altered = append(altered, *doc)
		}
	}
	if len(x.slots)+len(altered) > len(docs) {
		for id := range x.slots {
			if _, ok := seen[id]; !ok {
				removed = append(removed, id)
			}
		}
		slices.Sort(removed)
	}
	return altered, removed, nil
}

// apply gives a change to bleve, and counts its words meanwhile.
func (x *Index) apply(ctx context.Context, entries []*entry, removed []string) error {
	c := change{entries, removed, x.dictionary.stemList()}
	return parallel.Each(ctx, 2, func(i int) error {
		if i == 0 {
			return x.engine.apply(ctx, c, x.progress)
		}
		for _, e := range entries {
			x.put(e)
		}
		for _, id := range removed {
			x.remove(id)
		}
		return nil
	})
}

func (x *Index) put(e *entry) {
	slot, ok := x.slots[e.doc.ID]
	var old *entry
	switch {
	case ok:
		old = x.entries[slot]
	case len(x.free) > 0:
		slot = x.free[len(x.free)-1]
		x.free = x.free[:len(x.free)-1]
	default:
		slot = uint32(len(x.entries))
		x.entries, x.altered = append(x.entries, nil), append(x.altered, false)
	}
	x.altered[slot] = true
	x.ordered = x.ordered && ok
	x.slots[e.doc.ID] = slot
	x.entries[slot] = e
	x.count(old, e)
}

func (x *Index) remove(id string) {
	slot := x.slots[id]
	x.count(x.entries[slot], nil)
	delete(x.slots, id)
	x.entries[slot], x.altered[slot] = nil, true
	x.free = append(x.free, slot)
	x.ordered = false
}

// count updates the statistics when the entry now replaces the entry old. Either may be nil.
func (x *Index) count(old, now *entry) {
	x.growCounts()
	var before map[uint32][fieldCount]uint32
	if old != nil {
		before = map[uint32][fieldCount]uint32{}
		old.frequencies(func(stem uint32, counts [fieldCount]uint32) {
			before[stem] = counts
			x.stemHolders[stem]--
			if !old.recalled {
				x.countInBleve(stem, counts, -1)
			}
			x.occurrences[stem] -= total(counts)
			x.moved[stem] = true
		})
		x.countWords(old, -1)
	}
	if now != nil {
		now.frequencies(func(stem uint32, counts [fieldCount]uint32) {
			x.stemHolders[stem]++
			if !now.recalled {
				x.countInBleve(stem, counts, 1)
			}
			x.occurrences[stem] += total(counts)
			x.moved[stem] = true
			if had, ok := before[stem]; !ok || had != counts {
				x.stale[stem] = true
			}
			delete(before, stem)
		})
		x.countWords(now, 1)
	}
	for stem := range before {
		x.stale[stem] = true
	}
}

func (x *Index) countInBleve(stem uint32, counts [fieldCount]uint32, by int) {
	for f, n := range counts {
		if n > 0 {
			x.inBleve[stem][f] += uint32(by)
		}
	}
}

func total(counts [fieldCount]uint32) (sum uint32) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

func (x *Index) countWords(e *entry, by int) {
	for word := range e.eachWord {
		class := x.wordClass(word)
		before := x.wordDocuments[word]
		x.wordDocuments[word] += uint32(by)
		switch stem := x.dictionary.stemOf[word]; {
		case before == 0:
			x.stemForms[stem]++
		case x.wordDocuments[word] == 0:
			x.stemForms[stem]--
		}
		if x.wordClass(word) != class {
			x.vocabulary = nil
		}
	}
	for f := range fieldCount {
		x.totals[f] += by * e.lengths[f].length()
	}
}

func (x *Index) growCounts() {
	d := x.dictionary
	d.mu.Lock()
	defer d.mu.Unlock()
	x.wordDocuments = append(x.wordDocuments, make([]uint32, len(d.words)-len(x.wordDocuments))...)
	x.inBleve = append(x.inBleve, make([][fieldCount]uint32, len(d.stems)-len(x.inBleve))...)
	x.stemHolders = append(x.stemHolders, make([]uint32, len(d.stems)-len(x.stemHolders))...)
	x.moved = append(x.moved, make([]bool, len(d.stems)-len(x.moved))...)
	x.stale = append(x.stale, make([]bool, len(d.stems)-len(x.stale))...)
	x.occurrences = append(x.occurrences, make([]uint32, len(d.stems)-len(x.occurrences))...)
	x.stemForms = append(x.stemForms, make([]uint32, len(d.stems)-len(x.stemForms))...)
}

// documentOrder returns the slots, sorted by document id.
func (x *Index) documentOrder() []uint32 {
	if !x.ordered {
		x.order = x.order[:0]
		for _, slot := range x.slots {
			x.order = append(x.order, slot)
		}
		slices.SortFunc(x.order, func(a, b uint32) int {
			return compareUTF16(x.entries[a].doc.ID, x.entries[b].doc.ID)
		})
		x.ordered = true
	}
	return x.order
}

// averageLength returns the mean length of a field, rounded up as bleve does.
func (x *Index) averageLength(f field) int {
	n := len(x.slots)
	return max(1, (x.totals[f]+n-1)/max(n, 1))
}
