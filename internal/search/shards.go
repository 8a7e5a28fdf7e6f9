package search

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"slices"
	"sync"
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
	jobs       []job
}

type job struct {
	digest digest
	parts  [][]byte
	level  int // of compress/flate
}

func newShardSet(known map[digest][]byte) *shardSet {
	return &shardSet{known: known, compressed: map[digest][]byte{}, taken: map[ref]digest{}}
}

// add names a shard. It is compressed by finish.
func (s *shardSet) add(raw []byte) ref { return s.addParts(flate.BestCompression, raw) }

// addColumn adds a shard whose bytes follow no pattern, so that looking for one would make it larger. Each part is
// coded by how often its own bytes occur.
func (s *shardSet) addColumn(parts ...[]byte) ref { return s.addParts(flate.HuffmanOnly, parts...) }

func (s *shardSet) addParts(level int, parts ...[]byte) ref {
	d := digest(sha256.Sum256(slices.Concat(parts...)))
	r, fresh := s.name(d)
	if !fresh {
		return r
	}
	if data, ok := s.known[d]; ok {
		s.compressed[d] = data
	} else {
		s.jobs = append(s.jobs, job{d, parts, level})
	}
	return r
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
func (s *shardSet) finish() map[string][]byte {
	for _, level := range []int{flate.BestCompression, flate.HuffmanOnly} {
		var jobs []job
		for _, j := range s.jobs {
			if j.level == level {
				jobs = append(jobs, j)
			}
		}
		for i, data := range compressAll(len(jobs), level, func(i int) [][]byte { return jobs[i].parts }) {
			s.compressed[jobs[i].digest] = data
		}
	}
	files := make(map[string][]byte, len(s.taken)+1)
	for r, d := range s.taken {
		files[r.path()] = s.compressed[d]
	}
	return files
}

// compressAll deflates, without a header, on all processors.
func compressAll(n, level int, parts func(i int) [][]byte) [][]byte {
	all := make([][]byte, n)
	workers := min(runtime.GOMAXPROCS(0), n)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			var buffer bytes.Buffer
			// The level is valid, and a buffer does not fail.
			deflater, _ := flate.NewWriter(nil, level)
			for i := w; i < n; i += workers {
				buffer.Reset()
				deflater.Reset(&buffer)
				for p, part := range parts(i) {
					if p > 0 {
						_ = deflater.Flush()
					}
					_, _ = deflater.Write(part)
				}
				_ = deflater.Close()
				all[i] = bytes.Clone(buffer.Bytes())
			}
		})
	}
	wait.Wait()
	return all
}
