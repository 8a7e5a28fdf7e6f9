package search

// Postings: which documents hold a term, read from bleve.

import (
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A posting says how often a term occurs in a field of the document in a slot. Its bits are in the order of slots, then
// fields.
//
//	bits    width             what
//	63–32   32                slot
//	31–28   fieldBits         field
//	27–0    positionBits      number of occurrences
type posting uint64

func newPosting(slot uint32, f field, frequency uint32) posting {
	return posting(slot)<<32 | posting(f)<<positionBits | posting(frequency)
}

func (p posting) slot() uint32      { return uint32(p >> 32) }
func (p posting) field() field      { return token(p).field() }
func (p posting) frequency() uint32 { return token(p).position() }

// A walker holds bleve's index still while its postings are read.
type walker struct {
	snapshot *scorch.IndexSnapshot
	slots    [][]uint32 // by segment and by bleve's number of the document in it
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
	w = &walker{snapshot: reader.(*scorch.IndexSnapshot)} // newEngine chooses scorch
	if err := w.mapSlots(slotOf); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *walker) close() error { return w.snapshot.Close() }

func (w *walker) mapSlots(slotOf func(id string) (uint32, bool)) error {
	for _, s := range w.snapshot.Segments() {
		slots := make([]uint32, s.Segment().Count())
		deleted := s.Deleted()
		for number := range slots {
			if deleted != nil && deleted.Contains(uint32(number)) {
				continue
			}
			id, err := s.DocID(uint64(number))
			if err != nil {
				return fmt.Errorf("read ids of index: %w", err)
			}
			slot, ok := slotOf(string(id))
			if !ok {
				return fmt.Errorf("index holds %q, which the library does not", id)
			}
			slots[number] = slot
		}
		w.slots = append(w.slots, slots)
	}
	return nil
}

// A postingsReader reads postings from the segments of bleve's index. bleve's own reader of a term opens the
// dictionaries of all segments for each term, which took 300 MB of allocations for 10,000 case studies. Each goroutine
// uses its own.
type postingsReader struct {
	*walker
	dictionaries [][fieldCount]segment.TermDictionary // by segment; nil until used

	// Memory that bleve uses again.
	list     segment.PostingsList
	iterator segment.PostingsIterator
}

func (w *walker) newReader() *postingsReader {
	return &postingsReader{walker: w, dictionaries: make([][fieldCount]segment.TermDictionary, len(w.slots))}
}

// read appends the postings of a term, in no particular order. documents is the number of documents that have it in each
// field, so that fields without the term are skipped: most words are in the body only, and looking a word up takes longer
// than reading a short list.
func (r *postingsReader) read(all []posting, term string, documents [fieldCount]uint32) ([]posting, error) {
	for f := range fieldCount {
		for s, missing := 0, documents[f]; s < len(r.slots) && missing > 0; s++ {
			before := len(all)
			var err error
			if all, err = r.readSegment(all, s, term, field(f)); err != nil {
				return all, fmt.Errorf("read postings of %q in %s: %w", term, fields[f].name, err)
			}
			missing -= uint32(len(all) - before)
		}
	}
	return all, nil
}

func (r *postingsReader) readSegment(all []posting, s int, term string, f field) (_ []posting, err error) {
	own := r.snapshot.Segments()[s]
	dictionary := &r.dictionaries[s][f]
	if *dictionary == nil {
		if *dictionary, err = own.Segment().Dictionary(fields[f].name); err != nil {
			return all, err
		}
	}
	if r.list, err = (*dictionary).PostingsList([]byte(term), own.Deleted(), r.list); err != nil {
		return all, err
	}
	if r.list.Count() == 0 {
		return all, nil
	}
	r.iterator = r.list.Iterator(true, false, false, r.iterator)
	for {
		p, err := r.iterator.Next()
		if p == nil || err != nil {
			return all, err
		}
		all = append(all, newPosting(r.slots[s][p.Number()], f, uint32(p.Frequency())))
	}
}
