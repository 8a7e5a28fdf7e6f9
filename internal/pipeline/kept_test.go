package pipeline_test

import (
	"bytes"
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/pipeline"
)

// nextProcess builds dir as a new process does, with the cache in folder. It returns the
// whole site and the number of pages that it rendered.
func nextProcess(t *testing.T, dir, folder string, day content.Date) (*pipeline.Snapshot, int) {
	t.Helper()
	kept, err := cache.Open(folder, cache.Use{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	builder := newBuilder(pipeline.Options{Theme: defaultTheme(t), Cache: kept})
	result, err := builder.Build(context.Background(), pipeline.Input{Tree: scan(t, dir), Today: day})
	if err != nil || result.Failed() {
		t.Fatal(err, result.Problems)
	}
	whole, err := (&pipeline.Indexer{Cache: kept}).Index(context.Background(), result)
	if err != nil {
		t.Fatal(err)
	}
	if err := builder.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !builder.Recalls() {
		t.Error("the next process has to make all pages to compare them")
	}
	return whole, result.Rendered()
}

// same compares all bytes of two sites.
func same(t *testing.T, got, want *pipeline.Snapshot) {
	t.Helper()
	if diff := changed(hashes(got), hashes(want)); len(diff) > 0 {
		t.Errorf("these differ: %q", diff)
	}
	for f := range got.Files() {
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if other, err := want.ReadFile(f.Path); err != nil || !bytes.Equal(data, other) {
			t.Errorf("the hash of %s does not match its bytes", f.Path)
		}
	}
}

// TestNextProcess checks that a new process does not render pages that an earlier one
// rendered, and that its site has the same bytes, including pictures.
func TestNextProcess(t *testing.T) {
	folder := t.TempDir()
	first, rendered := nextProcess(t, goldenInput, folder, today)
	if rendered == 0 {
		t.Fatal("the first process renders nothing")
	}
	again, rendered := nextProcess(t, goldenInput, folder, today)
	if rendered != 0 {
		t.Errorf("%d pages are rendered again", rendered)
	}
	same(t, again, first)
}

// TestNextDay checks that on a new day only the pages that depend on the date are rendered.
func TestNextDay(t *testing.T) {
	folder := t.TempDir()
	nextProcess(t, goldenInput, folder, today)
	next, rendered := nextProcess(t, goldenInput, folder, content.Date{Year: 2026, Month: 11, Day: 25})
	if rendered > 3 {
		t.Errorf("%d pages are rendered for a new day", rendered)
	}
	clean, _ := nextProcess(t, goldenInput, t.TempDir(), content.Date{Year: 2026, Month: 11, Day: 25})
	same(t, next, clean)
}

// TestDamagedCache checks that the site is the same after any damage to files of the cache.
func TestDamagedCache(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	folder, damaged := t.TempDir(), 0
	first, _ := nextProcess(t, goldenInput, folder, today)
	err := filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		switch damaged++; damaged % 3 {
		case 0:
			data = data[:random.IntN(len(data))]
		case 1:
			data[random.IntN(len(data))] ^= 1 << random.IntN(8)
		case 2:
			data = nil
		}
		return os.WriteFile(file, data, 0o600)
	})
	if err != nil || damaged < 6 {
		t.Fatal(damaged, err)
	}
	again, rendered := nextProcess(t, goldenInput, folder, today)
	if rendered == 0 {
		t.Error("nothing is rendered: the damaged files were used")
	}
	same(t, again, first)
}
