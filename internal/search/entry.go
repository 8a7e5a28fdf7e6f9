package search

import (
	"context"
	"math/bits"
	"slices"
	"strings"
)

// An entry is a document, analysed.
type entry struct {
	doc     Document
	tokens  []token  // every word of every field, sorted
	words   []uint32 // the distinct words, before stemming
	lengths [fieldCount]lengthCode
}

// A token is one word in one place. Sorted, tokens are in the order of stems, then fields, then positions.
//
//	bits    width          what
//	63–32   32             number of the stem
//	31–28   fieldBits      field
//	27–0    positionBits   position in the field, counted in words
type token uint64

const (
	fieldBits    = 4
	positionBits = 32 - fieldBits
)

// This does not compile when there are more fields than a token has room for.
var _ [1<<fieldBits - fieldCount]struct{}

func newToken(stem uint32, f field, position uint32) token {
	return token(stem)<<32 | token(f)<<positionBits | token(position)
}

func (t token) stem() uint32     { return uint32(t >> 32) }
func (t token) field() field     { return field(t >> positionBits & (1<<fieldBits - 1)) }
func (t token) position() uint32 { return uint32(t & (1<<positionBits - 1)) }

// of gives the tokens of one stem.
func (e *entry) of(stem uint32) []token {
	start, _ := slices.BinarySearch(e.tokens, newToken(stem, 0, 0))
	end := start
	for end < len(e.tokens) && e.tokens[end].stem() == stem {
		end++
	}
	return e.tokens[start:end]
}

// frequencies calls yield for every distinct stem with the number of times that it is in each field.
func (e *entry) frequencies(yield func(stem uint32, counts [fieldCount]uint32)) {
	for i := 0; i < len(e.tokens); {
		stem := e.tokens[i].stem()
		var counts [fieldCount]uint32
		for ; i < len(e.tokens) && e.tokens[i].stem() == stem; i++ {
			counts[e.tokens[i].field()]++
		}
		yield(stem, counts)
	}
}

// A lengthCode is the length of a field, in words, to two significant bits: exact up to 4, then rounded down by less
// than a third. Lucene keeps lengths in a byte too (SmallFloat.intToByte4); scoring hardly misses the rest, and the
// reader need not fetch it. bleve is given the rounded length, so both sides score alike.
type lengthCode uint8

func newLengthCode(length int) lengthCode {
	if length < 4 {
		return lengthCode(length)
	}
	shift := bits.Len(uint(length)) - 2
	return lengthCode(shift<<1 + length>>shift)
}

func (c lengthCode) length() int {
	if c < 4 {
		return int(c)
	}
	shift := int(c-2) >> 1
	return (int(c) - shift<<1) << shift
}

// An analyser makes entries. Each goroutine has its own; they share a dictionary.
type analyser struct {
	dictionary *dictionary
	memo       map[string][]numbered // by run: the same few runs make up most of a library
	tokens     []token
	words      []uint32
}

type numbered struct{ word, stem uint32 }

// memoLimit bounds the memory of a memo that hostile text would fill with runs seen once.
const memoLimit = 200_000

func newAnalyser(d *dictionary) *analyser {
	return &analyser{dictionary: d, memo: map[string][]numbered{}}
}

func (a *analyser) entry(doc Document) *entry {
	e := &entry{doc: doc}
	a.tokens, a.words = a.tokens[:0], a.words[:0]
	for f, row := range fields {
		position, length := uint32(0), 0
		eachRun(row.text(&doc), func(run string) {
			if run == "" {
				position++
				return
			}
			for _, n := range a.numbers(run) {
				a.tokens = append(a.tokens, newToken(n.stem, field(f), position))
				a.words = append(a.words, n.word)
				position++
				length++
			}
		})
		e.lengths[f] = newLengthCode(length)
	}
	slices.Sort(a.tokens)
	slices.Sort(a.words)
	e.tokens = slices.Clone(a.tokens)
	e.words = slices.Clone(slices.Compact(a.words))
	return e
}

func (a *analyser) numbers(run string) []numbered {
	if known, ok := a.memo[run]; ok {
		return known
	}
	var numbers []numbered
	for _, word := range foldRun(run) {
		w, s := a.dictionary.number(word)
		numbers = append(numbers, numbered{w, s})
	}
	if len(a.memo) >= memoLimit {
		clear(a.memo)
	}
	a.memo[strings.Clone(run)] = numbers
	return numbers
}

// analyseAll makes entries of documents on all processors.
func (x *Index) analyseAll(ctx context.Context, docs []Document) ([]*entry, error) {
	entries := make([]*entry, len(docs))
	err := x.job(Analysing, len(docs)).run(ctx, func() func(int) error {
		a := newAnalyser(x.dictionary)
		return func(i int) error {
			entries[i] = a.entry(docs[i])
			return nil
		}
	})
	return entries, err
}
