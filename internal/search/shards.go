package search

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// Folder is where in the site the exported files belong; their paths begin with it.
const Folder = "search"

// RootPath is the path of the only file with a fixed name. All others are named by content and may be cached for ever.
const RootPath = Folder + "/root.bin"

// A ref names a shard. Four bytes are enough to tell one site's shards apart, as the few that clash take others of
// their hash.
type ref [4]byte

func (r ref) path() string { return Folder + "/" + hex.EncodeToString(r[:]) + ".bin" }

type digest [sha256.Size]byte

// A shardSet gathers the shards of one export. Shards that an earlier set has compressed are not compressed again.
// What is added, and in what order, must depend on nothing but the content.
type shardSet struct {
	known      map[digest][]byte // of the earlier export
	compressed map[digest][]byte
	taken      map[ref]digest
	pending    []pending
}

// A pending shard is still to be compressed.
type pending struct {
	digest digest
	parts  []part
}

// A part of a shard is deflated by itself.
type part struct {
	data  []byte
	level int // of compress/flate
}

// text is a part in which byte sequences recur.
func text(data []byte) part { return part{data, flate.BestCompression} }

// column is a part whose bytes follow no pattern but that some are more frequent: looking for one would make it larger.
func column(data []byte) part { return part{data, flate.HuffmanOnly} }

func newShardSet(known map[digest][]byte) *shardSet {
	return &shardSet{known: known, compressed: map[digest][]byte{}, taken: map[ref]digest{}}
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

// digestOf hashes all that decides how a shard is compressed: the bytes of its parts, their borders and their levels.
func digestOf(parts []part) digest {
	h := sha256.New()
	var head encoder
	for _, p := range parts {
		head.uint(p.level + 3) // flate's levels begin at -2
		head.uint(len(p.data))
		h.Write(head.data)
		h.Write(p.data)
		head.data = head.data[:0]
	}
	return digest(h.Sum(nil))
}

// addCompressed names a shard that the caller has compressed.
func (s *shardSet) addCompressed(d digest, data []byte) ref {
	r, _ := s.name(d)
	s.compressed[d] = data
	return r
}

// name gives the first four bytes of the digest in a row that no other shard has.
func (s *shardSet) name(d digest) (r ref, fresh bool) {
	for i := 0; ; i++ {
		copy(r[:], d[i:])
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

// finish compresses the shards and gives all files but the root.
func (s *shardSet) finish(ctx context.Context, j job) (map[string][]byte, error) {
	j.n = len(s.pending)
	compressed, err := compressAll(ctx, j, func(i int) []part { return s.pending[i].parts })
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

// compressAll deflates, without a header, on all processors.
func compressAll(ctx context.Context, j job, parts func(i int) []part) ([][]byte, error) {
	all := make([][]byte, j.n)
	err := j.run(ctx, func() func(int) error {
		d := newDeflater()
		return func(i int) error {
			all[i] = d.deflate(parts(i))
			return nil
		}
	})
	return all, err
}

type deflater struct {
	buffer  bytes.Buffer
	writers map[int]*flate.Writer // by level
}

func newDeflater() *deflater { return &deflater{writers: map[int]*flate.Writer{}} }

// deflate ignores errors: the levels are valid, and a buffer does not fail.
func (d *deflater) deflate(parts []part) []byte {
	d.buffer.Reset()
	for i, p := range parts {
		w := d.writers[p.level]
		if w == nil {
			w, _ = flate.NewWriter(nil, p.level)
			d.writers[p.level] = w
		}
		w.Reset(&d.buffer)
		_, _ = w.Write(p.data)
		if i < len(parts)-1 {
			_ = w.Flush()
		} else {
			_ = w.Close()
		}
	}
	return bytes.Clone(d.buffer.Bytes())
}
