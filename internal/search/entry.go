package search

// Entries: analysed documents.

import (
	"context"
	"math/bits"
	"slices"
	"strings"
)

// An entry is an analysed document.
type entry struct {
	doc Document // without its long text, if the index is only exported
	*analysis

	decoded  []token // all tokens, once a query has needed them
	recalled bool    // an earlier process indexed it, and bleve does not hold it; see Memory
}

// An analysis is what the index holds of the words of a document. Encoded, they take a third of the memory: 3 KB for a
// case study of 700 words.
type analysis struct {
	id       string // of the document
	document digest
	tokens   string // all words of all fields; see encoder.tokens
	words    string // distinct words before stemming; see encoder.gaps
	lengths  [fieldCount]lengthCode
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

// This fails to compile if there are more fields than fieldBits can number.
var _ [1<<fieldBits - fieldCount]struct{}

func newToken(stem uint32, f field, position uint32) token {
	return token(stem)<<32 | token(f)<<positionBits | token(position)
}

func (t token) stem() uint32     { return uint32(t >> 32) }
func (t token) field() field     { return field(t >> positionBits & (1<<fieldBits - 1)) }
func (t token) position() uint32 { return uint32(t & (1<<positionBits - 1)) }

// all returns all tokens, sorted.
func (e *entry) all() []token {
	if e.decoded == nil {
		e.eachStem(func(_ uint32, own []token) { e.decoded = append(e.decoded, own...) })
	}
	return e.decoded
}

// of returns the tokens of one stem.
func (e *entry) of(stem uint32) []token {
	tokens := e.all()
	start, _ := slices.BinarySearch(tokens, newToken(stem, 0, 0))
	end := start
	for end < len(tokens) && tokens[end].stem() == stem {
		end++
	}
	return tokens[start:end]
}

// frequencies calls yield for every distinct stem with its number of occurrences in each field.
func (a *analysis) frequencies(yield func(stem uint32, counts [fieldCount]uint32)) {
	a.eachStem(func(stem uint32, own []token) {
		var counts [fieldCount]uint32
		for _, t := range own {
			counts[t.field()]++
		}
		yield(stem, counts)
	})
}

// A lengthCode is the length of a field in words, rounded down to two significant bits: exact up to 4, then less than a
// third too small. Lucene stores lengths in a byte too (SmallFloat.intToByte4). Rounding hardly affects scores, and
// makes the files that the client loads smaller. bleve is given the rounded length, so that both sides compute the same
// scores.
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

// An analyser makes entries. Each goroutine uses its own; they share a dictionary.
type analyser struct {
	dictionary *dictionary
	concepts   *concepts
	memo       map[string]span // which of the known words a run has: a few runs make up most of a library
	known      []numbered      // words of all runs in memo; in one list, because most of the time is spent reading memory

	// State of the current document.
	encoder  encoder
	tokens   []token
	words    []uint32
	sequence []uint32 // stems of the current field, by position
}

// A span is a part of a list.
type span struct{ start, end uint32 }

// A numbered is a word of a run.
type numbered struct {
	word, stem uint32
	joined     bool
	role       role
}

// A role is what a word may be in an amount such as "30 million".
type role uint8

const (
	noRole   role = iota // a stop word
	quantity             // a number
	unit                 // any other word
)

func roleOf(word string) role {
	switch {
	case isStopWord(word):
		return noRole
	case isDigit(word[0]):
		return quantity
	default:
		return unit
	}
}

// isAmount reports whether one of two neighbouring words is a number and the other a word that it may belong to.
func isAmount(a, b role) bool { return a != b && a != noRole && b != noRole }

const (
	// memoLimit is the maximum size of a memo, which hostile text could otherwise fill with runs that occur once.
	memoLimit = 200_000
	// noStem marks a phrase break in a sequence.
	noStem = 1<<32 - 1
)

func newAnalyser(d *dictionary, c *concepts) *analyser {
	return &analyser{dictionary: d, concepts: c, memo: map[string]span{}}
}

func (a *analyser) entry(doc Document) *entry {
	e := &entry{doc: doc, analysis: &analysis{id: doc.ID, document: doc.digest(&a.encoder)}}
	a.tokens, a.words = a.tokens[:0], a.words[:0]
	for f, row := range fields {
		a.sequence = a.sequence[:0]
		e.lengths[f] = newLengthCode(a.field(field(f), row.text(&doc)))
		a.concepts.find(a.sequence, func(concept, position uint32) {
			a.tokens = append(a.tokens, newToken(concept, field(f), position))
		})
	}
	slices.Sort(a.tokens)
	a.tokens = slices.Compact(a.tokens) // two phrases of one concept may begin at the same word
	slices.Sort(a.words)
	a.encoder.data = a.encoder.data[:0]
	a.encoder.tokens(a.tokens)
	e.tokens = string(a.encoder.data)
	a.encoder.data = a.encoder.data[:0]
	a.encoder.gaps(slices.Compact(a.words))
	e.words = string(a.encoder.data)
	return e
}

// field adds the tokens of one field and returns its length in words.
func (a *analyser) field(f field, text string) (length int) {
	add := func(stem uint32) { a.tokens = append(a.tokens, newToken(stem, f, uint32(len(a.sequence)))) }
	var last numbered // of the words of the run before that are not joined
	eachRun(text, func(between, run string) {
		for range strings.Count(between, string(phraseBreak)) {
			a.sequence = append(a.sequence, noStem)
		}
		isNext, before := between == " ", last
		last = numbered{}
		for _, n := range a.run(run) {
			if n.joined {
				add(n.stem)
				a.concepts.named(n.stem, add)
			} else {
				if isNext && isAmount(before.role, n.role) {
					a.tokens = append(a.tokens, newToken(a.dictionary.numberJoined(before.word, n.word), f, uint32(len(a.sequence)-1)))
				}
				add(n.stem)
				a.sequence = append(a.sequence, n.stem)
				length++
				isNext, last = false, n
			}
			a.words = append(a.words, n.word)
		}
	})
	return length
}

// run returns the words of a run.
func (a *analyser) run(run string) []numbered {
	own, ok := a.memo[run]
	if !ok {
		if len(a.memo) >= memoLimit {
			clear(a.memo)
			a.known = a.known[:0]
		}
		own.start = uint32(len(a.known))
		for _, p := range pieces(run) {
			word, stem := a.dictionary.number(p.text)
			a.known = append(a.known, numbered{word, stem, p.joined, roleOf(p.text)})
		}
		own.end = uint32(len(a.known))
		a.memo[strings.Clone(run)] = own
	}
	return a.known[own.start:own.end]
}

// analyseAll analyses documents on all processors. It clears each document when it has been analysed.
func (x *Index) analyseAll(ctx context.Context, docs []Document) ([]*entry, error) {
	entries := make([]*entry, len(docs))
	own := func() *analyser { return newAnalyser(x.dictionary, x.concepts) }
	err := each(ctx, x.progress, Analysing, len(docs), own, func(a *analyser, i int) error {
		entries[i] = a.entry(docs[i])
		if x.exportOnly {
			entries[i].doc.Body, entries[i].doc.Beside = "", ""
		}
		docs[i] = Document{}
		return nil
	})
	return entries, err
}
