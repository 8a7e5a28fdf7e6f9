package search

import (
	"context"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Stage is a part of the work on an index that may take long.
type Stage string

// The stages, in the order in which they run.
const (
	Analysing   Stage = "reading words"
	Indexing    Stage = "indexing words"
	Exporting   Stage = "collecting words for the search"
	Compressing Stage = "compressing the search"
)

// A job is n pieces of work that may run side by side.
type job struct {
	stage    Stage
	n        int
	progress func(stage Stage, done, total int) // nil: shown nowhere
}

// run calls the functions that newWorker returns, one for each processor, with every number below n. It returns early
// with the context's error when that is done, within the time of one piece.
func (j job) run(ctx context.Context, newWorker func() func(i int) error) error {
	var next, done atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), j.n) {
		group.Go(func() error {
			work := newWorker()
			for {
				i := int(next.Add(1)) - 1
				if i >= j.n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := work(i); err != nil {
					return err
				}
				if j.progress != nil {
					j.progress(j.stage, int(done.Add(1)), j.n)
				}
			}
		})
	}
	return group.Wait()
}
