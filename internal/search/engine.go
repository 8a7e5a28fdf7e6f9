package search

// The bleve index in memory.

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// Documents are indexed in batches of leastBatch to mostInBatch documents, in mostBatches batches if these suffice. bleve's
// memory grows with the size of a batch, and so does its time for each document: 100,000 case studies took 132 s in
// batches of 8,333, and 30,000 took 22 s in batches of 2,500, since the counts of all words of a batch no longer were
// in the caches of the processor. The export takes longer the more batches there are, because it looks words up in the
// segment of each: of 20,000 case studies 4.6 s with 16 segments, and 5.7 s with 32.
const (
	leastBatch  = 1250
	mostInBatch = 2500
	mostBatches = 12
)

// batchSize returns the number of documents of a batch.
func batchSize(documents int) int { return min(max(leastBatch, documents/mostBatches), mostInBatch) }

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
	batches := slices.Collect(slices.Chunk(c.entries, batchSize(len(c.entries))))
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
	known  []*index.TokenFreq // by frequency: bleve reads nothing else of it, so that words can share it
}

func newTally(stems []string) *tally {
	t := &tally{stems: stems}
	for f := range fieldCount {
		t.counts[f] = index.TokenFrequencies{}
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
		for f, n := range counts {
			if n > 0 {
				t.counts[f][t.stems[stem]] = t.frequency(int(n))
			}
		}
	})
	return &t.counts
}

func (t *tally) frequency(n int) *index.TokenFreq {
	for len(t.known) <= n {
		known := &index.TokenFreq{}
		known.SetFrequency(len(t.known))
		t.known = append(t.known, known)
	}
	return t.known[n]
}
