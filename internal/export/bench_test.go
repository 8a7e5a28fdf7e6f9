package export_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"casebook/internal/content"
	"casebook/internal/corpus"
	"casebook/internal/export"
	"casebook/internal/library"
	"casebook/internal/site"
)

// BenchmarkFiles makes all exports of a library, and reports their number of files and
// bytes.
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
			var count, size atomic.Int64
			for b.Loop() {
				count.Store(0)
				size.Store(0)
				err := export.Files(b.Context(), export.Input{Library: lib, Site: s, Today: today}, func(_ string, data []byte) error {
					count.Add(1)
					size.Add(int64(len(data)))
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(count.Load()), "files")
			b.ReportMetric(float64(size.Load())/1e6, "MB")
		})
	}
}
