package pipeline_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/pipeline"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// trap is a script that runs before those of a page. It records what a payload executes,
// and what the Content-Security-Policy stops.
const trap = `
window.executed = [];
window.stopped = [];
for (const name of ["alert", "confirm", "prompt", "print", "eval"]) window[name] = (x) => executed.push(name + " " + x);
document.addEventListener("securitypolicyviolation", (e) => stopped.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample));
`

// browser is a headless Chromium that loads the pages of one site.
type browser struct {
	ctx  context.Context
	site string // address of its root
}

// openBrowser starts a browser for a site. It skips the test if there is no browser,
// except in CI, where it fails.
func openBrowser(t *testing.T, site http.Handler) *browser {
	t.Helper()
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: trap})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	return &browser{ctx, server.URL}
}

func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a browser")
	}
	for _, name := range []string{os.Getenv("CHROME_PATH"), "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil && name != "" {
			return found
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("there is no Chromium: install it, or set CHROME_PATH")
	}
	t.Skip("there is no Chromium: install it, or set CHROME_PATH, to run this test")
	return ""
}

// load loads a page, hovers over and focuses its elements, and returns what was executed
// and what was stopped.
func (b *browser) load(t *testing.T, name string) (executed, stopped []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute)
	defer cancel()
	type notes struct{ Executed, Stopped []string }
	if err := chromedp.Do(ctx, chromedp.Navigate(b.site+"/"+name)); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[notes](`
		for (const e of document.querySelectorAll("main *")) {
			e.focus?.();
			e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
		}
		new Promise((done) => setTimeout(() => done({Executed: executed, Stopped: stopped}), 20))`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return found.Executed, found.Stopped
}

// serveSnapshot returns a handler that answers as a static host does.
func serveSnapshot(t *testing.T, snapshot *pipeline.Snapshot) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		f := snapshot.File(name)
		if f == nil {
			http.NotFound(w, r)
			return
		}
		data, err := f.Bytes()
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".png": "image/png"}[path.Ext(name)])
		_, _ = w.Write(data)
	})
}

// checkInBrowser loads pages of a site, and checks that nothing is executed. Nothing may
// be stopped either, because the pages should not contain any scripts.
func checkInBrowser(t *testing.T, snapshot *pipeline.Snapshot, names []string) {
	t.Helper()
	b := openBrowser(t, serveSnapshot(t, snapshot))
	for _, name := range names {
		executed, stopped := b.load(t, name)
		if len(executed) > 0 || len(stopped) > 0 {
			t.Errorf("%s: executed %q, stopped by the policy %q", name, executed, stopped)
		}
	}
	t.Logf("%d pages loaded", len(names))
}

// sample returns every k-th payload.
func sample(payloads []string, k int) []string {
	var some []string
	for i := 0; i < len(payloads); i += k {
		some = append(some, payloads[i])
	}
	return some
}

// TestHostileSiteInBrowser loads pages that each contain many payloads.
func TestHostileSiteInBrowser(t *testing.T) {
	all := payloads(t)
	settings := newHostileSettings(t, sample(all, 16)).fix(t)
	checkInBrowser(t, settings.Snapshot, []string{"", "cases/shared-ward/", "404.html"})
	content := newHostileSite(t, sample(all, 18), 1).fix(t)
	pages := []string{"resources/", "organisations/", "disciplines/", "cases/", "principles/third-0/"}
	for i := range 5 {
		pages = append(pages, fmt.Sprintf("cases/p%04d/", i*3))
	}
	checkInBrowser(t, content.Snapshot, pages)
}

// TestBrowserTrap checks that the trap records what is executed and what is stopped.
func TestBrowserTrap(t *testing.T) {
	const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
	documents := map[string]string{
		"/script": `<script>alert(1)</script>`, "/error": `<img src=x onerror=alert(1)>`, "/hover": `<main><b onmouseover=alert(1)>x</b></main>`,
		"/stopped-script": policy + `<script>alert(1)</script>`, "/stopped-style": policy + `<p style="color:red">`, "/stopped-image": policy + `<img src=x>`,
	}
	b := openBrowser(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html>"+documents[r.URL.Path])
	}))
	for _, name := range slices.Sorted(maps.Keys(documents)) {
		executed, stopped := b.load(t, name[1:])
		if want := strings.HasPrefix(name, "/stopped"); (len(stopped) > 0) != want || (len(executed) > 0) == want {
			t.Errorf("%s: executed %q, stopped %q", name, executed, stopped)
		}
	}
}
