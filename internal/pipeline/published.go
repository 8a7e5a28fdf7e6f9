package pipeline

// The summary of a published site, kept for the next process.

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/publish"
)

// Published holds what a command reports about a site that it has published. With
// it, the next process can tell that nothing has changed without building.
type Published struct {
	Problems []problem.Problem // of the content
	Pages    int               // redirects included
	Cases    int
	Terms    content.Terms // of the site, for messages
	Drafts   int           // drafts that the site shows
	Files    []PublishedFile

	key cache.Key // hash of the input
}

// PublishedFile is a file of the site.
type PublishedFile struct {
	Path string
	Hash [32]byte
	Size int64
}

// Published summarises a result and its complete snapshot.
func (r *Result) Published(whole *Snapshot) *Published {
	p := &Published{Problems: r.Problems, Pages: r.Pages, Cases: len(r.Library.Cases), Terms: r.Library.Site.Terms, Drafts: drafts(r.Library), key: r.key}
	for f := range whole.Files() {
		p.Files = append(p.Files, PublishedFile{f.Path, f.Hash, f.Size})
	}
	return p
}

// drafts returns how many drafts the library holds.
func drafts(lib *library.Library) int {
	n := 0
	for _, c := range lib.Cases {
		if c.Draft {
			n++
		}
	}
	for _, r := range lib.Resources {
		if r.Draft {
			n++
		}
	}
	for _, p := range lib.Pages {
		if p.Draft {
			n++
		}
	}
	return n
}

// RecallPublished returns what an earlier process published if its input was the
// same, and nil otherwise.
func RecallPublished(from *cache.Cache, in Input) *Published {
	data, ok := from.Load("published", in.key())
	var p Published
	if !ok || cache.Decode(data, &p) != nil {
		return nil
	}
	return &p
}

// Keep saves p in the cache for the next process.
func (p *Published) Keep(to *cache.Cache) error {
	if to == nil {
		return nil
	}
	return to.Save("published", p.key, cache.Encode(nil, p))
}

// key is the hash of everything that a build depends on, except the options.
func (in Input) key() cache.Key {
	return sha256.Sum256(fmt.Appendf(nil, "%x %v", in.Tree.Hash(), in.Today))
}

// Diff returns the paths of the files that differ between two sites, sorted.
func (p *Published) Diff(other *Published) []string {
	hashes := map[string][32]byte{}
	for _, f := range p.Files {
		hashes[f.Path] = f.Hash
	}
	var paths []string
	for _, f := range other.Files {
		if hash, ok := hashes[f.Path]; !ok || hash != f.Hash {
			paths = append(paths, f.Path)
		}
		delete(hashes, f.Path)
	}
	paths = slices.AppendSeq(paths, maps.Keys(hashes))
	slices.Sort(paths)
	return paths
}

// Has reports whether the site has a file at the path.
func (p *Published) Has(path string) bool {
	return slices.ContainsFunc(p.Files, func(f PublishedFile) bool { return f.Path == path })
}

// Size returns the total number of bytes of the files.
func (p *Published) Size() (total int64) {
	for _, f := range p.Files {
		total += f.Size
	}
	return total
}

// Outgrown returns one line for each host whose limits the site exceeds.
func (p *Published) Outgrown() []string { return publish.Outgrown(p.Listed()) }

// Listed returns the files in the form that package publish takes, without their
// bytes.
func (p *Published) Listed() []publish.File {
	files := make([]publish.File, len(p.Files))
	for i, f := range p.Files {
		files[i] = publish.File{Path: f.Path, Hash: f.Hash, Size: f.Size}
	}
	return files
}
