package search

// Progress of long work.

import (
	"context"
	"sync/atomic"

	"casebook/internal/parallel"
)

// Stage is a part of the work that may take long.
type Stage string

// The stages, in the order in which they run.
const (
	Analysing   Stage = "reading words"
	Indexing    Stage = "indexing words"
	Exporting   Stage = "collecting words for the search"
	Compressing Stage = "compressing the search"
)

// progress is called with how much of a stage is done. It may be nil.
type progress func(stage Stage, done, total int)

// each is like parallel.EachWith, and reports the progress of a stage.
func each[B any](ctx context.Context, p progress, stage Stage, n int, newBuffer func() B, work func(buffer B, i int) error) error {
	var done atomic.Int64
	return parallel.EachWith(ctx, n, newBuffer, func(buffer B, i int) error {
		err := work(buffer, i)
		if p != nil && err == nil {
			p(stage, int(done.Add(1)), n)
		}
		return err
	})
}
