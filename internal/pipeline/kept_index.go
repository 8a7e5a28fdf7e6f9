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
//	search   search.Memory                        the documents, labels and synonyms, whose hashes it has
//	exports  keptExport of each file              what the library and the site are made of
//	cards    keptCard of each social card         the drawing.Card in each

// recallSearch returns what an earlier process kept of the search, or nil. An index needs
// it only when it is made.
func (x *Indexer) recallSearch() *search.Memory {
	if x.index != nil {
		return nil
	}
	_, data, ok := x.Cache.Newest("search")
	var memory search.Memory
	if !ok || cache.Decode(data, &memory) != nil {
		return nil
	}
	return &memory
}

func (x *Indexer) keepSearch(files map[string][]byte) error {
	if x.Cache == nil {
		return nil
	}
	memory := x.index.Remember(files)
	if memory == nil {
		return nil
	}
	return x.Cache.Save("search", cache.Key{}, cache.Encode(make([]byte, 0, memory.Size()), memory))
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
		made, err := x.exportFiles(ctx, result, nil)
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
