package search

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// memoryDocuments returns documents that share words.
func memoryDocuments(random *rand.Rand, n int) []Document {
	words := strings.Fields("ward nurse nursing nurses training trained Kampala malaria 30 million co-operation l'hôpital partnership data")
	text := func(n int) string {
		var picked []string
		for range n {
			picked = append(picked, words[random.IntN(len(words))])
		}
		return strings.Join(picked, " ")
	}
	docs := make([]Document, n)
	for i := range docs {
		docs[i] = Document{ID: fmt.Sprintf("cases/%03d/", i), Title: text(3), Summary: text(6), Body: text(40), Kind: "example"}
	}
	return docs
}

// exported makes an index and exports it. It also returns how many documents were analysed.
func exported(t *testing.T, memory *Memory, c Content) (x *Index, files map[string][]byte, analysed int) {
	t.Helper()
	var most atomic.Int64
	x, err := New(Options{Memory: memory, Progress: func(stage Stage, done, total int) {
		if stage == Analysing {
			most.Store(int64(total))
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	if _, err := x.Sync(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	files, err = x.Export(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return x, files, int(most.Load())
}

// TestMemory checks, over several processes with edits in each, that a process with the memory of an earlier one analyses
// only the documents that changed, and exports the same files and gives the same answers as a process without it.
func TestMemory(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	content := Content{Documents: memoryDocuments(random, 60), Synonyms: [][]string{{"ward", "data"}}, Lang: "en"}
	x, files, _ := exported(t, nil, content)
	for process := range 6 {
		memory := x.Remember(files)
		if memory == nil {
			t.Fatal("the index remembers nothing")
		}
		content.Documents = slices.Clone(content.Documents)
		content.Documents[process].Body += fmt.Sprint(" new words ", process)
		content.Documents = slices.Delete(content.Documents, 20, 21)
		var analysed int
		x, files, analysed = exported(t, memory, content)
		if analysed != 1 {
			t.Errorf("process %d analyses %d documents, want 1", process, analysed)
		}
		if process%2 == 0 { // not always: the first query adds all documents to bleve
			sameAnswers(t, x, files, content)
		}

		content.Documents = append(slices.Clone(content.Documents), Document{ID: fmt.Sprint("more/", process), Title: "Nursing more", Body: "ward"})
		content.Documents[30].Title += " edited"
		if _, err := x.Sync(context.Background(), content); err != nil {
			t.Fatal(err)
		}
		var err error
		if files, err = x.Export(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		sameAnswers(t, x, files, content)
	}
	memory := x.Remember(files)
	content.Synonyms = nil
	if _, _, analysed := exported(t, memory, content); analysed != len(content.Documents) {
		t.Errorf("after a change of the synonyms, %d documents are analysed, want all", analysed)
	}
}

// TestMemoryOfSame checks that a process exports the files of an earlier one without making them if nothing has changed, and
// other files if only the labels or the language have.
func TestMemoryOfSame(t *testing.T) {
	content := Content{Documents: memoryDocuments(rand.New(rand.NewPCG(1, 2)), 20), Lang: "en"}
	labels := Labels{Kind: {{ID: "example", Label: "Example"}}}
	made := func(memory *Memory, c Content, labels Labels) (x *Index, files map[string][]byte) {
		x, err := New(Options{Memory: memory})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = x.Close() })
		if _, err = x.Sync(t.Context(), c); err == nil {
			files, err = x.Export(t.Context(), labels)
		}
		if err != nil {
			t.Fatal(err)
		}
		return x, files
	}
	x, files := made(nil, content, labels)
	memory := x.Remember(files)
	_, again := made(memory, content, labels)
	if !maps.EqualFunc(again, files, slices.Equal[[]byte]) {
		t.Error("without a change, the files differ")
	}
	if &again[RootPath][0] != &files[RootPath][0] {
		t.Error("without a change, the files are made again")
	}
	for name, other := range map[string]struct {
		Content
		Labels
	}{
		"labels":   {content, Labels{Kind: {{ID: "example", Label: "Beispiel"}}}},
		"language": {Content{Documents: content.Documents, Lang: "de"}, labels},
	} {
		_, want := made(nil, other.Content, other.Labels)
		if _, got := made(memory, other.Content, other.Labels); !maps.EqualFunc(got, want, slices.Equal[[]byte]) || maps.EqualFunc(got, files, slices.Equal[[]byte]) {
			t.Errorf("after a change of the %s, the files are not those of a new index", name)
		}
	}
}

// sameAnswers compares an index and its files with those of an index without a memory.
func sameAnswers(t *testing.T, x *Index, files map[string][]byte, content Content) {
	t.Helper()
	clean, want, _ := exported(t, nil, content)
	if !maps.EqualFunc(files, want, func(a, b []byte) bool { return string(a) == string(b) }) {
		t.Error("the files differ from those of an index without a memory")
	}
	for _, text := range []string{"nurse", "ward training", `"new words"`} {
		got, err := x.Query(context.Background(), Request{Text: text, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		expected, err := clean.Query(context.Background(), Request{Text: text, Limit: 100})
		if err != nil || got.Total != expected.Total || !reflect.DeepEqual(got.Hits, expected.Hits) {
			t.Errorf("%q: %d results, want %d: %v", text, got.Total, expected.Total, err)
		}
	}
}

// TestDigestOfDocument checks that the digest of a document depends on each field.
func TestDigestOfDocument(t *testing.T) {
	var d Document
	fields := reflect.ValueOf(&d).Elem()
	seen := map[digest]string{d.digest(&encoder{}): "none"}
	for i := range fields.NumField() {
		name := fields.Type().Field(i).Name
		switch f := fields.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("x")
		case reflect.Slice:
			f.Set(reflect.ValueOf([]string{"x"}))
		case reflect.Bool:
			f.SetBool(true)
		default:
			t.Fatalf("%s is a %s: add this kind to the test", name, f.Kind())
		}
		if other, found := seen[d.digest(&encoder{})]; found {
			t.Errorf("the digest does not depend on %s (it is the same as with %s)", name, other)
		}
		seen[d.digest(&encoder{})] = name
	}
}

// TestExportOnly checks that an index which is only exported holds no long text, exports the same files as another one,
// and remembers as much.
func TestExportOnly(t *testing.T) {
	content := Content{Documents: memoryDocuments(rand.New(rand.NewPCG(1, 2)), 60), Lang: "en"}
	content.Documents[3].Beside = "a quote beside the ward"
	_, want, _ := exported(t, nil, content)
	x, err := New(Options{ExportOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	if _, err := x.Sync(t.Context(), content); err != nil {
		t.Fatal(err)
	}
	for _, e := range x.entries {
		if e.doc.longText() != "" {
			t.Errorf("%s: the index holds its text", e.doc.ID)
		}
	}
	files, err := x.Export(t.Context(), nil)
	if err != nil || !maps.EqualFunc(files, want, slices.Equal[[]byte]) {
		t.Errorf("the exported files differ: %v", err)
	}
	if _, _, analysed := exported(t, x.Remember(files), content); analysed != 0 {
		t.Errorf("with what it remembers, %d documents are analysed again", analysed)
	}
}
