package publish_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/publish"
)

// BenchmarkPublish publishes a site of 10,000 pages of 12 KB, each in its own folder.
func BenchmarkPublish(b *testing.B) {
	const pages = 10_000
	body := []byte(strings.Repeat("x", 12_000))
	page := func(i, gen int) publish.File {
		data := append(fmt.Appendf(nil, "%d %d ", i, gen), body...)
		return publish.File{
			Path: fmt.Sprintf("cases/c%05d/index.html", i),
			Hash: sha256.Sum256(data),
			Size: int64(len(data)),
			Bytes: func() ([]byte, error) {
				return append(fmt.Appendf(nil, "%d %d ", i, gen), body...), nil
			},
		}
	}
	site := make([]publish.File, pages)
	for i := range site {
		site[i] = page(i, 0)
	}
	run := func(b *testing.B, dir string, spare *publish.Spare, want publish.Counts) {
		b.Helper()
		got, err := publish.Publish(context.Background(), site, publish.Options{Dir: dir, Spare: spare})
		if err != nil {
			b.Fatal(err)
		}
		if got.Counts != want {
			b.Fatalf("%+v, want %+v", got, want)
		}
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			dir := filepath.Join(b.TempDir(), "public")
			b.StartTimer()
			run(b, dir, nil, publish.Counts{Written: pages})
			b.StopTimer()
			remove(b, dir)
			b.StartTimer()
		}
	})
	dir := filepath.Join(b.TempDir(), "public")
	run(b, dir, nil, publish.Counts{Written: pages})
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			run(b, dir, nil, publish.Counts{Unchanged: pages})
		}
	})
	gen := 0
	for _, mode := range []struct {
		name  string
		spare *publish.Spare
	}{{"one changed, spare kept", new(publish.Spare)}, {"one changed", nil}} {
		b.Run(mode.name, func(b *testing.B) {
			change := func() {
				gen++
				site[4321] = page(4321, gen)
				run(b, dir, mode.spare, publish.Counts{Written: 1, Unchanged: pages - 1})
			}
			change()
			for b.Loop() {
				change()
			}
		})
	}
}
