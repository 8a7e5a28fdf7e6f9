package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"sync"
	"testing"
)

func TestStoreRoundTrip(t *testing.T) {
	s, err := newStore()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			want := bytes.Repeat([]byte(fmt.Sprint(i, " ")), i)
			f, err := s.keep("p", want)
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := f.Bytes(); err != nil || !bytes.Equal(got, want) || f.Size != int64(len(want)) {
				t.Errorf("value %d of %d bytes is read as %d bytes: %v", i, len(want), len(got), err)
			}
		})
	}
	wg.Wait()
}

// TestStoreIsRenewed renders the same page again and again, and checks that outdated bytes
// are removed, and that an earlier snapshot can still be read.
func TestStoreIsRenewed(t *testing.T) {
	b := New(Options{})
	page := bytes.Repeat([]byte("x"), 8<<20)
	var first *File
	for i := range 15 {
		if err := b.pages.openStore(b.slack); err != nil {
			t.Fatal(err)
		}
		f, err := b.pages.store.keep("p", page)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = f
		}
		b.pages.byPath = map[string]*renderedPage{"/": {file: f}}
	}
	if b.pages.store.size > 2*int64(len(page))+minSlack+int64(len(page)) {
		t.Errorf("the store has %d bytes for one page of %d bytes", b.pages.store.size, len(page))
	}
	if got, err := first.Bytes(); err != nil || !bytes.Equal(got, page) {
		t.Errorf("the first snapshot cannot be read: %v", err)
	}
}

// TestNoFilesInTemporaryFolder checks that a builder has no file in the temporary
// folder that would remain after a kill, and no open file after Close.
func TestNoFilesInTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	b := New(Options{})
	if err := b.pages.openStore(0); err != nil {
		t.Fatal(err)
	}
	f, err := b.pages.store.keep("p", []byte("page"))
	if err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); runtime.GOOS != "windows" && (err != nil || len(entries) > 0) {
		t.Errorf("after a kill, %v would remain (%v)", entries, err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("%v remains (%v)", entries, err)
	}
	if _, err := f.Bytes(); err == nil {
		t.Error("the file is still open")
	}
}
