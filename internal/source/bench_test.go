package source_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// corpus writes n case studies of 4 KiB, in one folder or each in its own, whose
// modification times are old enough to be settled.
func corpus(tb testing.TB, n int, name string) string {
	tb.Helper()
	root := tb.TempDir()
	for i := range n {
		write(tb, root, fmt.Sprintf(name, i), fmt.Sprintf("---\ntitle: Case %d\n---\n%s", i, strings.Repeat("word ", 800)))
	}
	return root
}

func BenchmarkScan(b *testing.B) {
	for _, layout := range []string{"cases/case-%05d.md", "cases/case-%05d/index.md"} {
		root := corpus(b, 10_000, layout)
		b.Run("cold/"+filepath.Base(layout), func(b *testing.B) {
			for b.Loop() {
				mustScan(b, newScanner(b, root))
			}
		})
		s := newScanner(b, root)
		mustScan(b, s)
		time.Sleep(2100 * time.Millisecond) // until the change times are old enough to be settled
		mustScan(b, s)
		b.Run("unchanged/"+filepath.Base(layout), func(b *testing.B) {
			for b.Loop() {
				mustScan(b, s)
			}
		})
		edited := fmt.Sprintf(layout, 5000)
		b.Run("look/"+filepath.Base(layout), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Look(context.Background(), []string{edited}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("look-edited/"+filepath.Base(layout), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				write(b, root, edited, fmt.Sprint("edit ", i))
				b.StartTimer()
				if _, err := s.Look(context.Background(), []string{edited}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
