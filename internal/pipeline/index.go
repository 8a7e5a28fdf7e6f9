package pipeline

import (
	"context"
	"fmt"
	"sync"

	"casebook/internal/content"
	"casebook/internal/export"
	"casebook/internal/search"
	"casebook/internal/site"
)

// Indexer makes what follows the pages, the search and the exports, and keeps
// it from build to build. It is apart from the Builder so that a preview can
// show the pages before these are ready, and build again meanwhile. It is not
// safe for concurrent use.
type Indexer struct {
	Progress func(Stage, int, int) // of long stages; may be nil

	index   *search.Index // nil before the first result
	exports step[exportKey, exported]
}

// Index brings the search and the exports up to date with a result of Build
// that has a snapshot, and returns the snapshot with their files.
func (x *Indexer) Index(ctx context.Context, result *Result) (*Snapshot, error) {
	index, err := x.Searcher(ctx, result)
	if err != nil {
		return nil, err
	}
	files, err := index.Export(ctx, result.Labels())
	if err != nil {
		return nil, fmt.Errorf("export the search index: %w", err)
	}
	exports, err := x.export(ctx, result)
	if err != nil {
		return nil, err
	}
	whole := &Snapshot{files: result.Snapshot.files, later: make(map[string]*File, len(files)+len(exports))}
	for path, data := range files {
		whole.later[path] = newFile(path, data)
	}
	for _, f := range exports {
		if whole.files[f.Path] == nil { // a file of the maintainer's own goes first
			whole.later[f.Path] = f
		}
	}
	return whole, nil
}

// exportKey is everything that the exports are made of.
type exportKey struct {
	site  *site.Site // immutable, and of one library
	today content.Date
}

// exported are the files of all exports.
type exported struct {
	files []*File
	err   error
}

func (x *Indexer) export(ctx context.Context, result *Result) ([]*File, error) {
	made := x.exports.do(exportKey{result.site, result.today}, func() exported {
		files, err := exportFiles(ctx, result)
		return exported{files, err}
	})
	if made.err != nil {
		x.exports = step[exportKey, exported]{} // try again at the next build
	}
	return made.files, made.err
}

// exportFiles makes the exports, which are kept in a temporary file as pages are.
func exportFiles(ctx context.Context, result *Result) ([]*File, error) {
	store, err := newStore()
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var files []*File
	err = export.Files(ctx, export.Input{Library: result.Library, Site: result.site, Today: result.today}, func(path string, data []byte) error {
		f, err := store.keep(path, data)
		mu.Lock()
		defer mu.Unlock()
		files = append(files, f)
		return err
	})
	return files, err
}

// Searcher returns the index of all that a result of Build shows.
func (x *Indexer) Searcher(ctx context.Context, result *Result) (*search.Index, error) {
	if x.index == nil {
		index, err := search.New(search.Options{Progress: func(stage search.Stage, done, total int) {
			if x.Progress != nil {
				x.Progress(Stage(stage), done, total)
			}
		}})
		if err != nil {
			return nil, fmt.Errorf("open the search index: %w", err)
		}
		x.index = index
	}
	if _, err := x.index.Sync(ctx, search.Content{Documents: result.Documents(), Synonyms: result.Library.Synonyms, Lang: result.Library.Site.Language}); err != nil {
		x.index = nil // it may hold part of the documents
		return nil, fmt.Errorf("update the search index: %w", err)
	}
	return x.index, nil
}
