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

// TestRandomEdits makes random edits, in one process and in a new process with a cache for
// each edit. After each edit it checks that the site, the search, the output folder and the
// responses of the preview are those of a clean build, and that few more pages are rendered
// than changed. A sequence has each kind of edit once, in random order, and here a build
// follows on several edits; TestRandomEditsSweep builds after each. Repeat a failing one
// with -rapid.seed.
func TestRandomEdits(t *testing.T) {
	if testing.Short() {
		sequences{count: 1, cases: 1, group: 1, kinds: []string{"add case", "body", "break", "delete case"}}.check(t)
		return
	}
	t.Run("all kinds", sequences{count: 1, cases: 9, group: 6}.check)
	few := []string{"add case", "add case", "add case", "body", "title", "delete case", "delete case", "picture", "no picture", "break", "back"}
	t.Run("few cases", sequences{count: 1, cases: 1, group: 2, kinds: few}.check)
}

// sequences are random sequences of edits.
type sequences struct {
	count  int
	cases  int      // number of case studies at the start
	group  int      // required: number of edits before each build
	kinds  []string // all kinds if there are none
	length int      // number of edits of a sequence; 0: one of each kind
	arm    arm
}

// arm says which processes follow the edits.
type arm int

const (
	allProcesses arm = iota
	newProcesses     // only the new process with a cache
)

// check compares the builds of the sequences with clean ones.
func (s sequences) check(t *testing.T) {
	if testing.Short() {
		s.count *= 5 // with -short, rapid divides by 5
	}
	for name, value := range map[string]string{"checks": fmt.Sprint(s.count), "shrinktime": "20s", "nofailfile": "true"} {
		if err := flag.Set("rapid."+name, value); err != nil {
			t.Fatal(err)
		}
	}
	work := map[string]*effort{}
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		h := newHistory(rt, filepath.Join(t.TempDir(), fmt.Sprint(round)), defaultTheme(t), s)
		defer h.builder.Close()
		edits := h.kinds()
		names := s.kinds
		if len(names) == 0 {
			names = slices.Sorted(maps.Keys(edits))
		}
		names = rapid.Permutation(names).Draw(rt, "kinds")
		if s.length > 0 {
			names = names[:s.length]
		}
		for names := range slices.Chunk(names, s.group) {
			if len(h.base.Broken) > 0 && rapid.Bool().Draw(rt, "repair") {
				clear(h.base.Broken)
				h.follow(rt, "repair", work)
			}
			var made []string
			for _, name := range names {
				if edits[name](rt, h.base) {
					made = append(made, name)
				}
			}
			if len(made) > 0 {
				h.follow(rt, strings.Join(made, ", "), work)
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
		t.Errorf("too many pages are rendered:\n%s", strings.Join(needless, "\n"))
	}
}

// effort counts the pages that edits of one kind change and render.
type effort struct {
	edits, changed, rendered int
	needless                 []string
}

// history is a knowledge base on disk, one builder that builds it after each edit, the
// folder to which it is published, and the server that shows it.
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
	shown   *pipeline.Snapshot // of the last build without errors
	clean   *pipeline.Snapshot // the same site from a clean build
	fresh   *pipeline.Builder  // the builder that made clean
	themeOf string             // the inputs of its theme
	arm     arm
}

func newHistory(t rapid.TB, dir string, theme fs.FS, s sequences) *history {
	opts := pipeline.Options{Theme: theme}
	h := &history{
		base: newBase(s.cases), arm: s.arm, theme: theme, opts: opts, dir: filepath.Join(dir, "source"), out: filepath.Join(dir, "public"), written: folder{},
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
	if h.follow(t, "start", map[string]*effort{}); h.clean == nil {
		t.Fatal("the knowledge base has errors before the first edit")
	}
	return h
}

// kinds returns all kinds of edit, including one that restores an earlier state.
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

// write writes the state of the knowledge base to disk.
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

// follow builds the files on disk with the builder of the history and with a new one, and
// compares the results.
func (h *history) follow(t rapid.TB, kind string, work map[string]*effort) {
	h.past = append(h.past, h.base.clone())
	h.write(t)
	tree, err := h.scanner.Scan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	input := pipeline.Input{Tree: tree, Today: h.base.Today}
	once := h.cleanBuilder(t)
	cold, err := once.Build(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	if !cold.Failed() {
		if h.clean, err = new(pipeline.Indexer).Finish(context.Background(), once, cold); err != nil {
			t.Fatal(err)
		}
	}
	next := h.nextProcess(t, kind, input, cold)
	if h.arm == allProcesses {
		h.sameProcess(t, kind, input, cold, next, work)
	}
}

// sameProcess builds with the builder of the history, and compares with a clean build and
// with that of a new process.
func (h *history) sameProcess(t rapid.TB, kind string, input pipeline.Input, cold, next *pipeline.Result, work map[string]*effort) {
	warm, err := h.builder.Build(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(warm.Problems) != fmt.Sprint(cold.Problems) {
		t.Fatalf("%s: the problems differ from those of a clean build:\n%v\n%v", kind, warm.Problems, cold.Problems)
	}
	if next.Rendered() != warm.Rendered() {
		t.Fatalf("%s: a new process renders %d pages, the old one %d", kind, next.Rendered(), warm.Rendered())
	}
	if warm.Failed() {
		h.server.Fail(warm.Problems, nil)
	} else {
		h.count(kind, warm, work)
		whole, err := h.indexer.Index(context.Background(), warm)
		if err != nil {
			t.Fatal(err)
		}
		if diff := changed(hashes(whole), hashes(h.clean)); len(diff) > 0 {
			t.Fatalf("%s: these files differ from a clean build: %q", kind, diff)
		}
		h.server.Show(whole, preview.Change{})
		if _, err := whole.Publish(context.Background(), publish.Options{Dir: h.out, Spare: &h.spare}); err != nil {
			t.Fatal(err)
		}
	}
	// After a failed build, the output folder keeps the last site without errors.
	if diff := notOnDisk(t, h.clean, h.out); len(diff) > 0 {
		t.Fatalf("%s: these files differ in the output folder: %q", kind, diff)
	}
	if diff := notServed(t, h.clean, h.server); len(diff) > 0 {
		t.Fatalf("%s: these files differ over HTTP: %q", kind, diff)
	}
}

// nextProcess reads the files on disk with a new scanner, builds with a new builder and the
// cache folder, and compares with a clean build. It publishes to its own output folder,
// which then has the files of the previous build whose bytes are not made again.
func (h *history) nextProcess(t rapid.TB, kind string, input pipeline.Input, cold *pipeline.Result) *pipeline.Result {
	kept, err := cache.Open(h.dir+"-cache", cache.Use{Source: h.dir})
	if err != nil {
		t.Fatal(err)
	}
	scanner, err := source.New(h.dir, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pipeline.RecallListing(kept, scanner)
	tree, err := scanner.Scan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if tree.Hash() != input.Tree.Hash() {
		t.Fatalf("%s: a scanner with a listing does not see the changes of %q", kind, tree.Diff(input.Tree))
	}
	opts := h.opts
	opts.Cache = kept
	builder := pipeline.New(opts)
	defer builder.Close()
	builder.TakeTheme(h.fresh)
	result, err := builder.Build(context.Background(), pipeline.Input{Tree: tree, Today: input.Today})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(result.Problems) != fmt.Sprint(cold.Problems) {
		t.Fatalf("%s: the problems with a cache differ from those without:\n%v\n%v", kind, result.Problems, cold.Problems)
	}
	if err := errors.Join(builder.Keep(context.Background()), pipeline.KeepListing(kept, scanner)); err != nil {
		t.Fatal(err)
	}
	if result.Failed() {
		return result
	}
	whole, err := (&pipeline.Indexer{Cache: kept}).Finish(context.Background(), builder, result)
	if err != nil {
		t.Fatal(err)
	}
	if diff := changed(hashes(whole), hashes(h.clean)); len(diff) > 0 {
		t.Fatalf("%s: these files differ between a build with a cache and one without: %q", kind, diff)
	}
	out := publish.Options{Dir: h.dir + "-next", Listing: pipeline.RecallOutput(kept)}
	if rapid.Bool().Draw(t.(*rapid.T), "output folder is gone") {
		if err := os.RemoveAll(out.Dir); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := whole.Publish(context.Background(), out); err != nil {
		t.Fatal(err)
	}
	if diff := notOnDisk(t, h.clean, out.Dir); len(diff) > 0 {
		t.Fatalf("%s: these files differ in the output folder of a build with a cache: %q", kind, diff)
	}
	site := result.Published(whole)
	if err := errors.Join(site.Keep(kept), pipeline.KeepOutput(kept, out.Listing)); err != nil {
		t.Fatal(err)
	}
	if again := pipeline.RecallPublished(kept, input); again == nil || len(again.Diff(site)) > 0 {
		t.Fatalf("%s: the cache does not have the site that was published", kind)
	}
	return result
}

// cleanBuilder returns a builder without state, except for a theme whose files and language
// have not changed, because loading it takes most of the time of a clean build.
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

// notServed returns the files for which the response of a server differs from the snapshot,
// apart from the script that the server adds to pages.
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

// count adds the pages that were rendered and those that changed to the effort of a kind.
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

// notOnDisk returns the files that differ between a folder and a snapshot.
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
			if !strings.HasPrefix(rel, ".") { // not a file of package publish
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
