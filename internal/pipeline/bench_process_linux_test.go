package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"casebook/internal/pipeline"
	"casebook/internal/publish"
)

// Environment variables of a process that builds once for BenchmarkProcess.
const (
	childSource = "CASEBOOK_BENCH_SOURCE"
	childOutput = "CASEBOOK_BENCH_OUTPUT"
	childSearch = "CASEBOOK_BENCH_SEARCH"
)

// BenchmarkProcess measures a cold build in a new process, published to a folder, with
// and without the search: the time for which a maintainer waits, and the largest memory
// of the process.
func BenchmarkProcess(b *testing.B) {
	for _, n := range sizes {
		dir := b.TempDir()
		writeCorpus(b, n, dir)
		for _, search := range []string{"", "search"} {
			b.Run(fmt.Sprintf("%d/%s", n, search), func(b *testing.B) {
				memory := int64(0)
				for b.Loop() {
					b.StopTimer()
					out := filepath.Join(b.TempDir(), "public")
					cmd := exec.Command(os.Args[0], "-test.run=^TestChildBuilds$")
					cmd.Env = append(os.Environ(), childSource+"="+dir, childOutput+"="+out, childSearch+"="+search)
					b.StartTimer()
					if text, err := cmd.CombinedOutput(); err != nil {
						b.Fatalf("%v\n%s", err, text)
					}
					b.StopTimer()
					memory = max(memory, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
					if err := os.RemoveAll(out); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
				b.ReportMetric(float64(memory)/1000, "MB-peak")
				perCase(b, n)
			})
		}
	}
}

// TestChildBuilds is the process of BenchmarkProcess. It is skipped otherwise.
func TestChildBuilds(t *testing.T) {
	dir, out := os.Getenv(childSource), os.Getenv(childOutput)
	if dir == "" {
		t.Skip("only for BenchmarkProcess")
	}
	start := time.Now()
	debug.SetMemoryLimit(640 << 20) // both limits are those of "casebook build"
	builder := newBuilder(pipeline.Options{Theme: defaultTheme(t)})
	result, err := builder.Build(context.Background(), pipeline.Input{Tree: scan(t, dir), Today: today})
	if err != nil || result.Failed() {
		t.Fatal(err, result.Problems)
	}
	snapshot := result.Snapshot
	if os.Getenv(childSearch) != "" {
		debug.SetMemoryLimit(800 << 20)
		if snapshot, err = new(pipeline.Indexer).Finish(context.Background(), builder, result); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := snapshot.Publish(context.Background(), publish.Options{Dir: out}); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start))
}
