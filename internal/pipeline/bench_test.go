package pipeline_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/corpus"
	"casebook/internal/library"
	"casebook/internal/pipeline"
	"casebook/internal/publish"
	"casebook/internal/site"
	"casebook/internal/source"
)

// sizes are the numbers of case studies of the benchmarks.
var sizes = []int{1_000, 10_000}

// BenchmarkBuild measures a cold build without the search, from scan to snapshot.
func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes {
		dir := b.TempDir()
		writeCorpus(b, n, dir)
		theme := defaultTheme(b)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				result, err := pipeline.New(pipeline.Options{Theme: theme}).Build(context.Background(), pipeline.Input{Tree: scan(b, dir), Today: today})
				if err != nil || result.Failed() {
					b.Fatal(err, result.Problems[0])
				}
				b.ReportMetric(float64(result.Pages), "pages")
			}
			perCase(b, n)
		})
	}
}

// BenchmarkStages measures each stage of a cold build.
func BenchmarkStages(b *testing.B) {
	for _, n := range sizes {
		dir := b.TempDir()
		writeCorpus(b, n, dir)
		tree := scan(b, dir)
		files := parseAll(b, tree)
		lib, _ := library.New(files, library.Options{Today: today})
		result := buildDir(b, dir, pipeline.Options{})
		out := filepath.Join(b.TempDir(), "public")
		stage := func(name string, run func(b *testing.B)) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					run(b)
				}
				perCase(b, n)
			})
		}
		stage("scan", func(b *testing.B) { scan(b, dir) })
		stage("parse", func(b *testing.B) { parseAll(b, tree) })
		stage("link", func(*testing.B) { library.New(files, library.Options{Today: today}) })
		stage("links", func(*testing.B) { lib.ResolveLinks(files) })
		stage("site", func(*testing.B) { site.New(lib, site.Options{}) })
		stage("publish", func(b *testing.B) {
			if _, err := result.Snapshot.Publish(context.Background(), publish.Options{Dir: out}); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// writeCorpus writes a generated knowledge base of n case studies.
func writeCorpus(t testing.TB, n int, dir string) {
	t.Helper()
	if err := corpus.New(n).Write(dir); err != nil {
		t.Fatal(err)
	}
}

func perCase(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/case")
}

func parseAll(b *testing.B, tree *source.Tree) []*content.Parsed {
	var files []*content.Parsed
	for _, f := range tree.Files() {
		if path, ok := strings.CutPrefix(f.Path, "content/"); ok {
			data, err := f.Data()
			if err != nil {
				b.Fatal(err)
			}
			files = append(files, content.Parse(path, data))
		}
	}
	return files
}
