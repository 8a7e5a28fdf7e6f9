package search

// What an index keeps for the next process.

import (
	"context"
	"maps"
	"slices"

	"casebook/internal/parallel"
)

// A Memory is what an index keeps for the next process: the files that it exported last, the words of its documents, and
// the encoded terms. It is plain data, which package cache can encode. The next process goes on where this one ended, so
// that the first Sync and Export take as long as those after an edit; see Options.Memory.
type Memory struct {
	files         []rememberedFile
	labels        digest // of the files
	lang          string
	synonyms      [][]string // everything below depends on these
	words         []string   // of the dictionary, by number
	stemOf        []uint32   // stem by number of word
	stems         []string   // by number
	wordDocuments []uint32
	occurrences   []uint32
	terms         []*term
	entries       []*analysis // in the order of document ids
}

type rememberedFile struct {
	path   string
	digest digest // of the shard; zero for a file with a fixed name
	data   []byte
}

// exported returns the exported files, as Export returned them.
func (m *Memory) exported() map[string][]byte {
	files := make(map[string][]byte, len(m.files))
	for _, f := range m.files {
		files[f.path] = f.data
	}
	return files
}

// Size returns the approximate size of the memory in bytes.
func (m *Memory) Size() (size int) {
	for _, f := range m.files {
		size += len(f.path) + len(f.digest) + len(f.data) + 16
	}
	for _, e := range m.entries {
		size += len(e.id) + len(e.document) + len(e.tokens) + len(e.words) + 16
	}
	for _, t := range m.terms {
		if t != nil {
			size += t.size(true) + 16
		}
	}
	for _, s := range slices.Concat(m.words, m.stems) {
		size += len(s) + 5
	}
	return size
}

// Remember returns what the next process needs of the index and of the files that Export returned last, after the last
// Sync. It returns nil if documents use fewer than about half of the words of the dictionary, so that a dictionary does not grow from
// process to process.
func (x *Index) Remember(files map[string][]byte) *Memory {
	x.mu.Lock()
	defer x.mu.Unlock()
	d := x.dictionary
	m := &Memory{
		labels: x.exporter.labels, lang: x.content.Lang, synonyms: x.content.Synonyms, words: d.words, stemOf: d.stemOf, stems: d.stems,
		wordDocuments: x.wordDocuments, occurrences: x.occurrences, terms: x.exporter.terms,
	}
	if words := len(x.currentVocabulary().words); 2*words+1000 < len(d.words) {
		return nil
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		m.files = append(m.files, rememberedFile{path, x.exporter.digests[path], files[path]})
	}
	for _, slot := range x.documentOrder() {
		m.entries = append(m.entries, x.entries[slot].analysis)
	}
	return m
}

// recall fills an empty index with what an earlier process remembered.
func (x *Index) recall(m *Memory) {
	d := x.dictionary
	d.words, d.stemOf, d.stems = m.words, m.stemOf, m.stems
	for id, word := range d.words {
		d.wordIDs[word] = uint32(id)
	}
	for id, stem := range d.stems {
		d.stemIDs[stem] = uint32(id)
	}
	for _, f := range m.files {
		if f.digest != (digest{}) {
			x.exporter.compressed[f.digest], x.exporter.digests[f.path] = f.data, f.digest
		}
	}
	x.memory = m
}

// restore gives an empty index the entries, numbers and terms of an earlier process, as if it had exported them itself. It
// adds the documents to the entries that are unchanged. Those without a document are outdated: the caller replaces or
// removes them.
func (x *Index) restore(ctx context.Context, m *Memory, docs []Document) error {
	x.concepts, x.content.Synonyms, x.content.Lang = newConcepts(m.synonyms, x.dictionary), m.synonyms, m.lang
	x.growCounts()
	x.entries, x.altered = make([]*entry, len(m.entries)), make([]bool, len(m.entries))
	for i, a := range m.entries {
		x.entries[i] = &entry{analysis: a, recalled: true}
		x.slots[a.id] = uint32(i)
		x.order = append(x.order, uint32(i))
		for f := range fieldCount {
			x.totals[f] += a.lengths[f].length()
		}
	}
	digests := make([]digest, len(docs))
	err := parallel.EachWith(ctx, len(docs), func() *encoder { return &encoder{} }, func(b *encoder, i int) error {
		digests[i] = docs[i].digest(b)
		return nil
	})
	if err != nil {
		return err
	}
	for i, doc := range docs {
		if slot, ok := x.slots[doc.ID]; ok && x.entries[slot].document == digests[i] {
			x.entries[slot].doc = doc
		}
	}
	x.ordered = true
	copy(x.wordDocuments, m.wordDocuments)
	copy(x.occurrences, m.occurrences)
	for word, documents := range x.wordDocuments {
		if documents > 0 {
			x.stemForms[x.dictionary.stemOf[word]]++
		}
	}
	for stem, t := range m.terms {
		if t != nil {
			x.stemHolders[stem] = uint32(t.documents)
		}
	}
	x.exporter.terms, x.exporter.order, x.exporter.numbers = m.terms, slices.Clone(x.order), slices.Clone(x.order)
	x.unchanged, x.exporter.labels = m, m.labels
	return nil
}

// complete gives bleve the documents that an earlier process indexed. It must be called before a query.
func (x *Index) complete(ctx context.Context) error {
	var recalled []*entry
	for _, slot := range x.documentOrder() {
		if e := x.entries[slot]; e.recalled {
			recalled = append(recalled, e)
		}
	}
	if len(recalled) == 0 {
		return nil
	}
	if err := x.engine.apply(ctx, change{entries: recalled, stems: x.dictionary.stemList()}, x.progress); err != nil {
		x.failure = err // bleve may hold only part of them
		return err
	}
	for _, e := range recalled {
		e.recalled = false
		e.frequencies(func(stem uint32, counts [fieldCount]uint32) { x.countInBleve(stem, counts, 1) })
		if x.building != nil {
			x.missed[e.doc.ID] = true
		}
	}
	return nil
}

// digest returns a hash of all fields of a document. It overwrites the data of the encoder.
func (d *Document) digest(e *encoder) digest {
	e.data = e.data[:0]
	for _, s := range []string{d.ID, d.Title, d.Summary, d.Body, d.Beside, d.Lang, d.Pin, d.Date, d.Kind} {
		e.string(s)
	}
	for _, list := range [][]string{d.Names, d.Details, d.PinNames, d.Principles, d.Hallmarks, d.Countries, d.Disciplines, d.Years, d.Programmes, d.Organisations} {
		e.strings(list)
	}
	e.flagged(0, d.IsList)
	return digestOf([]part{text(e.data)})
}

// digest returns a hash of the labels.
func (l Labels) digest() digest {
	var e encoder
	for _, g := range Groups() {
		e.uint(len(l[g]))
		for _, v := range l[g] {
			e.string(v.ID)
			e.string(v.Label)
		}
	}
	return digestOf([]part{text(e.data)})
}

// tokens writes the sorted tokens of an entry: for each stem the gap from the stem before, the number of its tokens, and
// the gaps between the lower halves of these tokens.
func (e *encoder) tokens(tokens []token) {
	before := uint32(0)
	for i := 0; i < len(tokens); {
		stem := tokens[i].stem()
		end := i + 1
		for end < len(tokens) && tokens[end].stem() == stem {
			end++
		}
		e.uint(int(stem - before))
		e.uint(end - i)
		low := uint32(0)
		for ; i < end; i++ {
			e.uint(int(uint32(tokens[i]) - low))
			low = uint32(tokens[i])
		}
		before = stem
	}
}

// eachStem calls yield for every distinct stem with its tokens, in order. yield must not keep the slice.
func (a *analysis) eachStem(yield func(stem uint32, own []token)) {
	d := decoder{a.tokens}
	var own []token
	for stem := uint32(0); d.rest != ""; {
		stem += uint32(d.uint())
		low := uint32(0)
		own = own[:0]
		for range d.uint() {
			low += uint32(d.uint())
			own = append(own, token(stem)<<32|token(low))
		}
		yield(stem, own)
	}
}

// gaps writes the gaps between the numbers of a sorted list.
func (e *encoder) gaps(numbers []uint32) {
	before := uint32(0)
	for _, n := range numbers {
		e.uint(int(n - before))
		before = n
	}
}

// eachWord yields the numbers of the distinct words, sorted.
func (a *analysis) eachWord(yield func(word uint32) bool) {
	d := decoder{a.words}
	for word := uint32(0); d.rest != ""; {
		word += uint32(d.uint())
		if !yield(word) {
			return
		}
	}
}

func (a *analysis) hasWord(word uint32) bool {
	for w := range a.eachWord {
		if w >= word {
			return w == word
		}
	}
	return false
}

// A decoder reads the numbers that an encoder wrote.
type decoder struct{ rest string }

func (d *decoder) uint() (n uint64) {
	for shift := 0; ; shift += 7 {
		c := d.rest[0]
		d.rest = d.rest[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
}
