package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"casebook/internal/corpus"
	"casebook/internal/pipeline"
)

// TestEveryStageStops ends the context in the middle of each stage that reports
// its progress, those of the search index included: the build then ends within
// a second, with the context's error.
func TestEveryStageStops(t *testing.T) {
	if testing.Short() {
		t.Skip("builds 300 case studies once for each stage")
	}
	dir := t.TempDir()
	if err := corpus.New(300).Write(dir); err != nil {
		t.Fatal(err)
	}
	tree := scan(t, dir)
	var mu sync.Mutex
	var stages []pipeline.Stage
	build := func(stopIn pipeline.Stage) (stopped time.Time, err error) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		progress := func(stage pipeline.Stage, done, total int) {
			mu.Lock()
			defer mu.Unlock()
			if !slices.Contains(stages, stage) {
				stages = append(stages, stage)
			}
			if stage == stopIn && 2*done >= total && stopped.IsZero() {
				stopped = time.Now()
				cancel()
			}
		}
		result, err := newBuilder(pipeline.Options{Theme: defaultTheme(t), Progress: progress}).Build(ctx, pipeline.Input{Tree: tree, Today: today})
		if err == nil && result.Failed() {
			t.Fatal("the generated case studies have errors: ", result.Problems)
		}
		if err == nil {
			indexer := pipeline.Indexer{Progress: progress}
			_, err = indexer.Index(ctx, result)
		}
		return stopped, err
	}
	if _, err := build(""); err != nil {
		t.Fatal(err)
	}
	if len(stages) < 4 {
		t.Errorf("the stages are %q: those of the search report nothing", stages)
	}
	for _, stage := range slices.Clone(stages) {
		stopped, err := build(stage)
		if took := time.Since(stopped); !errors.Is(err, context.Canceled) || took > time.Second {
			t.Errorf("%s: stopped after %v: %v", stage, took, err)
		}
	}
}
