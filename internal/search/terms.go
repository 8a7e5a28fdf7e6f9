package search

// Terms: encoding postings, word forms and positions.

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"

	"casebook/internal/parallel"
)

// A term is a stem or a concept, encoded for export; see chunkOfTerms. Its postings are kept in this form only.
type term struct {
	id        uint32
	stem      string
	documents int
	forms     []string
	isWhole   bool // the term has one form, which every document with the term has
	gaps      string
	fields    string
	times     string
	formLists string
	positions string
}

// encodeTerms encodes the terms that have changed since the last export, one at a time, so that the postings of few terms
// are in memory.
func (x *Index) encodeTerms(ctx context.Context) (err error) {
	before, renumbered := x.number()
	changed := x.changedTerms(renumbered)
	if len(changed) == 0 {
		return nil
	}
	positions, err := x.encodePositions(ctx)
	if err != nil {
		return err
	}
	forms := x.formsOf(changed)
	w, err := x.engine.walk(func(id string) (uint32, bool) {
		slot, ok := x.slots[id]
		return slot, ok
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	own := func() *postingsEncoder {
		return &postingsEncoder{postingsReader: w.newReader(), numbers: x.exporter.numbers, order: x.exporter.order, altered: x.altered}
	}
	err = each(ctx, x.progress, Exporting, len(changed), own, func(e *postingsEncoder, i int) (err error) {
		t := changed[i]
		e.held = t.decode(e.held[:0], before)
		if x.moved[t.id] {
			e.keepPositions(t)
		}
		if x.stale[t.id] {
			e.held = slices.DeleteFunc(e.held, func(p posting) bool {
				own := x.entries[p.slot()]
				return own == nil || !own.recalled // bleve has the postings of the other entries
			})
			e.held, err = e.read(e.held, t.stem, x.inBleve[t.id])
		}
		e.encode(t, forms[t.id])
		if x.moved[t.id] {
			e.addPositions(t, positions)
		}
		return err
	})
	if err == nil {
		clear(x.moved)
		clear(x.stale)
		clear(x.altered)
	}
	return err
}

// number numbers the documents in their order. It returns the slots in the order of the last export, and whether the
// numbers have changed since.
func (x *Index) number() (before []uint32, renumbered bool) {
	before = x.exporter.order
	order := x.documentOrder()
	if slices.Equal(order, before) {
		return before, false
	}
	x.exporter.order = slices.Clone(order)
	x.exporter.numbers = make([]uint32, len(x.entries))
	for number, slot := range order {
		x.exporter.numbers[slot] = uint32(number)
	}
	return before, true
}

// changedTerms returns the terms to encode again.
func (x *Index) changedTerms(renumbered bool) (changed []*term) {
	terms := slices.Grow(x.exporter.terms, len(x.stemHolders)-len(x.exporter.terms))[:len(x.stemHolders)]
	x.exporter.terms = terms
	stems := x.dictionary.stemList()
	for id, documents := range x.stemHolders {
		switch {
		case documents == 0:
			terms[id] = nil
			continue
		case terms[id] == nil:
			terms[id] = &term{id: uint32(id), stem: stems[id]}
		case !x.moved[id] && !renumbered:
			continue
		}
		changed = append(changed, terms[id])
	}
	return changed
}

// A form is a word with some stem, and the slots of the documents that have it, in the order of document numbers. If
// slots is empty, all documents with the stem have it.
type form struct {
	word  string
	slots []uint32
}

// formsOf returns the forms of terms, by number of stem. Concepts have none.
func (x *Index) formsOf(terms []*term) [][]form {
	wanted := make([]bool, len(x.stemHolders))
	for _, t := range terms {
		wanted[t.id] = true
	}
	forms := make([][]form, len(x.stemHolders))
	place := make([]int32, len(x.wordDocuments)) // by number of word: its place among the forms of its stem, from 1, if documents are listed
	for id, documents := range x.wordDocuments {
		stem := x.dictionary.stemOf[id]
		if !wanted[stem] || documents == 0 {
			continue
		}
		forms[stem] = append(forms[stem], form{word: x.dictionary.words[id]})
		if documents < x.stemHolders[stem] || x.stemForms[stem] > 1 {
			place[id] = int32(len(forms[stem]))
		}
	}
	for _, slot := range x.exporter.order {
		for word := range x.entries[slot].eachWord {
			if i := place[word]; i > 0 {
				f := &forms[x.dictionary.stemOf[word]][i-1]
				f.slots = append(f.slots, slot)
			}
		}
	}
	for _, own := range forms {
		slices.SortFunc(own, func(a, b form) int { return compareUTF16(a.word, b.word) })
	}
	return forms
}

// A postingsEncoder encodes terms. Each goroutine uses its own.
type postingsEncoder struct {
	*postingsReader
	numbers []uint32 // document numbers by slot
	order   []uint32 // slots by document number
	altered []bool   // whether a document has changed since the last export, by slot

	// State of the current term.
	held                       []posting
	documents                  []uint32 // numbers of the documents that have it
	gaps, fields, times, lists encoder
	kept                       []byte // positions in the documents that have not changed
}

// encode encodes the postings of a term, which are in held, and its forms, as columns of a chunk; see chunkOfTerms.
func (e *postingsEncoder) encode(t *term, forms []form) {
	for i, p := range e.held {
		e.held[i] = newPosting(e.numbers[p.slot()], p.field(), p.frequency())
	}
	slices.Sort(e.held)
	e.documents, e.gaps.data, e.fields.data, e.times.data = e.documents[:0], e.gaps.data[:0], e.fields.data[:0], e.times.data[:0]
	next := uint32(0)
	for i := 0; i < len(e.held); {
		number := e.held[i].slot()
		end := i + 1
		for end < len(e.held) && e.held[end].slot() == number {
			end++
		}
		own := e.held[i:end]
		usual := len(own) == 1 && own[0].field() == field(fieldCount-1) && own[0].frequency() == 1
		e.gaps.flagged(int(number-next), usual)
		next = number + 1
		if !usual {
			e.encodeFields(own)
		}
		e.documents = append(e.documents, number)
		i = end
	}
	t.documents, t.gaps, t.fields, t.times = len(e.documents), string(e.gaps.data), string(e.fields.data), string(e.times.data)
	e.encodeForms(t, forms)
}

// encodeFields encodes which fields of one document have the term, and how often.
func (e *postingsEncoder) encodeFields(own []posting) {
	mask, once := 0, true
	for _, p := range own {
		mask |= 1 << p.field()
		once = once && p.frequency() == 1
	}
	e.fields.flagged(mask, once)
	if once {
		return
	}
	for _, p := range own {
		e.times.uint(int(p.frequency() - 1))
	}
}

// decode appends the postings of a term that encode has encoded. order holds the slots by the document numbers of then.
func (t *term) decode(all []posting, order []uint32) []posting {
	gaps, fields, times := decoder{t.gaps}, decoder{t.fields}, decoder{t.times}
	next := uint64(0)
	for range t.documents {
		gap := gaps.uint()
		slot := order[next+gap>>1]
		next += gap>>1 + 1
		if usual := gap&1 == 1; usual {
			all = append(all, newPosting(slot, field(fieldCount-1), 1))
			continue
		}
		mask := fields.uint()
		for f := range fieldCount {
			if mask>>1>>f&1 == 0 {
				continue
			}
			frequency := uint32(1)
			if once := mask&1 == 1; !once {
				frequency += uint32(times.uint())
			}
			all = append(all, newPosting(slot, field(f), frequency))
		}
	}
	return all
}

func (e *postingsEncoder) encodeForms(t *term, forms []form) {
	t.forms, t.formLists = nil, ""
	for _, f := range forms {
		t.forms = append(t.forms, f.word)
	}
	t.isWhole = len(forms) == 1 && len(forms[0].slots) == 0
	if t.isWhole || len(forms) == 0 {
		return
	}
	e.lists.data = e.lists.data[:0]
	for _, f := range forms {
		inverted := 2*len(f.slots) > t.documents
		count := len(f.slots)
		if inverted {
			count = t.documents - count
		}
		e.lists.flagged(count, inverted)
		next, rest := 0, f.slots
		for place, number := range e.documents {
			has := len(rest) > 0 && e.numbers[rest[0]] == number
			if has {
				rest = rest[1:]
			}
			if has != inverted {
				e.lists.uint(place - next)
				next = place + 1
			}
		}
	}
	t.formLists = string(e.lists.data)
}

// encodePositions encodes the positions in all documents that have changed since the last export: for every term, by
// number of stem, for every document with it, in the order of documents, and for every field with it, the gaps between its
// positions. The postings say how many positions there are. Each part of the result is for some consecutive documents.
func (x *Index) encodePositions(ctx context.Context) (parts [][]encoder, err error) {
	var altered []uint32
	for _, slot := range x.exporter.order {
		if x.altered[slot] {
			altered = append(altered, slot)
		}
	}
	share := max(1, (len(altered)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	chunks := slices.Collect(slices.Chunk(altered, share))
	parts = make([][]encoder, len(chunks))
	return parts, parallel.Each(ctx, len(chunks), func(i int) error {
		encoders := make([]encoder, len(x.stemHolders))
		parts[i] = encoders
		for _, slot := range chunks[i] {
			if err := ctx.Err(); err != nil {
				return err
			}
			x.entries[slot].eachStem(func(stem uint32, own []token) {
				e := &encoders[stem]
				if e.data == nil { // few positions take three bytes
					e.data = make([]byte, 0, 2*int(x.occurrences[stem])*share/len(x.exporter.order)+2*len(own))
				}
				e.positions(own)
			})
		}
		return nil
	})
}

// positions writes the positions of one term in one document.
func (e *encoder) positions(own []token) {
	next := uint32(0)
	for i, t := range own {
		if i > 0 && t.field() != own[i-1].field() {
			next = 0
		}
		e.uint(int(t.position() - next))
		next = t.position() + 1
	}
}

// keepPositions keeps those positions of a term that are in documents that have not changed. Its postings of the last
// export are in held.
func (e *postingsEncoder) keepPositions(t *term) {
	e.kept = e.kept[:0]
	rest := t.positions
	for _, p := range e.held {
		size := sizeOf(p.frequency(), rest)
		if !e.altered[p.slot()] {
			e.kept = append(e.kept, rest[:size]...)
		}
		rest = rest[size:]
	}
}

// addPositions joins the positions that keepPositions kept and those of encodePositions, in the order of documents. The
// postings are in held, with document numbers.
func (e *postingsEncoder) addPositions(t *term, parts [][]encoder) {
	size := 0
	for _, part := range parts {
		size += len(part[t.id].data)
	}
	var all strings.Builder
	all.Grow(size)
	for _, part := range parts {
		all.Write(part[t.id].data)
		part[t.id].data = nil
	}
	t.positions = all.String()
	if len(e.kept) == 0 {
		return
	}
	fresh, kept := t.positions, string(e.kept)
	all.Reset()
	all.Grow(len(fresh) + len(kept))
	for _, p := range e.held {
		from := &kept
		if e.altered[e.order[p.slot()]] {
			from = &fresh
		}
		size := sizeOf(p.frequency(), *from)
		all.WriteString((*from)[:size])
		*from = (*from)[size:]
	}
	t.positions = all.String()
}

// sizeOf returns the number of bytes of the first n encoded numbers.
func sizeOf(n uint32, encoded string) (size int) {
	for ; n > 0; size++ {
		if encoded[size] < 0x80 {
			n--
		}
	}
	return size
}

// inlineLimit returns the maximum number of occurrences of a stem whose positions are stored next to its postings. Only
// such stems earn the bonus for nearness, because fetching the positions of frequent words with every query would cost
// too much. In a library of 143 documents, the root has 37.5 KB with a limit of 35, 34.2 KB with 16 and 31.9 KB with 8, and
// the results of all judged queries are the same; with 4 it has 30.3 KB, but one of them finds its page second. Above 320,
// in 10,000 documents, a query of three words would fetch 3 KB more.
func inlineLimit(documents int) uint32 { return uint32(max(8, min(documents/16, 320))) }

func (x *Index) isInline(id uint32) bool {
	return int(id) >= len(x.occurrences) || x.occurrences[id] <= inlineLimit(len(x.slots))
}

// size returns the approximate number of bytes of a term in a chunk.
func (t *term) size(inline bool) int {
	n := len(t.stem) + len(t.gaps) + len(t.fields) + len(t.times) + len(t.formLists) + 3
	for _, f := range t.forms {
		n += len(f)
	}
	if inline {
		n += len(t.positions)
	}
	return n
}

// sortedTerms returns all terms, and those that only pins are stored under, in the order of compareUTF16.
func (x *Index) sortedTerms(pins map[string][]pin) []*term {
	terms := slices.DeleteFunc(slices.Clone(x.exporter.terms), func(t *term) bool { return t == nil })
	for stem := range pins {
		if id := x.dictionary.numberTerm(stem); int(id) >= len(x.exporter.terms) || x.exporter.terms[id] == nil {
			terms = append(terms, &term{id: id, stem: stem})
		}
	}
	slices.SortFunc(terms, func(a, b *term) int { return compareUTF16(a.stem, b.stem) })
	return terms
}

// frequentInDocuments is the number of documents from which on the gaps of a term are in a column of their own: they are
// smaller than those of other terms, and compress better by themselves.
const frequentInDocuments = 16

// chunkOfTerms encodes some terms, column by column, because that compresses best. The columns are these, in the data
// types of encode.go:
//
//	part      what                       for
//	counts    bytes in each part         once for each part; these numbers are not counted themselves
//	          documents × 2, + 1 if inline   every term; inline: its positions are in this chunk
//	pinned    pins                       every term: number of its pins
//	formed    forms × 2, + 1 if whole    every term: number of forms listed, see hasForms; whole: all its documents have its only form
//	shares    letters                    every term: number of letters shared with the term before
//	stems     other letters, 0           every term
//	cuts      letters                    every form: number of letters missing from the end of the stem
//	words     other letters, 0           every form
//	pins      pin                        every pin, see encoder.pin
//	rare      gap × 2, + 1 if usual      every document of terms in fewer than frequentInDocuments; usual: the term occurs
//	                                     once, in the last field only
//	frequent  as rare                    every document of other terms
//	fields    fields × 2, + 1 if once    every document that is not usual; bit f of fields is set if field f has the term
//	times     times in the field - 1     every field with the term, unless the term occurs once in each
//	forms     documents × 2, + 1 if not  every form of a term that is not whole; not: the documents without the form are listed
//	          gap                        every document listed; gaps are between indexes among the term's documents
//	positions gap                        every occurrence of an inline term, by document, field and position
func (x *Index) chunkOfTerms(c *termColumns, terms []*term, pins map[string][]pin, layout layout) []part {
	columns := c.all()
	for _, column := range columns {
		column.data = column.data[:0]
	}
	before := ""
	for _, t := range terms {
		inline := x.isInline(t.id)
		c.counts.flagged(t.documents, inline)
		c.pinned.uint(len(pins[t.stem]))
		bytes, units := sharedPrefix(before, t.stem)
		c.shares.uint(units)
		c.stems.string(t.stem[bytes:])
		before = t.stem
		for _, p := range pins[t.stem] {
			c.pins.pin(p)
		}
		gaps := &c.rare
		if t.documents >= frequentInDocuments {
			gaps = &c.frequent
		}
		gaps.data = append(gaps.data, t.gaps...)
		c.fields.data = append(c.fields.data, t.fields...)
		c.times.data = append(c.times.data, t.times...)
		if layout.hasForms(t) {
			c.formed.flagged(len(t.forms), t.isWhole)
			_, whole := sharedPrefix(t.stem, t.stem)
			for _, f := range t.forms {
				bytes, units := sharedPrefix(t.stem, f)
				c.cuts.uint(whole - units)
				c.words.string(f[bytes:])
			}
			c.forms.data = append(c.forms.data, t.formLists...)
		} else {
			c.formed.uint(0)
		}
		if inline {
			c.positions.data = append(c.positions.data, t.positions...)
		}
	}
	var sizes encoder
	for _, column := range columns {
		sizes.uint(len(column.data))
	}
	parts := []part{column(append(sizes.data, c.counts.data...))}
	for _, own := range columns[1:] {
		parts = append(parts, column(own.data))
	}
	return parts
}

// termColumns holds the columns of one chunk of terms. The memory is used again for the next chunk.
type termColumns struct {
	counts, pinned, formed, shares, stems, cuts, words, pins, rare, frequent, fields, times, forms, positions encoder
}

func (c *termColumns) all() []*encoder {
	return []*encoder{
		&c.counts, &c.pinned, &c.formed, &c.shares, &c.stems, &c.cuts, &c.words, &c.pins, &c.rare, &c.frequent, &c.fields, &c.times, &c.forms, &c.positions,
	}
}

// addTerms writes the terms, with their table in the root, and the positions of frequent terms. The table of these
// positions is a separate shard, because they are fetched only for quoted phrases.
func (x *Index) addTerms(root *root, shards *shardSet, terms []*term, pins map[string][]pin, layout layout) {
	var frequent []*term
	for _, t := range terms {
		if !x.isInline(t.id) {
			frequent = append(frequent, t)
		}
	}
	var positions encoder
	positions.table(addPositions(shards, frequent, layout.positions))
	root.refs.ref(layout.add(shards, text(positions.data)))

	var t table
	var columns termColumns
	last := ""
	layout.terms.chunks(len(terms), func(i int) string { return terms[i].stem }, func(i int) int { return terms[i].size(x.isInline(terms[i].id)) }, func(start, end int) {
		parts := x.chunkOfTerms(&columns, terms[start:end], pins, layout)
		t.add(last, terms[start].stem, layout.add(shards, parts...))
		last = terms[end-1].stem
	})
	root.table(t)
}

// addPositions writes the positions of terms in chunks. A chunk is the number of its terms; for each term its stem, as
// in a sorted list, and the number of bytes of its positions; and then all positions.
func addPositions(shards *shardSet, terms []*term, c cutting) table {
	var t table
	var heads, positions encoder
	last := ""
	c.chunks(len(terms), func(i int) string { return terms[i].stem }, func(i int) int { return len(terms[i].positions) }, func(start, end int) {
		heads.data, positions.data = heads.data[:0], positions.data[:0]
		heads.uint(end - start)
		before := ""
		for _, own := range terms[start:end] {
			heads.next(before, own.stem)
			heads.uint(len(own.positions))
			positions.data = append(positions.data, own.positions...)
			before = own.stem
		}
		t.add(last, terms[start].stem, shards.add(text(heads.data), column(positions.data)))
		last = before
	})
	return t
}

// addVocabulary writes the vocabulary, unless the terms hold all of its words.
func (x *Index) addVocabulary(root *root, shards *shardSet, layout layout) {
	var t table
	if layout.bundled {
		root.table(t)
		return
	}
	words := x.currentVocabulary().words
	last := ""
	layout.vocabulary.chunks(len(words), func(i int) string { return words[i].text }, func(i int) int { return len(words[i].text)/2 + 3 }, func(start, end int) {
		var chunk encoder
		before := ""
		for _, w := range words[start:end] {
			chunk.next(before, w.text)
			chunk.uint(int(w.class))
			before = w.text
		}
		t.add(last, words[start].text, layout.add(shards, text(chunk.data)))
		last = before
	})
	root.table(t)
}
