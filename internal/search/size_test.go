package search_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"testing"
	"testing/fstest"

	"casebook/internal/assets"
	"casebook/internal/search"
)

// maxCore is the largest compressed size, in bytes, of the search core.
const maxCore = 12050

func TestCoreIsSmall(t *testing.T) {
	if size := coreSize(t); size > maxCore {
		t.Errorf("the core is %d bytes compressed, want at most %d", size, maxCore)
	}
}

// TestSmallLibraryIsFewFiles checks that a library of 30 long documents is the root, the positions of frequent terms and
// the suggestions.
func TestSmallLibraryIsFewFiles(t *testing.T) {
	x, files := build(t, newCorpus(1).documents(30))
	defer x.Close()
	if len(files) > 3 {
		t.Errorf("30 documents of 640 words are in %d files, want at most 3", len(files))
	}
}

// coreSize returns the compressed size of the core.
func coreSize(tb testing.TB) int {
	tb.Helper()
	out, problems, err := assets.Build(assets.Options{
		FS:      fstest.MapFS{"core.ts": &fstest.MapFile{Data: []byte(`export * from "casebook/search";`)}},
		Entries: []string{"core.ts"},
		Modules: map[string]fs.FS{search.ClientModule: search.ClientFS()},
	})
	if err != nil || len(problems) > 0 {
		tb.Fatalf("bundle: %v, %v", problems, err)
	}
	core := out.Outputs["core.ts"].Data
	size := compressedSize(tb, core)
	tb.Logf("core: %d bytes, %d compressed", len(core), size)
	return size
}

// compressedSize returns the size of data compressed by gzip, which all hosts support.
func compressedSize(tb testing.TB, data []byte) int {
	tb.Helper()
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return packed.Len()
}
