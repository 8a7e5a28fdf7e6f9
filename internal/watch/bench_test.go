package watch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casebook/internal/source"
	"casebook/internal/watch"
)

// BenchmarkSave measures the time from the start of a save to the call of Changed. It
// includes the pause of 20 ms between two calls of Look.
func BenchmarkSave(b *testing.B) {
	for _, files := range []int{100, 10_000} {
		b.Run(fmt.Sprint(files), func(b *testing.B) {
			root := b.TempDir()
			name := func(i int) string { return filepath.Join(root, fmt.Sprintf("%05d.md", i)) }
			for i := range files {
				if err := os.WriteFile(name(i), []byte(text(i)), 0o644); err != nil {
					b.Fatal(err)
				}
			}
			scanner, err := source.New(root, source.Options{})
			if err != nil {
				b.Fatal(err)
			}
			changed := make(chan time.Time)
			ctx, cancel := context.WithCancel(b.Context())
			done := make(chan error)
			go func() {
				done <- watch.Run(ctx, watch.Options{
					Dirs: []string{root},
					Look: func(ctx context.Context, paths []string) (watch.State, error) {
						names := []string{"."}
						if paths != nil {
							names = nil
							for _, path := range paths {
								rel, _ := scanner.Rel(path)
								names = append(names, rel)
							}
						}
						tree, err := scanner.Look(ctx, names)
						if err != nil {
							return watch.State{}, err
						}
						return watch.State{Version: tree.Hash()}, nil
					},
					Changed: func(context.Context) error { changed <- time.Now(); return nil },
					Notify:  func(message string) { b.Log(message) },
				})
			}()
			<-changed
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				start := time.Now()
				if err := os.WriteFile(name(files/2), []byte(text(-1-n)), 0o644); err != nil {
					b.Fatal(err)
				}
				took = append(took, (<-changed).Sub(start))
			}
			cancel()
			<-done
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
			b.ReportMetric(float64(took[len(took)*9/10].Microseconds())/1000, "ms-p90")
		})
	}
}
