package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casebook/internal/corpus"
)

// BenchmarkNextBuild measures "casebook build" in a new process, with the cache and the
// output folder that an earlier one left: when nothing has changed, and after an edit of
// one text. Compare it with BenchmarkFloor of package pipeline in the same run.
func BenchmarkNextBuild(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		dir, cache := b.TempDir(), b.TempDir()
		if err := corpus.New(n).Write(dir); err != nil {
			b.Fatal(err)
		}
		file := filepath.Join(dir, filepath.FromSlash(corpus.CaseFile(77)))
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		build := func(b *testing.B) (processor time.Duration) {
			b.Helper()
			cmd := casebook(b, "build", "--source", dir, "--cache", cache)
			if out, err := cmd.CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		}
		build(b)
		edits := 0
		for name, edit := range map[string]func() error{
			"unchanged": func() error { return nil },
			"body": func() error {
				edits++
				return os.WriteFile(file, fmt.Appendf(nil, "%s\nEdit %d.\n", text, edits), 0o644)
			},
		} {
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				var processor time.Duration
				for b.Loop() {
					b.StopTimer()
					if err := edit(); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					processor += build(b)
				}
				b.ReportMetric(processor.Seconds()/float64(b.N), "cpu-s/op")
			})
		}
	}
}
