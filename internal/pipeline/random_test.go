package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/cache"
	"casebook/internal/pipeline"
	"casebook/internal/preview"
	"casebook/internal/publish"
	"casebook/internal/source"

	"pgregory.net/rapid"
)

// TestRandomEdits is the standing oracle: whatever was edited in whatever order,
// the site, the search, the output folder and what the preview answers are those
// of a clean build, in one process and in a new one with a cache for each edit, and
// hardly more pages are rendered than change. Those of
// kinds are all that a sequence has, each once, in random order; a failing one is
// met again with -rapid.seed.
func TestRandomEdits(t *testing.T) {
	if testing.Short() {
		randomEditSequences(t, 1, 1, "add case", "body", "break", "delete case")
		return
	}
	t.Run("all kinds", func(t *testing.T) { randomEditSequences(t, 1, 9) })
	few := []string{"add case", "add case", "add case", "body", "title", "delete case", "delete case", "picture", "no picture", "break", "back"}
	for cases := range 3 {
		t.Run(fmt.Sprint("from ", cases), func(t *testing.T) { randomEditSequences(t, 1, cases, few...) })
	}
}

// randomEditSequences checks sequences of edits that start from so many cases.
// Without kinds a sequence has all.
func randomEditSequences(t *testing.T, sequences, cases int, kinds ...string) {
	if testing.Short() {
		sequences *= 5 // rapid checks a fifth then
	}
	for name, value := range map[string]string{"checks": fmt.Sprint(sequences), "shrinktime": "20s", "nofailfile": "true"} {
		if err := flag.Set("rapid."+name, value); err != nil {
			t.Fatal(err)
		}
	}
	work := map[string]*effort{}
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		h := newHistory(rt, filepath.Join(t.TempDir(), fmt.Sprint(round)), defaultTheme(t), cases)
		defer h.builder.Close()
		edits := h.kinds()
		names := kinds
		if len(names) == 0 {
			names = slices.Sorted(maps.Keys(edits))
		}
		for _, name := range rapid.Permutation(names).Draw(rt, "kinds") {
			if len(h.base.Broken) > 0 && rapid.Bool().Draw(rt, "repair") {
				clear(h.base.Broken)
				h.follow(rt, "repair", work)
			}
			if edits[name](rt, h.base) {
				h.follow(rt, name, work)
			}
		}
	})
	var needless []string
	for _, kind := range slices.Sorted(maps.Keys(work)) {
		w := work[kind]
		t.Logf("%-26s %3d edits, %4d pages changed, %4d rendered", kind, w.edits, w.changed, w.rendered)
		if float64(w.rendered) > 1.1*float64(w.changed) {
			needless = append(needless, fmt.Sprintf("%s: %d pages rendered, %d changed: %q", kind, w.rendered, w.changed, slices.Compact(w.needless)))
		}
	}
	if len(needless) > 0 {
		t.Errorf("rendered needlessly:\n%s", strings.Join(needless, "\n"))
	}
}

// effort is what edits of one kind cost.
type effort struct {
	edits, changed, rendered int
	needless                 []string
}

// history is a knowledge base on disk, one builder that follows its edits, the
// folder that it is published to and the server that shows it.
type history struct {
	base    *base
	past    []*base
	words   words
	theme   fs.FS
	opts    pipeline.Options
	dir     string
	out     string
	spare   publish.Spare
	written folder
	scanner *source.Scanner
	builder *pipeline.Builder
	indexer *pipeline.Indexer
	server  *preview.Server
	shown   *pipeline.Snapshot // the last good one
	clean   *pipeline.Snapshot // the same from a clean build
	fresh   *pipeline.Builder  // that made it
	themeOf string             // what its theme was made of
}

func newHistory(t rapid.TB, dir string, theme fs.FS, cases int) *history {
	opts := pipeline.Options{Theme: theme}
	h := &history{
		base: newBase(cases), theme: theme, opts: opts, dir: filepath.Join(dir, "source"), out: filepath.Join(dir, "public"), written: folder{},
		builder: pipeline.New(opts), indexer: new(pipeline.Indexer), server: preview.New(preview.Options{}),
	}
	if err := os.MkdirAll(h.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	scanner, err := source.New(h.dir, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h.scanner = scanner
	if h.follow(t, "start", map[string]*effort{}); h.shown == nil {
		t.Fatal("the knowledge base has errors to begin with")
	}
	return h
}

// kinds are all kinds of edit, those that go back in time too.
func (h *history) kinds() map[string]func(*rapid.T, *base) bool {
	kinds := randomEdits(&h.words, func(name string) string {
		data, err := fs.ReadFile(h.theme, name)
		if err != nil {
			panic(err)
		}
		return string(data)
	})
	kinds["back"] = func(t *rapid.T, _ *base) bool { // A→B→A
		h.base = h.past[len(h.past)-1-rapid.IntRange(0, min(3, len(h.past)-1)).Draw(t, "steps")].clone()
		return true
	}
	return kinds
}

// write brings the folder on disk to the state of the knowledge base.
func (h *history) write(t rapid.TB) {
	files := h.base.files()
	for name := range h.written {
		if _, kept := files[name]; !kept {
			if err := os.Remove(filepath.Join(h.dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range files {
		if old, there := h.written[name]; there && old == text {
			continue
		}
		target := filepath.Join(h.dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(target), 0o755), os.WriteFile(target, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	h.written = files
}

// follow builds what is on disk with the builder that knows the past and with
// one that does not, and compares.
func (h *history) follow(t rapid.TB, kind string, work map[string]*effort) {
	h.past = append(h.past, h.base.clone())
	h.write(t)
	tree, err := h.scanner.Scan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	input := pipeline.Input{Tree: tree, Today: h.base.Today}
	warm, err := h.builder.Build(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	cold, err := h.cleanBuilder(t).Build(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(warm.Problems) != fmt.Sprint(cold.Problems) {
		t.Fatalf("%s: other problems than a clean build:\n%v\n%v", kind, warm.Problems, cold.Problems)
	}
	if !cold.Failed() {
		if h.clean, err = new(pipeline.Indexer).Index(context.Background(), cold); err != nil {
			t.Fatal(err)
		}
	}
	h.nextProcess(t, kind, input, warm, cold)
	if warm.Failed() {
		h.server.Fail(warm.Problems, nil)
	} else {
		h.count(kind, warm, work)
		whole, err := h.indexer.Index(context.Background(), warm)
		if err != nil {
			t.Fatal(err)
		}
		if diff := changed(hashes(whole), hashes(h.clean)); len(diff) > 0 {
			t.Fatalf("%s: these differ from a clean build: %q", kind, diff)
		}
		h.server.Show(whole, preview.Change{})
		if _, err := whole.Publish(context.Background(), publish.Options{Dir: h.out, Spare: &h.spare}); err != nil {
			t.Fatal(err)
		}
	}
	// If it failed, the output folder keeps the last site without errors.
	if diff := notOnDisk(t, h.clean, h.out); len(diff) > 0 {
		t.Fatalf("%s: these differ in the output folder: %q", kind, diff)
	}
	if diff := notServed(t, h.clean, h.server); len(diff) > 0 {
		t.Fatalf("%s: these differ over HTTP: %q", kind, diff)
	}
}

// nextProcess builds with a builder that knows only what the one before it kept
// in the cache folder, and compares with a clean build. It publishes to a folder of
// its own, where the files must be whose bytes are not made.
func (h *history) nextProcess(t rapid.TB, kind string, input pipeline.Input, warm, cold *pipeline.Result) {
	kept, err := cache.Open(h.dir+"-cache", cache.Use{Source: h.dir})
	if err != nil {
		t.Fatal(err)
	}
	opts := h.opts
	opts.Cache = kept
	builder := pipeline.New(opts)
	defer builder.Close()
	builder.TakeTheme(h.fresh)
	result, err := builder.Build(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(result.Problems) != fmt.Sprint(cold.Problems) {
		t.Fatalf("%s: other problems with a cache than without:\n%v\n%v", kind, result.Problems, cold.Problems)
	}
	if err := builder.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	if result.Failed() {
		return
	}
	if result.Rendered() != warm.Rendered() {
		t.Fatalf("%s: a new process renders %d pages, the old one %d", kind, result.Rendered(), warm.Rendered())
	}
	whole, err := (&pipeline.Indexer{Cache: kept}).Index(context.Background(), result)
	if err != nil {
		t.Fatal(err)
	}
	if diff := changed(hashes(whole), hashes(h.clean)); len(diff) > 0 {
		t.Fatalf("%s: these differ between a build with a cache and one without: %q", kind, diff)
	}
	out := publish.Options{Dir: h.dir + "-next"}
	if rapid.Bool().Draw(t.(*rapid.T), "output folder is gone") {
		if err := os.RemoveAll(out.Dir); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := whole.Publish(context.Background(), out); err != nil {
		t.Fatal(err)
	}
	if diff := notOnDisk(t, h.clean, out.Dir); len(diff) > 0 {
		t.Fatalf("%s: these differ in the output folder of a build with a cache: %q", kind, diff)
	}
	site := result.Published(whole)
	if err := site.Keep(kept); err != nil {
		t.Fatal(err)
	}
	if again := pipeline.RecallPublished(kept, input); again == nil || len(again.Diff(site)) > 0 {
		t.Fatalf("%s: what was published is not known", kind)
	}
}

// cleanBuilder is a builder that knows nothing, except for a theme whose files
// and language have not changed: loading it takes most of a clean build.
func (h *history) cleanBuilder(t rapid.TB) *pipeline.Builder {
	made := []string{h.base.Language, fmt.Sprint(h.base.OwnTheme)}
	for name, text := range h.written {
		if strings.HasPrefix(name, "themes/") {
			made = append(made, name+"\x00"+text)
		}
	}
	slices.Sort(made)
	themeOf := strings.Join(made, "\x00")
	b := pipeline.New(h.opts)
	if h.fresh != nil && h.themeOf == themeOf {
		b.TakeTheme(h.fresh)
	}
	h.fresh, h.themeOf = b, themeOf
	return b
}

// notServed are the files that a server answers otherwise than a snapshot has
// them, except the script that it adds to pages.
func notServed(t rapid.TB, snapshot *pipeline.Snapshot, server http.Handler) []string {
	script := regexp.MustCompile(`<script src="/__casebook/reload\.js"[^>]*></script>`)
	var diff []string
	for f := range snapshot.Files() {
		target := url.URL{Path: "/" + strings.TrimSuffix(f.Path, "index.html")}
		request, response := httptest.NewRequest(http.MethodGet, target.EscapedPath(), nil), httptest.NewRecorder()
		request.Host = "localhost"
		server.ServeHTTP(response, request)
		want, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if got := script.ReplaceAll(response.Body.Bytes(), nil); response.Code != http.StatusOK || !bytes.Equal(got, want) {
			diff = append(diff, fmt.Sprintf("%s (%d)", f.Path, response.Code))
		}
	}
	return diff
}

// count compares the pages that were rendered with those that have changed.
func (h *history) count(kind string, result *pipeline.Result, work map[string]*effort) {
	before := h.shown
	h.shown = result.Snapshot
	if before == nil {
		return
	}
	if work[kind] == nil {
		work[kind] = &effort{}
	}
	w := work[kind]
	w.edits++
	w.rendered += result.Rendered()
	for f := range result.Snapshot.Files() {
		if old := before.File(f.Path); strings.HasSuffix(f.Path, ".html") && (old == nil || old.Hash != f.Hash) {
			w.changed++
		}
	}
	w.needless = append(w.needless, needless(before, result.Snapshot)...)
	slices.Sort(w.needless)
}

// notOnDisk are the files in which a folder differs from a snapshot.
func notOnDisk(t rapid.TB, snapshot *pipeline.Snapshot, dir string) []string {
	var diff []string
	seen := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f := snapshot.File(filepath.ToSlash(rel))
		if f == nil {
			if !strings.HasPrefix(rel, ".") { // publish's own
				diff = append(diff, rel)
			}
			return nil
		}
		seen++
		if want, err := f.Bytes(); err != nil || string(want) != string(data) {
			diff = append(diff, rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen != snapshot.Len() {
		diff = append(diff, fmt.Sprintf("%d files are missing", snapshot.Len()-seen))
	}
	return diff
}
