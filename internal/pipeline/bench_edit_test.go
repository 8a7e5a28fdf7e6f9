package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"casebook/internal/corpus"
	"casebook/internal/pipeline"
	"casebook/internal/source"
)

// editedCase is the case study that the benchmarks of edits change.
const editedCase = 77

// BenchmarkEdit measures a rebuild after one edit, from the call of Look for the saved
// file to the snapshot: the time between a save and the page, without the delays of
// package watch and of the browser.
func BenchmarkEdit(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		dir := b.TempDir()
		writeCorpus(b, n, dir)
		file := corpus.CaseFile(editedCase)
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			b.Fatal(err)
		}
		text := string(data)
		scanner := newScanner(b, dir)
		builder := pipeline.New(pipeline.Options{Theme: defaultTheme(b)})
		rebuild := func(b *testing.B, paths ...string) *pipeline.Result {
			tree, err := scanner.Look(b.Context(), paths)
			if err != nil {
				b.Fatal(err)
			}
			result, err := builder.Build(b.Context(), pipeline.Input{Tree: tree, Today: today})
			if err != nil || result.Failed() {
				b.Fatal(err, result.Problems)
			}
			return result
		}
		rebuild(b, ".")
		for _, edit := range []struct{ name, old, new string }{
			{"body", "See [another", "Round %d. See [another"},
			{"title", "title: ", "title: Zz %d "},
			{"country", "GB: [", "GB: [Round %d "},
		} {
			b.Run(fmt.Sprintf("%s/%d", edit.name, n), func(b *testing.B) {
				rendered := 0
				for i := 0; b.Loop(); i++ {
					b.StopTimer()
					edited := strings.Replace(text, edit.old, fmt.Sprintf(edit.new, i), 1)
					if err := os.WriteFile(filepath.Join(dir, file), []byte(edited), 0o644); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					rendered = rebuild(b, file).Rendered()
				}
				b.ReportMetric(float64(rendered), "rendered")
			})
		}
	}
}

func newScanner(t testing.TB, dir string) *source.Scanner {
	t.Helper()
	scanner, err := source.New(dir, source.Options{Skip: func(path string) bool {
		return path != "content" && path != "themes" && filepath.Dir(path) == "."
	}})
	if err != nil {
		t.Fatal(err)
	}
	return scanner
}

// BenchmarkKept reports the size, for each case study, of what is kept between builds:
// in memory, including the sources, and in the file of rendered pages, after the first
// build and after 200 edits of one text.
func BenchmarkKept(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			writeCorpus(b, n, dir)
			file := filepath.Join(dir, corpus.CaseFile(editedCase))
			data, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			heap := func() float64 {
				runtime.GC()
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				return float64(stats.HeapAlloc)
			}
			for b.Loop() {
				before := heap()
				scanner, builder := newScanner(b, dir), pipeline.New(pipeline.Options{Theme: defaultTheme(b)})
				rebuild := func(paths ...string) {
					tree, err := scanner.Look(b.Context(), paths)
					if err != nil {
						b.Fatal(err)
					}
					result, err := builder.Build(b.Context(), pipeline.Input{Tree: tree, Today: today})
					if err != nil || result.Failed() {
						b.Fatal(err, result.Problems)
					}
				}
				rebuild(".")
				b.ReportMetric((heap()-before)/float64(n), "B/case")
				for i := range 200 {
					if err := os.WriteFile(file, fmt.Appendf(nil, "%s\nRound %d.\n", data, i), 0o644); err != nil {
						b.Fatal(err)
					}
					rebuild(corpus.CaseFile(editedCase))
				}
				b.ReportMetric((heap()-before)/float64(n), "B/case-later")
				b.ReportMetric(float64(builder.StoredPages())/float64(n), "B/case-in-file")
				runtime.KeepAlive(scanner)
				runtime.KeepAlive(builder)
			}
		})
	}
}
