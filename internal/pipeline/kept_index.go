package pipeline

// What an indexer keeps in its cache for the next process.

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"

	"casebook/internal/cache"
	"casebook/internal/search"
)

// The values that an indexer saves in Indexer.Cache:
//
//	name     value                                depends on
//	search   search.Memory                        the documents, labels and synonyms
//	exports  keptExport of each file              what the library and the site are made of
//	cards    keptCard of each social card         the drawing.Card in each

// searchKey returns the hash of everything that the files of the search depend on.
func searchKey(content search.Content, labels search.Labels) cache.Key {
	h := sha256.New()
	var b []byte
	for i := range content.Documents {
		b = cache.Encode(b[:0], &content.Documents[i])
		h.Write(b)
	}
	for _, group := range search.Groups() {
		values := labels[group]
		h.Write(cache.Encode(b[:0], &values))
	}
	fmt.Fprintf(h, "%q %q", content.Synonyms, content.Lang)
	return cache.Key(h.Sum(nil))
}

// recallSearch returns the search index that an earlier process saved, and its key.
func (x *Indexer) recallSearch() (*search.Memory, cache.Key) {
	key, data, ok := x.Cache.Newest("search")
	var memory search.Memory
	if !ok || cache.Decode(data, &memory) != nil {
		return nil, cache.Key{}
	}
	return &memory, key
}

func (x *Indexer) keepSearch(key cache.Key, files map[string][]byte) error {
	if x.Cache == nil {
		return nil
	}
	memory := x.index.Remember(files)
	if memory == nil {
		return nil
	}
	return x.Cache.Save("search", key, cache.Encode(make([]byte, 0, memory.Size()), memory))
}

// keptExport describes an exported file without its bytes. If a file is missing
// from the output folder, all exports are made again.
type keptExport struct {
	Path string
	Hash [32]byte
	Size int64
}

// keyOfExports returns the hash of everything that the exports depend on; see
// exportKey.
func keyOfExports(result *Result) cache.Key {
	return sha256.Sum256(fmt.Appendf(nil, "%x %x %v %v", result.made.entries, result.made.attachments, result.made.today, lookOf(result)))
}

func (x *Indexer) recallExports(ctx context.Context, result *Result) ([]*File, bool) {
	data, ok := x.Cache.Load("exports", keyOfExports(result))
	var kept []keptExport
	if !ok || cache.Decode(data, &kept) != nil {
		return nil, false
	}
	again := sync.OnceValues(func() (map[string]*File, error) {
		made, err := x.exportFiles(ctx, result)
		byPath := make(map[string]*File, len(made))
		for _, f := range made {
			byPath[f.Path] = f
		}
		return byPath, err
	})
	files := make([]*File, len(kept))
	for i, k := range kept {
		f := &File{Path: k.Path, Hash: k.Hash, Size: k.Size}
		files[i] = f.later(func() ([]byte, error) {
			byPath, err := again()
			if err != nil {
				return nil, err
			}
			return byPath[k.Path].Bytes()
		})
	}
	return files, true
}

func (x *Indexer) keepExports(result *Result, files []*File) error {
	if x.Cache == nil {
		return nil
	}
	kept := make([]keptExport, len(files))
	for i, f := range files {
		kept[i] = keptExport{f.Path, f.Hash, f.Size}
	}
	return x.Cache.Save("exports", keyOfExports(result), cache.Encode(nil, &kept))
}
