package search_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"casebook/internal/search"
)

func TestSyncReportsChanges(t *testing.T) {
	x, err := search.New(search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	docs := newCorpus(1).documents(5)
	sync := func(want int, docs ...search.Document) {
		t.Helper()
		if got, err := x.Sync(context.Background(), search.Content{Documents: docs}); err != nil || got != want {
			t.Errorf("Sync = %d, %v, want %d", got, err, want)
		}
		if x.Len() != len(docs) {
			t.Errorf("Len = %d, want %d", x.Len(), len(docs))
		}
	}
	sync(5, docs...)
	sync(0, docs...)
	slices.Reverse(docs)
	sync(0, docs...)
	docs[2].Names = append(slices.Clone(docs[2].Names), "RCM")
	sync(1, docs...)
	docs[1].ID, docs[0].Kind = "cases/moved/", "other"
	sync(3, docs...)
	sync(4, docs[0])
	sync(1)

	for _, bad := range [][]search.Document{{{Title: "no id"}}, {{ID: "a"}, {ID: "a"}}} {
		if _, err := x.Sync(context.Background(), search.Content{Documents: bad}); err == nil {
			t.Errorf("Sync(%+v) reports no error", bad)
		}
	}
}

// TestEditedIndexEqualsFresh checks that after any edits the files are the same as those of a fresh index.
func TestEditedIndexEqualsFresh(t *testing.T) {
	for _, size := range []int{0, 1, 2} {
		checkEdits(t, size, 20, 1)
	}
	checkEdits(t, 25, 60, 30)
}

// checkEdits edits documents at random, and compares the index with a fresh one after every compareEvery edits.
func checkEdits(t *testing.T, size, edits, compareEvery int) {
	c := newCorpus(11)
	c.length = 12
	random := rand.New(rand.NewPCG(11, 11))
	docs := c.documents(size)
	x, _ := build(t, docs)
	defer x.Close()
	for edit := 1; edit <= edits; edit++ {
		if len(docs) == 0 {
			docs = c.documents(1)
		}
		switch i := random.IntN(len(docs)); random.IntN(6) {
		case 0:
			docs = append(docs, c.document(1000+edit))
		case 1:
			if len(docs) > size*2/3 {
				docs = slices.Delete(docs, i, i+1)
			}
		case 2:
			docs[i].Title, docs[i].Kind, docs[i].Date = c.document(i).Title, "challenge", "2001"
		case 3:
			docs[i].Body = fmt.Sprintf("only%d ", edit) + docs[i].Body // a word of this document only; it disappears when case 4 replaces the body
		case 4:
			docs[i].Body = strings.TrimPrefix(c.document(i).Body, "x")
		case 5:
			random.Shuffle(len(docs), func(a, b int) { docs[a], docs[b] = docs[b], docs[a] })
		}
		if _, err := x.Sync(context.Background(), search.Content{Documents: docs}); err != nil {
			t.Fatal(err)
		}
		if edit%17 == 0 {
			export(t, x)
		}
		if edit%compareEvery == 0 {
			checkSameAsFresh(t, x, docs)
		}
	}
}

func checkSameAsFresh(t *testing.T, x *search.Index, docs []search.Document) {
	t.Helper()
	fresh, want := build(t, docs)
	defer fresh.Close()
	got := export(t, x)
	for path := range want {
		if !bytes.Equal(got[path], want[path]) {
			t.Fatalf("%s differs from the same file of a fresh index", path)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d files, want %d as with a fresh index", len(got), len(want))
	}
	if len(docs) == 0 {
		return
	}
	ctx := context.Background()
	r := search.Request{Text: docs[0].Title, Limit: 10}
	a, errA := x.Query(ctx, r)
	b, errB := fresh.Query(ctx, r)
	// A page whose name is the title is pinned, and is not among the hits.
	found := func(r *search.Results) (ids []string) {
		for _, d := range r.Pins {
			ids = append(ids, "pinned "+d.ID)
		}
		for _, h := range r.Hits {
			ids = append(ids, h.Document.ID)
		}
		return ids
	}
	if errA != nil || errB != nil || a.Total != b.Total || len(found(a)) == 0 || !slices.Equal(found(a), found(b)) {
		t.Fatalf("the query returns %+v, %v, and with a fresh index %+v, %v", a, errA, b, errB)
	}
}

func TestSmallChangeRewritesFewFiles(t *testing.T) {
	c := newCorpus(2)
	c.length = 12
	docs := c.documents(400)
	x, before := build(t, docs)
	defer x.Close()
	changedBy := func(change func(d *search.Document)) int {
		t.Helper()
		edited := slices.Clone(docs)
		change(&edited[200])
		if _, err := x.Sync(context.Background(), search.Content{Documents: edited}); err != nil {
			t.Fatal(err)
		}
		changed := 0
		for path, data := range export(t, x) {
			if !bytes.Equal(before[path], data) {
				changed++
			}
		}
		return changed
	}
	tests := []struct {
		name   string
		change func(d *search.Document)
		most   int
	}{
		{"nothing", func(*search.Document) {}, 0},
		{"punctuation", func(d *search.Document) { d.Body += "!" }, 0},
		// the root, the card, and the suggestions of each word of the title
		{"title", func(d *search.Document) { d.Title += "!" }, 14},
		// the root, the terms of two words, their positions and the table of positions; chunk boundaries may move
		{"last word", func(d *search.Document) {
			words := strings.Fields(d.Body)
			words[len(words)-1] = strings.Fields(docs[100].Body)[5]
			d.Body = strings.Join(words, " ")
		}, 11},
		{"kind", func(d *search.Document) { d.Kind = "other" }, 2},
		{"date", func(d *search.Document) { d.Date = docs[3].Date }, 2},
	}
	for _, tt := range tests {
		if got := changedBy(tt.change); got > tt.most || got == 0 && tt.most > 0 {
			t.Errorf("%s: %d of %d files change, want 1 to %d", tt.name, got, len(before), tt.most)
		}
	}
}

// TestStopsWhenContextIsDone checks that each piece of work is short, and that none begins after the context is done.
func TestStopsWhenContextIsDone(t *testing.T) {
	c := newCorpus(3)
	c.length = 12
	docs := c.documents(300)
	for _, last := range []search.Stage{search.Analysing, search.Indexing, search.Exporting, search.Compressing} {
		ctx, cancel := context.WithCancel(context.Background())
		var after atomic.Int64 // pieces of work that end after the cancellation
		// Not ctx.Err() != nil: that is true before cancel has cancelled the contexts derived from ctx.
		var cancelled atomic.Bool
		x, err := search.New(search.Options{Progress: func(stage search.Stage, done, total int) {
			if cancelled.Load() {
				after.Add(1)
			} else if stage == last {
				cancel()
				cancelled.Store(true)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = x.Sync(ctx, search.Content{Documents: docs})
		if err == nil {
			_, err = x.Export(ctx, nil)
		}
		if !errors.Is(err, context.Canceled) || after.Load() > int64(runtime.GOMAXPROCS(0)) {
			t.Errorf("%s: the error is %v, and %d pieces of work ended after the cancellation", last, err, after.Load())
		}
		cancel()
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestNoDocuments(t *testing.T) {
	x, files := build(t, nil)
	defer x.Close()
	results, err := x.Query(context.Background(), search.Request{Text: "anything", Limit: 10})
	if err != nil || results.Total != 0 {
		t.Errorf("Query = %+v, %v", results, err)
	}
	got, _, err := newClient(t, bundle(t), files).query(search.Request{Text: `anything "at all"`, Typing: search.Unfinished, Limit: 10})
	if err != nil || got.Total != 0 {
		t.Errorf("client: %+v, %v", got, err)
	}
}

func TestLabels(t *testing.T) {
	x, err := search.New(search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if _, err := x.Sync(context.Background(), search.Content{Documents: []search.Document{
		{ID: "a/", Title: "One", Countries: []string{"UG", "GB", "UG"}},
		{ID: "b/", Title: "Two", Countries: []string{"ZW", "GB"}},
	}}); err != nil {
		t.Fatal(err)
	}
	files, err := x.Export(context.Background(), map[search.Group][]search.Value{
		search.Country: {{ID: "GB", Label: "United Kingdom"}, {ID: "FR", Label: "France"}, {ID: "UG", Label: "Uganda"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := newClient(t, bundle(t), files).query(search.Request{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if g, want := fmt.Sprint(got.Counts["country"]), "[{GB United Kingdom 2} {UG Uganda 1} {ZW ZW 1}]"; g != want {
		t.Errorf("counts = %s, want %s", g, want)
	}
}

func build(tb testing.TB, docs []search.Document) (*search.Index, map[string][]byte) {
	tb.Helper()
	x, err := search.New(search.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := x.Sync(context.Background(), search.Content{Documents: docs}); err != nil {
		tb.Fatal(err)
	}
	return x, export(tb, x)
}

func export(tb testing.TB, x *search.Index) map[string][]byte {
	tb.Helper()
	files, err := x.Export(context.Background(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return files
}
