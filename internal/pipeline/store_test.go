package pipeline

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
)

func TestStoreGivesBackWhatIsPutIn(t *testing.T) {
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
				t.Errorf("%d: %d bytes came back as %d: %v", i, len(want), len(got), err)
			}
		})
	}
	wg.Wait()
}

// TestStoreIsRenewed renders the same page again and again: outdated bytes do
// not pile up, and an earlier snapshot can still be read.
func TestStoreIsRenewed(t *testing.T) {
	b := New(Options{})
	page := bytes.Repeat([]byte("x"), 8<<20)
	var first *File
	for i := range 15 {
		if err := b.openStore(); err != nil {
			t.Fatal(err)
		}
		f, err := b.store.keep("p", page)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = f
		}
		b.rendered = map[string]*renderedPage{"/": {file: f}}
	}
	if b.store.size > 2*int64(len(page))+minStore+int64(len(page)) {
		t.Errorf("the store holds %d bytes for one page of %d", b.store.size, len(page))
	}
	if got, err := first.Bytes(); err != nil || !bytes.Equal(got, page) {
		t.Errorf("the first snapshot cannot be read: %v", err)
	}
}
