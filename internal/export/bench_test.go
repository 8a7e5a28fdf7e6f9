package export_test

import (
	"fmt"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/corpus"
	"casebook/internal/export"
	"casebook/internal/library"
	"casebook/internal/site"
)

// BenchmarkFiles makes all exports of a library, and reports how many files and
// bytes they are.
func BenchmarkFiles(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var files []*content.Parsed
			corpus.New(n).Files(func(path, text string) {
				if path, ok := strings.CutPrefix(path, "content/"); ok {
					files = append(files, content.Parse(path, []byte(text)))
				}
			})
			lib, _ := library.New(files, library.Options{Today: today})
			s, _ := site.New(lib, site.Options{BaseURL: baseURL})
			b.ResetTimer()
			count, size := 0, 0
			for b.Loop() {
				made, err := export.Files(b.Context(), export.Input{Library: lib, Site: s, Today: today})
				if err != nil {
					b.Fatal(err)
				}
				count, size = len(made), 0
				for _, f := range made {
					size += len(f.Data)
				}
			}
			b.ReportMetric(float64(count), "files")
			b.ReportMetric(float64(size)/1e6, "MB")
		})
	}
}
