// The work after pages are shown: the search index and the output folder.

package live

import (
	"context"
	"runtime"

	"casebook/internal/pipeline"
	"casebook/internal/preview"
)

// finishAll indexes and publishes results until the context is done.
func (f *follower) finishAll(ctx context.Context) {
	indexer := pipeline.Indexer{Cache: f.options.Pipeline.Cache}
	for {
		select {
		case <-ctx.Done():
			return
		case result := <-f.finish:
			if err := f.finishOne(ctx, &indexer, result); err != nil && ctx.Err() == nil {
				f.options.Notify(err.Error())
			}
		}
	}
}

func (f *follower) finishOne(ctx context.Context, indexer *pipeline.Indexer, result *pipeline.Result) (err error) {
	defer recoverFault(&err)
	whole, err := indexer.Index(ctx, result)
	if err != nil {
		return err
	}
	f.mu.Lock()
	f.searched = whole
	if f.shown == result {
		f.options.Preview.Show(whole, preview.Change{Effect: preview.Stay})
	}
	f.mu.Unlock()
	if f.options.Output.Dir != "" {
		published, err := whole.Publish(ctx, f.options.Output)
		if err != nil {
			return err
		}
		if published.Untidy != nil {
			f.options.Notify(published.Untidy.Error())
		}
		for _, p := range result.Moved(published.Added, published.Gone) {
			f.options.Notify(p.String() + ": " + p.Hint)
		}
	}
	// If the search files came from the cache, this builds the index, which the
	// next edit needs.
	if _, err := indexer.Searcher(ctx, result); err != nil {
		return err
	}
	runtime.GC() // now, while the program is idle, instead of during the next build
	return nil
}
