package pipeline

import (
	"context"
	"fmt"

	"casebook/internal/search"
)

// Indexer keeps the search index from build to build. It is apart from the
// Builder so that a preview can show the pages before the index is ready, and
// build again meanwhile. It is not safe for concurrent use.
type Indexer struct {
	Progress func(Stage, int, int) // of long stages; may be nil

	index *search.Index // nil before the first result
}

// Index brings the index up to date with a result of Build that has a snapshot,
// and returns the snapshot with the files that the reader's browser searches.
func (x *Indexer) Index(ctx context.Context, result *Result) (*Snapshot, error) {
	index, err := x.Searcher(ctx, result)
	if err != nil {
		return nil, err
	}
	files, err := index.Export(ctx, result.Labels())
	if err != nil {
		return nil, fmt.Errorf("export the search index: %w", err)
	}
	whole := &Snapshot{files: result.Snapshot.files, search: make(map[string]*File, len(files))}
	for path, data := range files {
		whole.search[path] = newFile(path, data)
	}
	return whole, nil
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
	if _, err := x.index.Sync(ctx, result.Documents()); err != nil {
		x.index = nil // it may hold part of the documents
		return nil, fmt.Errorf("update the search index: %w", err)
	}
	return x.index, nil
}
