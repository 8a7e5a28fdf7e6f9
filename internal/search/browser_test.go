package search_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"casebook/internal/assets"
	"casebook/internal/search"
)

// browserEntry makes the core, with the host functions of a real page, available to the test.
const browserEntry = `
import { Search } from "casebook/search";
const core = new Search({
	fetch: async (path, fresh) => {
		const response = await fetch("search/" + path, fresh ? { cache: "reload" } : {});
		return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
	},
	inflate: async (data) => new Uint8Array(await new Response(
		new Blob([data as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer()),
});
globalThis.query = async (request) => {
	const results = await core.query(JSON.parse(request));
	results.hits = await Promise.all(results.hits.map(async (hit) => ({ ...hit, ...(await core.card(hit)) })));
	return JSON.stringify(results);
};
globalThis.timed = async (requests, rounds) => {
	const taken = [];
	for (let round = 0; round <= rounds; round++) {
		for (const request of requests) {
			const start = performance.now();
			await core.query(request);
			if (round > 0) taken.push(performance.now() - start); // the first loads what the query needs
		}
	}
	return taken;
};
document.title = "ready";
`

const browserQueries = 60 // queries with results, of all classes together

// TestBrowserAnswersAsBleveDoes runs the client in a real browser. The JavaScript engine of the other tests imitates the
// browser's classes of letters and numbers, and its decompression.
func TestBrowserAnswersAsBleveDoes(t *testing.T) {
	p := newParity(t)
	tab := openBrowser(t, serveClient(t, p.files))
	query := func(request string) (string, error) {
		text, err := json.Marshal(request) // as JavaScript writes it too
		if err != nil {
			return "", err
		}
		return chromedp.Run(tab, chromedp.Evaluate[string]("query("+string(text)+")", chromedp.EvalAwaitPromise))
	}
	random := newRandom(100)
	full := 0
	for tries := 0; full < browserQueries && tries < 4*browserQueries; tries++ {
		classes := queryClasses()
		request := classes[tries%len(classes)].make(random, p)
		want, err := p.index.Query(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		if want.Total > 0 {
			full++
		}
		got, _, err := ask(query, request)
		if err != nil {
			t.Fatalf("%+v: %v", request, err)
		}
		if err := got.compare(want); err != nil {
			t.Fatalf("%+v: %v", request, err)
		}
	}
	if full < browserQueries {
		t.Errorf("%d queries with results, want %d", full, browserQueries)
	}
}

// serveClient serves a page with the bundled client and the files of the index.
func serveClient(t testing.TB, files map[string][]byte) string {
	t.Helper()
	out, problems, err := assets.Build(assets.Options{
		FS:      fstest.MapFS{"entry.ts": &fstest.MapFile{Data: []byte(browserEntry)}},
		Entries: []string{"entry.ts"},
		Modules: map[string]fs.FS{search.ClientModule: search.ClientFS()},
	})
	if err != nil || len(problems) > 0 {
		t.Fatalf("bundle: %v, %v", problems, err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Clean(r.URL.Path)[1:]
		switch data, ok := files[name]; {
		case ok:
			_, _ = w.Write(data)
		case name == "":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(`<!doctype html><title>loading</title><script type="module" src="entry.js"></script>`))
		case name == "entry.js":
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			_, _ = w.Write(out.Outputs["entry.ts"].Data)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// openBrowser opens a page in headless Chromium and waits until its script has run.
func openBrowser(t testing.TB, url string) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a browser")
	}
	program := os.Getenv("CHROME_PATH")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program == "" {
			program, _ = exec.LookPath(name)
		}
	}
	if program == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium on PATH or in CHROME_PATH")
		}
		t.Skip("no Chromium on PATH or in CHROME_PATH")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	tab, done := chromedp.NewContext(allocator)
	t.Cleanup(done)
	limited, cancel := context.WithTimeout(tab, 10*time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Do(limited, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	for {
		title, err := chromedp.Run(limited, chromedp.Evaluate[string]("document.title"))
		if err != nil {
			t.Fatal(err)
		}
		if title == "ready" {
			return limited
		}
		time.Sleep(10 * time.Millisecond)
	}
}
