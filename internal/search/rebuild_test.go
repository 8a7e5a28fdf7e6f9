package search

import (
	"context"
	"fmt"
	"testing"
)

// TestRebuildsAfterManyChanges checks that bleve's index is rebuilt in the background after many changes, and that the new
// index includes the changes made during the rebuild.
func TestRebuildsAfterManyChanges(t *testing.T) {
	x, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var docs []Document
	for i := range 100 {
		docs = append(docs, Document{ID: fmt.Sprintf("cases/%02d/", i), Title: "Ward", Body: "old"})
	}
	sync := func() {
		t.Helper()
		if _, err := x.Sync(context.Background(), Content{Documents: docs}); err != nil {
			t.Fatal(err)
		}
	}
	state := func() (*engine, chan struct{}) {
		x.mu.Lock()
		defer x.mu.Unlock()
		return x.engine, x.building
	}
	sync()
	first, _ := state()
	for i := range rebuildAfter {
		docs[i].Body = "new"
		sync()
	}
	if now, building := state(); now != first || building != nil {
		t.Fatalf("a rebuild after only %d changes", rebuildAfter)
	}
	docs[rebuildAfter].Body = "new"
	sync()
	_, building := state()
	docs[98].Body = "newest"
	docs = docs[:99]
	sync()
	if building != nil { // nil when the rebuild is already complete
		<-building
	}
	if now, _ := state(); now == first {
		t.Fatalf("no rebuild after %d changes", rebuildAfter+1)
	}
	for text, want := range map[string]int{"new": rebuildAfter + 1, "old": 99 - rebuildAfter - 2, "newest": 1, "ward": 99} {
		results, err := x.Query(context.Background(), Request{Text: text})
		if err != nil || results.Total != want {
			t.Errorf("%q: %+v, %v, want %d", text, results, err, want)
		}
	}
}
