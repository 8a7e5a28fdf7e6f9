package search

import (
	"cmp"
	"context"
	"maps"
	"runtime"
	"slices"

	"casebook/internal/parallel"
)

// A term is a stem and where it is.
type term struct {
	id       uint32
	stem     string
	postings postings

	// As exported; see chunkOfTerms.
	encoded   bool
	documents int
	forms     []string // if there are several
	gaps      []byte
	details   []byte
	formLists []byte
	positions []byte
}

// encodeTerms encodes the terms that have changed since the last export.
func (x *Index) encodeTerms(ctx context.Context) error {
	order := x.documentOrder()
	renumbered := !slices.Equal(order, x.exporter.order)
	if renumbered {
		x.exporter.order = slices.Clone(order)
		x.exporter.numbers = make([]uint32, len(x.entries))
		for number, slot := range order {
			x.exporter.numbers[slot] = uint32(number)
		}
	}
	var changed []*term
	for id, t := range x.exporter.terms {
		_, moved := x.moved[id]
		if moved {
			t.positions = nil
		}
		if renumbered || moved || !t.encoded {
			changed = append(changed, t)
		}
	}
	if err := x.encodePositions(ctx, changed); err != nil {
		return err
	}
	forms := x.formsOf(changed)
	err := parallel.EachWith(ctx, len(changed), func() *postingsEncoder {
		return &postingsEncoder{numbers: x.exporter.numbers, places: map[uint32]int{}}
	},
		func(e *postingsEncoder, i int) error {
			e.encode(changed[i], forms[changed[i].id])
			changed[i].encoded = true
			return nil
		})
	if err == nil {
		clear(x.moved)
	}
	return err
}

// A form is a word with some stem, and the documents that have it, by slot.
type form struct {
	word  string
	slots []uint32
}

// formsOf returns the forms of the terms that have several.
func (x *Index) formsOf(terms []*term) map[uint32][]form {
	forms := map[uint32][]form{}
	for _, t := range terms {
		if x.stemForms[t.id] > 1 {
			forms[t.id] = nil
		}
	}
	place := map[uint32]int{} // by word: its place among the forms of its stem
	for id, documents := range x.wordDocuments {
		stem := x.dictionary.stemOf[id]
		if own, ok := forms[stem]; ok && documents > 0 {
			place[uint32(id)] = len(own)
			forms[stem] = append(own, form{word: x.dictionary.words[id]})
		}
	}
	for _, slot := range x.exporter.order {
		for _, word := range x.entries[slot].words {
			if i, ok := place[word]; ok {
				f := &forms[x.dictionary.stemOf[word]][i]
				f.slots = append(f.slots, slot)
			}
		}
	}
	for _, own := range forms {
		slices.SortFunc(own, func(a, b form) int { return compareUTF16(a.word, b.word) })
	}
	return forms
}

// encode encodes the postings of a term and its forms, in the columns of a chunk; see chunkOfTerms.
func (p *postingsEncoder) encode(t *term, forms []form) {
	p.held = p.held[:0]
	for f := range fields {
		for _, held := range t.postings[f] {
			p.held = append(p.held, heldIn{p.numbers[held.slot], field(f), held.frequency})
		}
	}
	slices.SortFunc(p.held, func(a, b heldIn) int {
		return cmp.Or(cmp.Compare(a.document, b.document), cmp.Compare(a.field, b.field))
	})
	var documents, details encoder
	next := uint32(0)
	t.documents = 0
	for i := 0; i < len(p.held); t.documents++ {
		end := i + 1
		for end < len(p.held) && p.held[end].document == p.held[i].document {
			end++
		}
		own := p.held[i:end]
		usual := len(own) == 1 && own[0].field == field(fieldCount-1) && own[0].frequency == 1
		documents.flagged(int(own[0].document-next), usual)
		next = own[0].document + 1
		if !usual {
			details.detail(own)
		}
		i = end
	}
	t.gaps, t.details = documents.data, details.data
	p.encodeForms(t, forms)
}

// A postingsEncoder encodes terms. Each goroutine has its own.
type postingsEncoder struct {
	numbers []uint32 // of documents, by slot
	held    []heldIn
	places  map[uint32]int // by number of document
}

// A heldIn says that a document has a term in a field.
type heldIn struct {
	document  uint32
	field     field
	frequency uint32
}

func (e *encoder) detail(own []heldIn) {
	mask, once := 0, true
	for _, held := range own {
		mask |= 1 << held.field
		once = once && held.frequency == 1
	}
	e.flagged(mask, once)
	if once {
		return
	}
	for _, held := range own {
		e.uint(int(held.frequency - 1))
	}
}

func (p *postingsEncoder) encodeForms(t *term, forms []form) {
	t.forms, t.formLists = nil, nil
	if len(forms) == 0 {
		return
	}
	clear(p.places)
	for _, held := range p.held {
		if _, ok := p.places[held.document]; !ok {
			p.places[held.document] = len(p.places)
		}
	}
	var lists encoder
	for _, f := range forms {
		t.forms = append(t.forms, f.word)
		has := make([]bool, t.documents)
		for _, slot := range f.slots {
			has[p.places[p.numbers[slot]]] = true
		}
		inverted := 2*len(f.slots) > t.documents
		count := len(f.slots)
		if inverted {
			count = t.documents - count
		}
		lists.flagged(count, inverted)
		next := 0
		for place, own := range has {
			if own != inverted {
				lists.uint(place - next)
				next = place + 1
			}
		}
	}
	t.formLists = lists.data
}

// encodePositions encodes, for every document with a term, in the order of documents, and for every field with the term,
// the gaps between its positions. The postings say how many there are. All terms are encoded in one pass over the documents.
func (x *Index) encodePositions(ctx context.Context, changed []*term) error {
	workers := runtime.GOMAXPROCS(0)
	return parallel.Each(ctx, workers, func(worker int) error {
		encoders := make([]*encoder, len(x.stemDocuments)) // by stem
		var own []*term
		for i := worker; i < len(changed); i += workers {
			if changed[i].positions == nil {
				own = append(own, changed[i])
				encoders[changed[i].id] = &encoder{}
			}
		}
		for _, slot := range x.exporter.order {
			if err := ctx.Err(); err != nil {
				return err
			}
			x.entries[slot].encodePositions(encoders)
		}
		for _, t := range own {
			t.positions = encoders[t.id].data
		}
		return nil
	})
}

func (e *entry) encodePositions(encoders []*encoder) {
	before := newToken(0, 0, 0)
	next := uint32(0)
	for _, t := range e.tokens {
		encoder := encoders[t.stem()]
		if encoder == nil {
			continue
		}
		if t.stem() != before.stem() || t.field() != before.field() {
			next = 0
		}
		encoder.uint(int(t.position() - next))
		before, next = t, t.position()+1
	}
}

// inlineLimit is how often a stem occurs at most for its positions to stand beside its postings. Only of such words does
// nearness count: a reader cannot fetch the positions of frequent words with every query.
func inlineLimit(documents int) uint32 { return uint32(24 + documents/16) }

func (x *Index) isInline(id uint32) bool { return x.occurrences[id] <= inlineLimit(len(x.slots)) }

// size is about how many bytes a term takes in a chunk.
func (t *term) size(inline bool) int {
	n := len(t.stem) + len(t.gaps) + len(t.details) + len(t.formLists) + 3
	for _, f := range t.forms {
		n += len(f)
	}
	if inline {
		n += len(t.positions)
	}
	return n
}

// sortedTerms are all terms, in the order of compareUTF16.
func (x *Index) sortedTerms() []*term {
	terms := slices.Collect(maps.Values(x.exporter.terms))
	slices.SortFunc(terms, func(a, b *term) int { return compareUTF16(a.stem, b.stem) })
	return terms
}

// chunkOfTerms encodes some terms, column by column, as that compresses best. Numbers are of the kinds of encode.go.
//
//	part      what                       for
//	heads     bytes in each other part   once for each: gaps, details, forms, positions
//	          stem                       every term, as in a sorted list
//	          documents × 2, + 1 if inline   its positions are here
//	          pins, forms                their numbers; forms is 0 if the stem has only one
//	          pin                        every pin, see encodePin
//	          word                       every form, as in a sorted list that begins with the stem
//	gaps      gap × 2, + 1 if usual      every document; usual is: once, in the last field alone
//	details   fields × 2, + 1 if once    every other document; bit f of fields is set for a field that has the term
//	          times in the field - 1     every field of a document that does not have it once in each
//	forms     documents × 2, + 1 if not  every form; not: those without the form are listed
//	          gap                        every document listed; gaps are between places among the term's documents
//	positions gap                        every occurrence of an inline term, by document, field and position
func (x *Index) chunkOfTerms(terms []*term, pins map[string][]pin) []part {
	var heads, gaps, details, forms, positions encoder
	before := ""
	for _, t := range terms {
		inline := x.isInline(t.id)
		heads.next(before, t.stem)
		heads.flagged(t.documents, inline)
		heads.uint(len(pins[t.stem]))
		heads.uint(len(t.forms))
		for _, p := range pins[t.stem] {
			heads.pin(p)
		}
		before = t.stem
		for _, f := range t.forms {
			heads.next(before, f)
			before = f
		}
		before = t.stem
		gaps.data = append(gaps.data, t.gaps...)
		details.data = append(details.data, t.details...)
		forms.data = append(forms.data, t.formLists...)
		if inline {
			positions.data = append(positions.data, t.positions...)
		}
	}
	var sizes encoder
	for _, e := range []encoder{gaps, details, forms, positions} {
		sizes.uint(len(e.data))
	}
	return []part{text(append(sizes.data, heads.data...)), column(gaps.data), column(details.data), column(forms.data), column(positions.data)}
}

// addTerms writes the terms, whose table is in the root; and the positions of frequent terms, whose table is a shard of
// its own, as they are fetched for quoted phrases only.
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
	last := ""
	layout.terms.chunks(len(terms), func(i int) string { return terms[i].stem }, func(i int) int { return terms[i].size(x.isInline(terms[i].id)) }, func(start, end int) {
		parts := x.chunkOfTerms(terms[start:end], pins)
		t.add(last, terms[start].stem, layout.add(shards, parts...))
		last = terms[end-1].stem
	})
	root.table(t)
}

// addPositions writes the positions of terms in chunks: the stem, as in a sorted list, the number of bytes, and the
// positions.
func addPositions(shards *shardSet, terms []*term, c cutting) table {
	var t table
	last := ""
	c.chunks(len(terms), func(i int) string { return terms[i].stem }, func(i int) int { return len(terms[i].positions) }, func(start, end int) {
		var chunk encoder
		before := ""
		for _, own := range terms[start:end] {
			chunk.next(before, own.stem)
			chunk.uint(len(own.positions))
			chunk.data = append(chunk.data, own.positions...)
			before = own.stem
		}
		t.add(last, terms[start].stem, shards.add(text(chunk.data)))
		last = before
	})
	return t
}

func (x *Index) addVocabulary(root *root, shards *shardSet, layout layout) {
	words := x.currentVocabulary().words
	var t table
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
