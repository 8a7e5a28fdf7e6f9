package search

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// batchSize is where bleve's indexing time stops falling and its memory starts to rise.
const batchSize = 500

// An engine is a bleve index in memory.
type engine struct {
	index bleve.Index
}

func newEngine() (*engine, error) {
	i, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("open index in memory: %w", err)
	}
	return &engine{i}, nil
}

func (e *engine) close() error { return e.index.Close() }

// newMapping: documents are given to bleve analysed, so the mapping has only to choose the scoring.
func newMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.ScoringModel = index.BM25Scoring
	return m
}

// apply adds or replaces entries and removes documents. Batches run side by side: bleve builds the segment of a batch
// in the goroutine that brings it.
func (e *engine) apply(entries []*entry, removed []string, stems []string) error {
	batches := slices.Collect(slices.Chunk(entries, batchSize))
	errs := make([]error, min(runtime.GOMAXPROCS(0), len(batches)))
	var wait sync.WaitGroup
	for worker := range errs {
		wait.Go(func() {
			for i := worker; i < len(batches) && errs[worker] == nil; i += len(errs) {
				errs[worker] = e.add(batches[i], stems)
			}
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil || len(removed) == 0 {
		return err
	}
	batch := e.index.NewBatch()
	for _, id := range removed {
		batch.Delete(id)
	}
	if err := e.index.Batch(batch); err != nil {
		return fmt.Errorf("remove %d documents: %w", len(removed), err)
	}
	return nil
}

func (e *engine) add(entries []*entry, stems []string) error {
	batch := e.index.NewBatch()
	for _, entry := range entries {
		if err := batch.IndexAdvanced(entry.bleveDocument(stems)); err != nil {
			return fmt.Errorf("index %q: %w", entry.doc.ID, err)
		}
	}
	if err := e.index.Batch(batch); err != nil {
		return fmt.Errorf("index %d documents: %w", len(entries), err)
	}
	return nil
}

func (e *entry) bleveDocument(stems []string) *document.Document {
	doc := document.NewDocument(e.doc.ID)
	for f := range fieldCount {
		doc.AddField(&analysedField{
			TextField: document.NewTextFieldCustom(f.String(), nil, nil, index.IndexField, nil),
			entry:     e, field: f, stems: stems,
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

// An analysedField gives bleve the words that our analyser found. That keeps one analysis for bleve, for phrases and
// for the vocabulary, needs no analyser in bleve's global registry, and lets lengths be rounded.
type analysedField struct {
	*document.TextField
	entry       *entry
	field       field
	stems       []string
	frequencies index.TokenFrequencies
}

func (f *analysedField) Analyze() {
	f.frequencies = index.TokenFrequencies{}
	f.entry.frequencies(func(stem uint32, counts [fieldCount]uint32) {
		if n := counts[f.field]; n > 0 {
			term := f.stems[stem]
			frequency := &index.TokenFreq{Term: []byte(term)}
			frequency.SetFrequency(int(n))
			f.frequencies[term] = frequency
		}
	})
}

func (f *analysedField) AnalyzedLength() int { return f.entry.lengths[f.field].length() }

func (f *analysedField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.frequencies }

// A posting says how often a term is in a field of the document in a slot of the index.
type posting struct {
	slot, frequency uint32
}

// postings are the postings of one term, by field, in no particular order.
type postings [fieldCount][]posting

func (p *postings) empty() bool {
	for _, list := range p {
		if len(list) > 0 {
			return false
		}
	}
	return true
}

// A walker reads what bleve has indexed.
type walker struct {
	reader index.IndexReader
	slots  []uint32 // by bleve's document number
}

// walk opens a walker; slotOf gives the slot of a document.
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

// postings reads the terms, on all processors.
func (w *walker) postings(terms []string) ([]postings, error) {
	all := make([]postings, len(terms))
	errs := make([]error, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for worker := range errs {
		wait.Go(func() {
			for i := worker; i < len(terms) && errs[worker] == nil; i += len(errs) {
				for f := range fieldCount {
					if all[i][f], errs[worker] = w.list(terms[i], f); errs[worker] != nil {
						break
					}
				}
			}
		})
	}
	wait.Wait()
	return all, errors.Join(errs...)
}

func (w *walker) list(term string, f field) (list []posting, err error) {
	reader, err := w.reader.TermFieldReader(context.Background(), []byte(term), f.String(), true, false, false)
	if err != nil {
		return nil, fmt.Errorf("read postings of %q in %v: %w", term, f, err)
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	// Count leaves out documents that have changed since, as the dictionary's counts do not.
	n := reader.Count()
	if n == 0 {
		return nil, nil
	}
	list = make([]posting, 0, n)
	var doc index.TermFieldDoc
	for {
		d, err := reader.Next(doc.Reset())
		if err != nil {
			return nil, fmt.Errorf("read postings of %q in %v: %w", term, f, err)
		}
		if d == nil {
			return list, nil
		}
		list = append(list, posting{w.slots[d.ID.Value()], uint32(d.Freq)})
	}
}
