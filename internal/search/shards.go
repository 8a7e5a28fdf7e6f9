package search

// Shards: the exported files, named by their content.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/klauspost/compress/flate"
)

// Folder is the folder of the site that the exported files belong in; their paths begin with it.
const Folder = "search"

// The two files with fixed names. All others are named by their content and can be cached permanently.
const (
	RootPath    = Folder + "/root.bin"
	SuggestPath = Folder + "/suggest.bin"
)

// A ref identifies a shard. A ref below 256 is an index into the bundle at the end of the root; any other ref is the
// name of the shard's file.
type ref [3]byte

func bundled(position int) ref { return ref{2: byte(position)} }

func (r ref) isBundled() bool { return r[0] == 0 && r[1] == 0 }

func (r ref) path() string { return Folder + "/" + hex.EncodeToString(r[:]) + ".bin" }

type digest [sha256.Size]byte

// A shardSet collects the shards of one export. It does not compress shards again that the export before compressed.
// The shards added and their order must depend on the content only.
type shardSet struct {
	known      map[digest][]byte // compressed shards of the export before
	compressed map[digest][]byte
	taken      map[ref]digest
	pending    []pending
	bundle     [][]part
}

// A pending shard is not compressed yet.
type pending struct {
	digest digest
	parts  []part
}

// A part of a shard is a block of its compressed bytes.
type part struct {
	data []byte
	kind partKind
}

// A partKind says how a part is compressed.
type partKind byte

const (
	textPart   partKind = iota // with DEFLATE, for sequences of bytes that are repeated in it or in a part before it
	columnPart                 // with Huffman coding only, or as text, whichever is smaller
)

func text(data []byte) part { return part{data, textPart} }

func column(data []byte) part { return part{data, columnPart} }

func newShardSet(known map[digest][]byte) *shardSet {
	return &shardSet{known: known, compressed: map[digest][]byte{}, taken: map[ref]digest{}}
}

// addToBundle adds a shard to the root. A root has fewer than 256 of them. The caller may use the memory of the parts
// again.
func (s *shardSet) addToBundle(parts ...part) ref {
	s.bundle = append(s.bundle, clone(parts))
	return bundled(len(s.bundle) - 1)
}

// add adds a shard and returns its ref. finish compresses it. The caller may use the memory of the parts again.
func (s *shardSet) add(parts ...part) ref {
	d := digestOf(parts)
	r, fresh := s.name(d)
	if !fresh {
		return r
	}
	if data, ok := s.known[d]; ok {
		s.compressed[d] = data
	} else {
		s.pending = append(s.pending, pending{d, clone(parts)})
	}
	return r
}

func clone(parts []part) []part {
	own := make([]part, len(parts))
	for i, p := range parts {
		own[i] = part{bytes.Clone(p.data), p.kind}
	}
	return own
}

// digestOf hashes everything that the compressed form of a shard depends on: the bytes, borders and kinds of its parts.
func digestOf(parts []part) digest {
	h := sha256.New()
	var head encoder
	for _, p := range parts {
		head.uint(int(p.kind))
		head.uint(len(p.data))
		h.Write(head.data)
		h.Write(p.data)
		head.data = head.data[:0]
	}
	return digest(h.Sum(nil))
}

// name returns the first three consecutive bytes of the digest that are not the name of another shard. fresh is false
// if the shard already has a name.
func (s *shardSet) name(d digest) (r ref, fresh bool) {
	for i := 0; ; i++ {
		copy(r[:], d[i:])
		if r.isBundled() {
			continue
		}
		owner, taken := s.taken[r]
		if !taken {
			s.taken[r] = d
			return r, true
		}
		if owner == d {
			return r, false
		}
	}
}

// finish compresses the shards and returns all files except the root.
func (s *shardSet) finish(ctx context.Context, p progress) (map[string][]byte, error) {
	compressed := make([][]byte, len(s.pending))
	err := each(ctx, p, Compressing, len(s.pending), newDeflater, func(d *deflater, i int) error {
		compressed[i] = d.deflate(s.pending[i].parts)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, data := range compressed {
		s.compressed[s.pending[i].digest] = data
	}
	files := make(map[string][]byte, len(s.taken)+1)
	for r, d := range s.taken {
		files[r.path()] = s.compressed[d]
	}
	return files, nil
}

// digests returns the digests of all shards that have files, by path.
func (s *shardSet) digests() map[string]digest {
	digests := make(map[string]digest, len(s.taken))
	for r, d := range s.taken {
		digests[r.path()] = d
	}
	return digests
}

// A deflater compresses with DEFLATE, without a header.
type deflater struct {
	buffer, other bytes.Buffer
	text, column  *flate.Writer
}

// textLevel is the compression level for text. For the shards of 10,000 cases it gives 17,461 KB. Level 9 gives 17,422
// KB in twice the time, and level 7 gives 17,483 KB in the same time; compress/flate gives 17,467 KB at level 9.
const textLevel = 8

func newDeflater() *deflater {
	// The levels are valid, so the errors are nil.
	asText, _ := flate.NewWriter(nil, textLevel)
	asColumn, _ := flate.NewWriter(nil, flate.HuffmanOnly)
	return &deflater{text: asText, column: asColumn}
}

func (d *deflater) deflate(parts []part) []byte {
	var all, before []byte
	for i, p := range parts {
		end := (*flate.Writer).Flush
		if i == len(parts)-1 {
			end = (*flate.Writer).Close
		}
		var history []byte
		if p.kind == textPart {
			history = before
		}
		data := write(&d.buffer, d.text, p.data, history, end)
		if p.kind == columnPart {
			if short := write(&d.other, d.column, p.data, nil, end); len(short) < len(data) {
				data = short
			}
		}
		all = append(all, data...)
		before = append(before, p.data...)
	}
	return all
}

// write compresses data, which may repeat sequences of the history. It ignores errors because writing to a buffer does
// not fail.
func write(to *bytes.Buffer, w *flate.Writer, data, history []byte, end func(*flate.Writer) error) []byte {
	to.Reset()
	w.ResetDict(to, history)
	_, _ = w.Write(data)
	_ = end(w)
	return to.Bytes()
}
