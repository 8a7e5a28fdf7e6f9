package search

import (
	"encoding/binary"
	"hash/fnv"
	"strings"
	"unicode/utf8"
)

// An encoder writes the shards' few data types; client/decode.ts reads them.
type encoder struct {
	data []byte
}

// uint writes a number, seven bits a byte, lowest first.
func (e *encoder) uint(n int) { e.data = binary.AppendUvarint(e.data, uint64(n)) }

// flagged writes a number that a flag follows in the lowest bit.
func (e *encoder) flagged(n int, flag bool) {
	bit := 0
	if flag {
		bit = 1
	}
	e.uint(n<<1 | bit)
}

// string writes UTF-8, without zero bytes, and then one of those.
func (e *encoder) string(s string) {
	e.data = append(append(e.data, strings.ReplaceAll(s, "\x00", "")...), 0)
}

// strings writes the number of some strings, then each of them.
func (e *encoder) strings(list []string) {
	e.uint(len(list))
	for _, s := range list {
		e.string(s)
	}
}

func (e *encoder) ref(r ref) { e.data = append(e.data, r[:]...) }

// next writes one of a sorted list of strings: how many UTF-16 units it shares with the one before, then the rest.
func (e *encoder) next(before, s string) {
	bytes, units := sharedPrefix(before, s)
	e.uint(units)
	e.string(s[bytes:])
}

// sharedPrefix measures what two strings begin with, in whole characters.
func sharedPrefix(a, b string) (bytes, units int) {
	for bytes < len(a) && bytes < len(b) {
		r, size := utf8.DecodeRuneInString(b[bytes:])
		if len(a) < bytes+size || a[bytes:bytes+size] != b[bytes:bytes+size] {
			break
		}
		bytes += size
		units++
		if r > 0xFFFF {
			units++
		}
	}
	return bytes, units
}

// A cutting says how large the chunks of a list should be, in the unit of size. A chunk ends before an item whose key says
// so, once it has the least size, and before one that would make it larger than most. So where chunks end depends on
// little but the keys nearby, and a change rewrites the chunk it falls in and seldom another.
type cutting struct {
	least, most int
	every       uint32 // one key in so many ends a chunk
}

// cut gives the start of every chunk.
func (c cutting) cut(n int, key func(i int) string, size func(i int) int) []int {
	var starts []int
	filled := 0
	for i := range n {
		if i == 0 || filled+size(i) > c.most || filled >= c.least && keyHash(key(i))%c.every == 0 {
			starts = append(starts, i)
			filled = 0
		}
		filled += size(i)
	}
	return starts
}

func keyHash(key string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(key))
	return h.Sum32()
}

// chunks calls yield with the bounds of every chunk.
func (c cutting) chunks(n int, key func(i int) string, size func(i int) int, yield func(start, end int)) {
	starts := c.cut(n, key, size)
	for i, start := range starts {
		end := n
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		yield(start, end)
	}
}

// A table lists the chunks of a sorted list of strings: where each begins, and its shard.
type table struct {
	borders []string
	refs    []ref
}

// add appends a chunk whose first string is first; last is the last one of the chunk before.
func (t *table) add(last, first string, r ref) {
	t.borders = append(t.borders, border(last, first))
	t.refs = append(t.refs, r)
}

// border is no more of the first string of a chunk than tells it from the last of the chunk before.
func border(last, first string) string {
	bytes, _ := sharedPrefix(last, first)
	_, size := utf8.DecodeRuneInString(first[bytes:])
	return first[:bytes+size]
}

func (e *encoder) borders(t table) {
	e.uint(len(t.borders))
	before := ""
	for _, border := range t.borders {
		e.next(before, border)
		before = border
	}
}

// table writes a table as a whole.
func (e *encoder) table(t table) {
	e.borders(t)
	for _, r := range t.refs {
		e.ref(r)
	}
}
