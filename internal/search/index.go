package search

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// rebuildAfter is how many documents may change before bleve's index is built again: in memory, scorch never merges its
// segments, and every change adds one.
const rebuildAfter = 64

// An Index holds the documents of one site, ready to be searched and exported. It is kept across builds: Sync it with
// the documents as they are now, then Query or Export it. Its methods may be called from several goroutines.
type Index struct {
	progress progress

	mu         sync.Mutex
	dictionary *dictionary
	content    Content // but for the documents
	concepts   *concepts
	engine     *engine
	slots      map[string]uint32 // by document id
	entries    []*entry          // by slot; nil where a document was removed
	free       []uint32          // slots to use again
	order      []uint32          // slots by document id, which is the order of export and of ties
	ordered    bool              // whether order is up to date

	wordDocuments []uint32             // by number of word: how many documents have it
	stemHolders   []uint32             // by number of stem: how many documents have it
	inBleve       [][fieldCount]uint32 // by number of stem: how many documents of bleve's index have it in each field
	occurrences   []uint32             // by number of stem: how often it occurs in all documents
	stemForms     []uint32             // by number of stem: how many words with that stem documents have
	totals        [fieldCount]int      // sum of the fields' rounded lengths
	vocabulary    *vocabulary          // nil when words have come or gone
	stale         map[uint32]struct{}  // stems whose postings the exporter has to read again
	moved         map[uint32]struct{}  // stems whose positions have changed since the last export
	exporter      exporter

	remembered map[digest]rememberedEntry // of an earlier process, until the first Sync
	synonyms   [][]string                 // of remembered

	changes  int             // since bleve's index was built
	building chan struct{}   // closed when a rebuild ends; nil when none runs
	missed   map[string]bool // ids changed while a rebuild runs
	failure  error           // of an earlier Sync or a rebuild
}

// Options are the options of New.
type Options struct {
	// Progress is called, from several goroutines, as often as a piece of a long stage is done.
	Progress func(stage Stage, done, total int)
	// Memory is what an earlier process kept, or nil.
	Memory *Memory
}

// New returns an empty index. Close it to free what bleve holds.
func New(opts Options) (*Index, error) {
	e, err := newEngine()
	if err != nil {
		return nil, err
	}
	x := &Index{
		progress: opts.Progress, dictionary: newDictionary(), concepts: &concepts{}, engine: e, slots: map[string]uint32{},
		stale: map[uint32]struct{}{}, moved: map[uint32]struct{}{}, exporter: newExporter(),
	}
	if opts.Memory != nil {
		x.recall(opts.Memory)
	}
	return x, nil
}

// Close waits for work in the background and closes the index.
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

// Content is what an index holds.
type Content struct {
	Documents []Document // in any order
	Synonyms  [][]string // lists of words and phrases that mean the same
	Lang      string     // BCP 47
}

// Sync makes the index hold exactly this content, and returns how many documents it had to change. A document that has
// not changed costs a comparison. After an error, such as that of a context that is done, the index is of no further use.
func (x *Index) Sync(ctx context.Context, c Content) (changed int, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.failure != nil {
		return 0, x.failure
	}
	sameSynonyms := slices.EqualFunc(x.content.Synonyms, c.Synonyms, slices.Equal[[]string])
	if !sameSynonyms {
		x.concepts = newConcepts(c.Synonyms, x.dictionary)
	}
	if !slices.EqualFunc(x.synonyms, c.Synonyms, slices.Equal[[]string]) {
		x.remembered = nil
	}
	x.content = Content{Synonyms: c.Synonyms, Lang: c.Lang}
	altered, removed, err := x.compare(c.Documents, sameSynonyms)
	if err != nil || len(altered)+len(removed) == 0 {
		return 0, err
	}
	changed = len(altered) + len(removed)
	first := len(x.slots) == 0
	recalled, altered, err := x.recallAll(ctx, altered)
	if err != nil {
		return 0, err
	}
	entries, err := x.analyseAll(ctx, altered)
	if err == nil {
		err = x.engine.apply(ctx, change{entries, removed, x.dictionary.stemList()}, x.progress)
	}
	if err != nil {
		x.failure = err // bleve may hold part of the change
		return 0, err
	}
	for _, e := range slices.Concat(recalled, entries) {
		x.put(e)
	}
	for _, id := range removed {
		x.remove(id)
	}
	if !first { // the first are in large batches
		x.countChanges(entries, removed)
	}
	return changed, nil
}

// compare finds the documents to analyse, which are new or differ, or all if the synonyms do; and the ids of those that
// are gone.
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
		x.entries = append(x.entries, nil)
	}
	x.ordered = x.ordered && ok
	x.slots[e.doc.ID] = slot
	x.entries[slot] = e
	x.count(old, e)
}

func (x *Index) remove(id string) {
	slot := x.slots[id]
	x.count(x.entries[slot], nil)
	delete(x.slots, id)
	x.entries[slot] = nil
	x.free = append(x.free, slot)
	x.ordered = false
}

// count keeps the statistics when an entry takes the place of another; either may be nil.
func (x *Index) count(old, now *entry) {
	x.growCounts()
	before := map[uint32][fieldCount]uint32{}
	if old != nil {
		old.frequencies(func(stem uint32, counts [fieldCount]uint32) {
			before[stem] = counts
			x.stemHolders[stem]--
			if !old.recalled {
				x.countInBleve(stem, counts, -1)
			}
			x.occurrences[stem] -= total(counts)
			x.moved[stem] = struct{}{}
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
			x.moved[stem] = struct{}{}
			if had, ok := before[stem]; !ok || had != counts {
				x.stale[stem] = struct{}{}
			}
			delete(before, stem)
		})
		x.countWords(now, 1)
	}
	for stem := range before {
		x.stale[stem] = struct{}{}
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
	for _, word := range e.words {
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
	x.occurrences = append(x.occurrences, make([]uint32, len(d.stems)-len(x.occurrences))...)
	x.stemForms = append(x.stemForms, make([]uint32, len(d.stems)-len(x.stemForms))...)
}

// documentOrder gives the slots by document id.
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

// averageLength is the mean length of a field, rounded up as bleve rounds it.
func (x *Index) averageLength(f field) int {
	n := len(x.slots)
	return max(1, (x.totals[f]+n-1)/max(n, 1))
}
