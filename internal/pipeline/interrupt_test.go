package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"casebook/internal/corpus"
	"casebook/internal/cost"
	"casebook/internal/pipeline"
	"casebook/internal/publish"
	"casebook/internal/search"
)

// TestEveryStageStops cancels the context in the middle of each stage that reports its
// progress, including those of the search and of publishing, and checks that the build then
// returns the context's error after little more work.
func TestEveryStageStops(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a site once for each stage")
	}
	checkEveryStageStops(t, 2)
}

func checkEveryStageStops(t *testing.T, cases int) {
	dir := t.TempDir()
	if err := corpus.New(cases).Write(dir); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "public")
	tree := scan(t, dir)
	var mu sync.Mutex
	var stages []pipeline.Stage
	var whole *pipeline.Builder // the first builder, which is not cancelled
	build := func(stopIn pipeline.Stage) (later time.Duration, err error) {
		stopped := time.Duration(0)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		progress := func(stage pipeline.Stage, done, total int) {
			mu.Lock()
			defer mu.Unlock()
			if !slices.Contains(stages, stage) {
				stages = append(stages, stage)
			}
			if stage == stopIn && 2*done >= total && stopped == 0 {
				stopped = cost.Processor()
				cancel()
			}
		}
		builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t), Progress: progress})
		if whole != nil {
			builder.TakeTheme(whole)
		} else {
			whole = builder
		}
		result, err := builder.Build(ctx, pipeline.Input{Tree: tree, Today: today})
		if err == nil && result.Failed() {
			t.Fatal("the generated case studies have errors: ", result.Problems)
		}
		if err == nil {
			var snapshot *pipeline.Snapshot
			indexer := pipeline.Indexer{Progress: progress}
			if snapshot, err = indexer.Index(ctx, result); err == nil {
				_, err = snapshot.Publish(ctx, publish.Options{Dir: out, Progress: func(stage publish.Stage, done, total int) {
					progress(pipeline.Stage(stage), done, total)
				}})
			}
		}
		return cost.Processor() - stopped, err
	}
	for range 2 { // the second build compares with the output of the first
		if _, err := build(""); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []pipeline.Stage{
		pipeline.Reading, pipeline.Linking, pipeline.Rendering, pipeline.Gathering, pipeline.Exporting,
		pipeline.Stage(search.Analysing), pipeline.Stage(search.Compressing), pipeline.Stage(publish.Comparing), pipeline.Stage(publish.Writing),
	} {
		if !slices.Contains(stages, want) {
			t.Errorf("the stage %q does not report its progress", want)
		}
	}
	const writing = pipeline.Stage(publish.Writing) // the last one, because the test removes the output folder for it
	stages = append(slices.DeleteFunc(stages, func(s pipeline.Stage) bool { return s == writing }), writing)
	for _, stage := range slices.Clone(stages) {
		if stage == writing {
			if err := os.RemoveAll(out); err != nil {
				t.Fatal(err)
			}
		}
		if took, err := build(stage); !errors.Is(err, context.Canceled) || took > 4*time.Second { // the race detector takes ten times as long
			t.Errorf("%s: stopped after %v of processor time: %v", stage, took, err)
		}
	}
}
