package pipeline

// The search and the exports, made after the pages.

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/drawing"
	"casebook/internal/export"
	"casebook/internal/offline"
	"casebook/internal/parallel"
	"casebook/internal/publish"
	"casebook/internal/search"
	"casebook/internal/site"
)

// Indexer makes the search and the exports, and keeps them from build to build. It
// is separate from the Builder so that a preview can show the pages before the
// search and the exports are ready, and can build again meanwhile. It is not safe
// for concurrent use.
type Indexer struct {
	Progress func(Stage, int, int) // reports the progress of long stages; may be nil
	Cache    *cache.Cache          // results of earlier processes; nil: keep nothing

	index   *search.Index // nil until the first result is indexed
	exports step[exportKey, exported]
	cards   drawnCards
	once    bool // whether Finish was called
}

// Index updates the search and the exports for a result of Build that has a
// snapshot, and returns the snapshot with their files. When the context ends, Index
// returns immediately and the Indexer must not be used again.
func (x *Indexer) Index(ctx context.Context, result *Result) (*Snapshot, error) {
	return parallel.Leave(ctx, func() (*Snapshot, error) {
		exports, err := x.export(ctx, result)
		if err != nil {
			return nil, err
		}
		return x.makeAll(ctx, result, exports)
	})
}

// Finish is like Index, for a process that builds once. It lets go of everything that only another build needs, as soon
// as possible; otherwise the garbage collector would mark it again and again. After Finish, the builder's Keep keeps
// nothing, and the result has no documents, bodies and labels any more.
func (x *Indexer) Finish(ctx context.Context, b *Builder, result *Result) (*Snapshot, error) {
	return parallel.Leave(ctx, func() (*Snapshot, error) {
		x.once = true
		replace := x.makeAgain(ctx, b, result)
		for _, f := range result.Snapshot.files {
			replace(f)
		}
		b.release()
		result.release()
		exports, err := x.exportOnce(ctx, result)
		if err != nil {
			return nil, err
		}
		for _, f := range exports {
			replace(f)
		}
		whole, err := x.makeAll(ctx, result, exports)
		if x.index != nil {
			err = errors.Join(err, x.index.Close())
			x.index = nil
		}
		return whole, err
	})
}

// makeAgain returns a function that changes how a file gets its bytes that an earlier
// process has published, and that only an output folder without it needs. Such files
// would hold all pages until then; now the first of them builds the site once more, with
// the parsed files of the cache.
func (x *Indexer) makeAgain(ctx context.Context, b *Builder, result *Result) (replace func(*File)) {
	in, opts, theme := Input{Tree: result.tree, Today: result.today}, b.opts, b.theme
	again := sync.OnceValues(func() (map[string]*File, error) {
		opts.Progress = nil
		builder := New(opts)
		builder.theme, builder.pages.byPath = theme, map[string]*renderedPage{} // no page is known, so that all are rendered
		made, err := builder.Build(ctx, in)
		if err != nil {
			return nil, err
		}
		if made.Failed() {
			return nil, fmt.Errorf("build again: %v", made.Problems[0])
		}
		files := made.Snapshot.files
		exports, err := x.exportFiles(ctx, made, nil)
		for _, f := range exports {
			if files[f.Path] == nil {
				files[f.Path] = f
			}
		}
		return files, err
	})
	return func(f *File) {
		if f.make == nil {
			return
		}
		path := f.Path
		f.make = func() ([]byte, error) {
			files, err := again()
			if err != nil {
				return nil, err
			}
			return files[path].Bytes()
		}
	}
}

// searched is everything that the search depends on, and what an earlier process kept of
// it; see recallSearch.
type searched struct {
	content search.Content
	labels  search.Labels
	memory  *search.Memory
}

func (x *Indexer) gather(ctx context.Context, result *Result) (s searched, err error) {
	x.report(Gathering, 0, 0)
	err = parallel.Each(ctx, 2, func(i int) (err error) {
		if i == 0 {
			s.memory = x.recallSearch()
		} else {
			s.content, err = result.searched()
			s.labels = result.Labels()
		}
		return err
	})
	if x.once {
		result.site, result.texts = nil, texts{} // nothing else needs them
	}
	return s, err
}

// exportOnce is export without keeping the exports for the next build.
func (x *Indexer) exportOnce(ctx context.Context, result *Result) ([]*File, error) {
	if files, ok := x.recallExports(ctx, result); ok {
		return files, nil
	}
	return x.makeExports(ctx, result)
}

// makeAll makes the search and the files that depend on all others, and returns the
// whole site.
func (x *Indexer) makeAll(ctx context.Context, result *Result, exports []*File) (*Snapshot, error) {
	s, err := x.gather(ctx, result)
	if err != nil {
		return nil, err
	}
	found, err := x.search(ctx, s)
	if err != nil {
		return nil, err
	}
	whole := &Snapshot{files: result.Snapshot.files, later: make(map[string]*File, len(found)+len(exports))}
	for _, f := range found {
		whole.later[f.Path] = f
	}
	for _, f := range exports {
		if whole.files[f.Path] == nil { // a file of the content takes precedence
			whole.later[f.Path] = f
		}
	}
	var kept []publish.File // by the browsers of readers
	if result.Library.Site.Offline {
		kept = whole.Published()
	}
	list, err := offline.List(kept)
	if err != nil {
		return nil, err
	}
	script, err := offline.Worker()
	if err != nil {
		return nil, err
	}
	whole.later[offline.ListPath] = newFile(offline.ListPath, list)
	whole.later[offline.WorkerPath] = newFile(offline.WorkerPath, script)
	return whole, nil
}

// search makes the files of the search.
func (x *Indexer) search(ctx context.Context, s searched) ([]*File, error) {
	first, content := x.index == nil, s.content
	s.content = search.Content{} // otherwise all texts would be in memory until the export is done
	changed, err := x.sync(ctx, content, s.memory)
	if err != nil {
		return nil, err
	}
	made, err := x.index.Export(ctx, s.labels)
	if err != nil {
		return nil, fmt.Errorf("export the search index: %w", err)
	}
	if first && (s.memory == nil || changed > remakable) { // not after each edit, because it writes the whole index
		_ = x.keepSearch(made) // on an error, the next process makes it again
	}
	return searchFiles(made), nil
}

// remakable is the number of documents that the next process may have to analyse again. It does so in less time than
// this one needs to save the index.
const remakable = 16

func searchFiles(made map[string][]byte) []*File {
	files := make([]*File, 0, len(made))
	for path, data := range made {
		files = append(files, newFile(path, data))
	}
	return files
}

// exportKey is everything that the exports depend on.
type exportKey struct {
	site  *site.Site // immutable, and made from one library
	today content.Date
	look
}

// look is what the pictures among the exports depend on.
type look struct {
	favicon [32]byte
	colours drawing.Colours
}

func lookOf(result *Result) look { return look{result.faviconHash(), result.theme.Colours()} }

// exported holds the files of all exports.
type exported struct {
	files []*File
	err   error
}

func (x *Indexer) export(ctx context.Context, result *Result) ([]*File, error) {
	made := x.exports.do(exportKey{result.site, result.today, lookOf(result)}, func() exported {
		if files, ok := x.recallExports(ctx, result); ok {
			return exported{files, nil}
		}
		files, err := x.makeExports(ctx, result)
		return exported{files, err}
	})
	if made.err != nil {
		x.exports = step[exportKey, exported]{} // so that the next build tries again
	}
	return made.files, made.err
}

// makeExports makes the exports, and saves what the next process needs of them.
func (x *Indexer) makeExports(ctx context.Context, result *Result) ([]*File, error) {
	files, err := x.exportFiles(ctx, result, func(done, total int) { x.report(Exporting, done, total) })
	if err == nil { // on an error while saving, the next process makes them again
		_ = x.keepExports(result, files)
		_ = x.cards.save(x.Cache)
	}
	return files, err
}

// exportFiles makes the exports. Like pages, their bytes are in a temporary file.
func (x *Indexer) exportFiles(ctx context.Context, result *Result, report func(done, total int)) ([]*File, error) {
	store, err := newStore()
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var files []*File
	in := export.Input{
		Library: result.Library, Site: result.site, Today: result.today, Colours: result.theme.Colours(), Drawn: x.cards.draw,
		Progress: report,
	}
	x.cards.recall(x.Cache)
	if result.favicon != nil {
		in.Favicon = result.favicon.Bytes
	}
	err = export.Files(ctx, in, func(path string, data []byte) error {
		f, err := store.keep(path, data)
		mu.Lock()
		defer mu.Unlock()
		files = append(files, f)
		return err
	})
	if err == nil {
		x.cards.retain(result, files)
	}
	return files, err
}

// Searcher returns the search index of everything that a result of Build or Plan shows.
func (x *Indexer) Searcher(ctx context.Context, result *Result) (*search.Index, error) {
	return parallel.Leave(ctx, func() (*search.Index, error) {
		content, err := result.searched()
		if err == nil {
			_, err = x.sync(ctx, content, x.recallSearch())
		}
		return x.index, err
	})
}

// sync updates the index and returns how many documents have changed. The memory is that of an earlier process, or nil.
func (x *Indexer) sync(ctx context.Context, content search.Content, memory *search.Memory) (changed int, err error) {
	if x.index == nil {
		index, err := search.New(search.Options{Memory: memory, ExportOnly: x.once, Progress: func(stage search.Stage, done, total int) {
			x.report(Stage(stage), done, total)
		}})
		if err != nil {
			return 0, fmt.Errorf("open the search index: %w", err)
		}
		x.index = index
	}
	if changed, err = x.index.Sync(ctx, content); err != nil {
		x.index = nil // it may hold only part of the documents
		return 0, fmt.Errorf("update the search index: %w", err)
	}
	return changed, nil
}

func (x *Indexer) report(stage Stage, done, total int) {
	if x.Progress != nil {
		x.Progress(stage, done, total)
	}
}
