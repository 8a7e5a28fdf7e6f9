package search

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/klauspost/compress/flate"
)

// Folder is where in the site the exported files belong; their paths begin with it.
const Folder = "search"

// The two files with fixed names. All others are named by their content and may be cached for ever.
const (
	RootPath    = Folder + "/root.bin"
	SuggestPath = Folder + "/suggest.bin"
)

// A ref names a shard. Below 256 it counts the shards in the bundle at the end of the root; any other is the name of the
// shard's file.
type ref [3]byte

func bundled(position int) ref { return ref{2: byte(position)} }

func (r ref) isBundled() bool { return r[0] == 0 && r[1] == 0 }

func (r ref) path() string { return Folder + "/" + hex.EncodeToString(r[:]) + ".bin" }

type digest [sha256.Size]byte

// A shardSet gathers the shards of one export. Shards that an earlier set has compressed are not compressed again.
// What is added, and in what order, must depend on nothing but the content.
type shardSet struct {
	known      map[digest][]byte // of the earlier export
	compressed map[digest][]byte
	taken      map[ref]digest
	pending    []pending
	bundle     [][]part
}

// A pending shard is still to be compressed.
type pending struct {
	digest digest
	parts  []part
}

// A part of a shard is deflated by itself.
type part struct {
	data []byte
	kind partKind
}

// A partKind says how a part is compressed.
type partKind byte

const (
	textPart   partKind = iota // as sequences of bytes that recur
	columnPart                 // by the frequency of its bytes alone, or as text, whichever is smaller
)

func text(data []byte) part { return part{data, textPart} }

func column(data []byte) part { return part{data, columnPart} }

func newShardSet(known map[digest][]byte) *shardSet {
	return &shardSet{known: known, compressed: map[digest][]byte{}, taken: map[ref]digest{}}
}

// addToBundle puts a shard into the root. There are few of those.
func (s *shardSet) addToBundle(parts ...part) ref {
	s.bundle = append(s.bundle, parts)
	return bundled(len(s.bundle) - 1)
}

// add names a shard. It is compressed by finish.
func (s *shardSet) add(parts ...part) ref {
	d := digestOf(parts)
	r, fresh := s.name(d)
	if !fresh {
		return r
	}
	if data, ok := s.known[d]; ok {
		s.compressed[d] = data
	} else {
		s.pending = append(s.pending, pending{d, parts})
	}
	return r
}

// digestOf hashes all that decides how a shard is compressed: the bytes of its parts, their borders and their kinds.
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

// name returns the first bytes in a row of the digest that no other shard has as its name.
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

// finish compresses the shards and returns all files but the root.
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

// digests are those of all shards that have files, by path.
func (s *shardSet) digests() map[string]digest {
	digests := make(map[string]digest, len(s.taken))
	for r, d := range s.taken {
		digests[r.path()] = d
	}
	return digests
}

// A deflater deflates without a header.
type deflater struct {
	buffer, other bytes.Buffer
	text, column  *flate.Writer
}

// textLevel makes of the shards of 10,000 cases 17,461 KB. Level 9 makes 17,422 KB in
// twice the time, level 7 17,483 KB in the same; compress/flate makes 17,467 KB at level 9.
const textLevel = 8

func newDeflater() *deflater {
	// The levels are valid, so there is no error.
	asText, _ := flate.NewWriter(nil, textLevel)
	asColumn, _ := flate.NewWriter(nil, flate.HuffmanOnly)
	return &deflater{text: asText, column: asColumn}
}

func (d *deflater) deflate(parts []part) []byte {
	var all []byte
	for i, p := range parts {
		end := (*flate.Writer).Flush
		if i == len(parts)-1 {
			end = (*flate.Writer).Close
		}
		data := write(&d.buffer, d.text, p.data, end)
		if p.kind == columnPart {
			if short := write(&d.other, d.column, p.data, end); len(short) < len(data) {
				data = short
			}
		}
		all = append(all, data...)
	}
	return all
}

// write ignores errors: a buffer does not fail.
func write(to *bytes.Buffer, w *flate.Writer, data []byte, end func(*flate.Writer) error) []byte {
	to.Reset()
	w.Reset(to)
	_, _ = w.Write(data)
	_ = end(w)
	return to.Bytes()
}
