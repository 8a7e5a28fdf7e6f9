package search

// The bleve index in memory.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// Documents are indexed in at most mostBatches batches of at least leastBatch documents. The memory of bleve grows with
// the size of a batch. Its time grows with their number, because it looks up every word in the segment of each batch:
// with twice as many segments, reading 20,000 cases took five times as long as reading 10,000.
const (
	leastBatch  = 1250
	mostBatches = 12
)

// An engine is a bleve index in memory.
type engine struct {
	index bleve.Index
	left  sync.WaitGroup // running batches, including those abandoned by a cancelled context
}

func newEngine() (*engine, error) {
	i, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("open index in memory: %w", err)
	}
	return &engine{index: i}, nil
}

func (e *engine) close() error {
	e.left.Wait()
	return e.index.Close()
}

// newMapping returns the mapping. Documents are given to bleve already analysed, so it only chooses the scoring.
func newMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.ScoringModel = index.BM25Scoring
	return m
}

// A change is the difference between an index and the current documents.
type change struct {
	entries []*entry // added, or replacing the entries with the same ids
	removed []string // ids
	stems   []string // stems of the dictionary, by number
}

// apply adds or replaces entries and removes documents. Batches run in parallel, because bleve builds the segment of a
// batch in the calling goroutine.
func (e *engine) apply(ctx context.Context, c change, progress progress) error {
	batches := slices.Collect(slices.Chunk(c.entries, max(leastBatch, len(c.entries)/mostBatches)))
	own := func() *tally { return newTally(c.stems) }
	err := each(ctx, progress, Indexing, len(batches), own, func(t *tally, i int) error { return e.add(ctx, batches[i], t) })
	if err != nil || len(c.removed) == 0 {
		return err
	}
	batch := e.index.NewBatch()
	for _, id := range c.removed {
		batch.Delete(id)
	}
	if err := e.index.Batch(batch); err != nil {
		return fmt.Errorf("remove %d documents: %w", len(c.removed), err)
	}
	return nil
}

// add indexes one batch. bleve cannot be interrupted, so when the context ends, add returns and the batch finishes in
// the background.
func (e *engine) add(ctx context.Context, entries []*entry, tally *tally) error {
	batch := e.index.NewBatch()
	for _, entry := range entries {
		if err := batch.IndexAdvanced(entry.bleveDocument(tally)); err != nil {
			return fmt.Errorf("index %q: %w", entry.doc.ID, err)
		}
	}
	indexed := make(chan error, 1)
	e.left.Go(func() { indexed <- e.index.Batch(batch) })
	select {
	case err := <-indexed:
		if err != nil {
			return fmt.Errorf("index %d documents: %w", len(entries), err)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *entry) bleveDocument(tally *tally) *document.Document {
	doc := document.NewDocument(e.doc.ID)
	for f, row := range fields {
		doc.AddField(&analysedField{
			TextField: document.NewTextFieldCustom(row.name, nil, nil, index.IndexField, nil),
			entry:     e, field: field(f), tally: tally,
		})
	}
	for _, g := range Groups() {
		for i, value := range e.doc.values(g) {
			doc.AddField(document.NewTextFieldCustom(
				g.String(), []uint64{uint64(i)}, []byte(value), index.IndexField|index.DocValues|index.SkipFreqNorm, nil,
			))
		}
	}
	return doc
}

// An analysedField gives bleve the words that our analyser found. So bleve, phrases and the vocabulary share one
// analysis, no analyser has to be added to bleve's global registry, and lengths can be rounded.
type analysedField struct {
	*document.TextField
	entry *entry
	field field
	tally *tally
}

func (f *analysedField) Analyze() {} // it is already analysed

func (f *analysedField) AnalyzedLength() int { return f.entry.lengths[f.field].length() }

func (f *analysedField) AnalyzedTokenFrequencies() index.TokenFrequencies {
	return f.tally.of(f.entry)[f.field]
}

// A tally counts the words of one document in the form that bleve reads. bleve reads all fields of one document of a
// batch, then those of the next, all in one goroutine, and keeps none of them. So a goroutine reuses one tally for all
// of its documents. One tally for each document would take most of the memory, and half of the time, of indexing.
type tally struct {
	stems  []string
	entry  *entry // the entry whose words are counted
	counts [fieldCount]index.TokenFrequencies
	known  [fieldCount][]*index.TokenFreq // by stem, made on first use
}

func newTally(stems []string) *tally {
	t := &tally{stems: stems}
	for f := range fieldCount {
		t.counts[f] = index.TokenFrequencies{}
		t.known[f] = make([]*index.TokenFreq, len(stems))
	}
	return t
}

func (t *tally) of(e *entry) *[fieldCount]index.TokenFrequencies {
	if t.entry == e {
		return &t.counts
	}
	t.entry = e
	for _, counts := range t.counts {
		clear(counts)
	}
	e.frequencies(func(stem uint32, counts [fieldCount]uint32) {
		term := t.stems[stem]
		for f, n := range counts {
			if n == 0 {
				continue
			}
			known := t.known[f][stem]
			if known == nil {
				known = &index.TokenFreq{Term: []byte(term)}
				t.known[f][stem] = known
			}
			known.SetFrequency(int(n))
			t.counts[f][term] = known
		}
	})
	return &t.counts
}

// A posting says how often a term occurs in a field of the document in a slot.
type posting struct {
	slot, frequency uint32
}

// postings holds the postings of one term, by field, in no particular order.
type postings [fieldCount][]posting

func (p *postings) empty() bool {
	for _, list := range p {
		if len(list) > 0 {
			return false
		}
	}
	return true
}

// A walker reads the postings that bleve has indexed.
type walker struct {
	reader index.IndexReader
	slots  []uint32 // slot by bleve's document number
}

// walk returns a walker. slotOf returns the slot of a document.
func (e *engine) walk(slotOf func(id string) (uint32, bool)) (w *walker, err error) {
	advanced, err := e.index.Advanced()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	w = &walker{reader: reader}
	if err := w.mapSlots(slotOf); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *walker) close() error { return w.reader.Close() }

func (w *walker) mapSlots(slotOf func(id string) (uint32, bool)) error {
	ids, err := w.reader.DocIDReaderAll()
	if err != nil {
		return fmt.Errorf("read ids of index: %w", err)
	}
	defer ids.Close()
	for {
		internal, err := ids.Next()
		if err != nil {
			return fmt.Errorf("read ids of index: %w", err)
		}
		if internal == nil {
			return nil
		}
		number := internal.Value()
		id, err := w.reader.ExternalID(internal)
		if err != nil {
			return fmt.Errorf("read ids of index: %w", err)
		}
		slot, ok := slotOf(id)
		if !ok {
			return fmt.Errorf("index holds %q, which the library does not", id)
		}
		for uint64(len(w.slots)) <= number {
			w.slots = append(w.slots, 0)
		}
		w.slots[number] = slot
	}
}

// postings reads the postings of one term. documents is the number of documents that have it in each field, so that
// fields without the term are skipped: most words are in the body only, and a lookup in bleve takes longer than reading
// a short list.
func (w *walker) postings(term string, documents [fieldCount]uint32) (all postings, err error) {
	for f, row := range fields {
		if documents[f] == 0 {
			continue
		}
		if all[f], err = w.list(term, row.name); err != nil {
			return all, err
		}
	}
	return all, nil
}

func (w *walker) list(term, name string) (list []posting, err error) {
	reader, err := w.reader.TermFieldReader(context.Background(), []byte(term), name, true, false, false)
	if err != nil {
		return nil, fmt.Errorf("read postings of %q in %s: %w", term, name, err)
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	// Count, unlike the counts in the dictionary, leaves out deleted documents.
	n := reader.Count()
	if n == 0 {
		return nil, nil
	}
	list = make([]posting, 0, n)
	var doc index.TermFieldDoc
	for {
		d, err := reader.Next(doc.Reset())
		if err != nil {
			return nil, fmt.Errorf("read postings of %q in %s: %w", term, name, err)
		}
		if d == nil {
			return list, nil
		}
		list = append(list, posting{w.slots[d.ID.Value()], uint32(d.Freq)})
	}
}
