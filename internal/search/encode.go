package search

// Encoding of the exported files.

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// An encoder writes the data types of the shards. client/decode.ts reads them.
type encoder struct {
	data []byte
}

// uint writes a number as a varint: seven bits per byte, lowest first.
func (e *encoder) uint(n int) { e.data = binary.AppendUvarint(e.data, uint64(n)) }

// flagged writes a number and a flag, which is the lowest bit.
func (e *encoder) flagged(n int, flag bool) {
	bit := 0
	if flag {
		bit = 1
	}
	e.uint(n<<1 | bit)
}

// string writes a string in UTF-8, without its zero bytes, followed by a zero byte.
func (e *encoder) string(s string) {
	e.data = append(append(e.data, strings.ReplaceAll(s, "\x00", "")...), 0)
}

// strings writes the length of a list of strings, then each of them.
func (e *encoder) strings(list []string) {
	e.uint(len(list))
	for _, s := range list {
		e.string(s)
	}
}

func (e *encoder) ref(r ref) { e.data = append(e.data, r[:]...) }

// next writes an item of a sorted list of strings: the number of UTF-16 units that it shares with the item before, then
// the rest.
func (e *encoder) next(before, s string) {
	bytes, units := sharedPrefix(before, s)
	e.uint(units)
	e.string(s[bytes:])
}

// sharedPrefix returns the length of the common prefix of two strings, in whole characters, counted in bytes and in
// UTF-16 units.
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

// A cutting says how a list with sorted keys is cut into chunks; sizes are in the unit of the size function. Of the places
// where a chunk has between the least and the most bytes, it ends where neighbouring keys have the fewest letters in common.
// So the borders of chunks are short, and depend mainly on the keys nearby: a change rewrites its own chunk and seldom
// another. Keys that begin with the last key of a chunk are in it too, up to the least bytes of them, since a query for two
// words looks up the first, and the two as one word.
type cutting struct {
	least, most int
}

// cut returns the start of every chunk.
func (c cutting) cut(n int, key func(i int) string, size func(i int) int) []int {
	sizes := make([]int, n)
	for i := range n {
		sizes[i] = size(i)
	}
	var starts []int
	for start := 0; start < n; start = c.end(start, sizes, key) {
		starts = append(starts, start)
	}
	return starts
}

// end returns the end of the chunk that begins at start. An item of more than the most bytes is a chunk of its own.
func (c cutting) end(start int, sizes []int, key func(i int) string) (end int) {
	filled, fewest := sizes[start], 0
	for i := start + 1; i < len(sizes); i++ {
		isFull := filled+sizes[i] > c.most
		if filled >= c.least || isFull {
			if shared, _ := sharedPrefix(key(i-1), key(i)); end == 0 || shared < fewest {
				end, fewest = i, shared
			}
		}
		if isFull {
			return c.withLonger(end, sizes, key)
		}
		filled += sizes[i]
	}
	return len(sizes)
}

// withLonger moves the end of a chunk past the keys that begin with its last key, if they have at most the least bytes.
func (c cutting) withLonger(end int, sizes []int, key func(i int) string) int {
	filled := 0
	for i := end; ; i++ {
		if i == len(sizes) || !strings.HasPrefix(key(i), key(end-1)) {
			return i
		}
		if filled += sizes[i]; filled > c.least {
			return end
		}
	}
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

// A table lists the chunks of a sorted list of strings: the border where each begins, and its shard.
type table struct {
	borders []string
	refs    []ref
}

// add appends a chunk. first is its first string, and last is the last string of the chunk before.
func (t *table) add(last, first string, r ref) {
	t.borders = append(t.borders, border(last, first))
	t.refs = append(t.refs, r)
}

// border returns the shortest prefix of the first string of a chunk that differs from the last string of the chunk
// before.
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

// table writes the borders and the refs of a table.
func (e *encoder) table(t table) {
	e.borders(t)
	for _, r := range t.refs {
		e.ref(r)
	}
}
