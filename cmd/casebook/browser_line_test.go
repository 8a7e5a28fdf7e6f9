package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A line serves a built site, compressed as hosts do it, and records what a browser loads.
type line struct {
	folder string
	mu     sync.Mutex
	loaded []download
}

type download struct {
	path  string
	bytes int // of the body
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	file := filepath.Join(l.folder, filepath.FromSlash(name))
	if strings.HasSuffix(r.URL.Path, "/") {
		file = filepath.Join(file, "index.html")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(filepath.Ext(file)))
	w.Header().Set("Cache-Control", "max-age=600")
	if filepath.Ext(file) != ".bin" {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write(data)
		_ = z.Close()
		data = packed.Bytes()
		w.Header().Set("Content-Encoding", "gzip")
	}
	l.mu.Lock()
	l.loaded = append(l.loaded, download{name, len(data)})
	l.mu.Unlock()
	_, _ = w.Write(data)
}

// take returns what was loaded since its last call, except for the icon and the manifest
// of the site, which a browser may request at any time.
func (l *line) take() []download {
	l.mu.Lock()
	defer l.mu.Unlock()
	loaded := l.loaded
	l.loaded = nil
	return slices.DeleteFunc(loaded, func(d download) bool { return strings.Contains(d.path, "icon") || path.Ext(d.path) == ".webmanifest" })
}

func sum(loaded []download) (bytes int) {
	for _, d := range loaded {
		bytes += d.bytes
	}
	return bytes
}

// A lineTest searches a built site in the browser of a phone.
type lineTest struct {
	*line   // of the tab opened last
	browser context.Context
}

func newLineTest(t *testing.T, source string) *lineTest {
	t.Helper()
	browser := startChrome(t)
	folder := filepath.Join(t.TempDir(), "site")
	mustBuild(t, source, folder) // in another process: the system counts the memory of this one as that of its later children
	return &lineTest{&line{folder: folder}, browser}
}

// open serves the site at a new address, so that the browser's cache has nothing of it, and opens a tab whose connection
// has 50 KB/s and a latency of 400 ms. It returns the address.
func (l *lineTest) open(t *testing.T) (r *reader, root string) {
	t.Helper()
	l.line = &line{folder: l.folder}
	server := httptest.NewServer(l.line)
	t.Cleanup(server.Close)
	ctx, stop := chromedp.NewContext(l.browser)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil { // opens the tab, which lives as long as this context
		t.Fatal(err)
	}
	r = &reader{t, ctx}
	r.do(
		chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile),
		call(network.Enable, network.EnableParams{}),
		call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: 400, DownloadThroughput: 50_000, UploadThroughput: 50_000}},
		}),
		call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchResults}),
	)
	return r, server.URL + "/"
}

// watchResults records when the first results appear, and the layout shift.
const watchResults = `
globalThis.shift = 0;
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) shift += e.value; }).observe({ type: "layout-shift", buffered: true });
new MutationObserver(() => { if (!globalThis.shownAt && document.querySelector(".cards h2 a")) globalThis.shownAt = performance.now(); })
	.observe(document, { subtree: true, childList: true });
`

// A firstSearch has the limits of the first search, after the page and its stylesheet are loaded.
type firstSearch struct {
	requests int
	bytes    [4]int // by number of words
	shift    string // in JavaScript
}

// search opens the search page with a query. It returns the bytes that it loads until results show, and when they do.
func (l *lineTest) search(t *testing.T, query string, most firstSearch) (bytes int, shown time.Duration) {
	t.Helper()
	r, root := l.open(t)
	r.do(chromedp.Navigate(root + "search/?q=" + url.QueryEscape(query)))
	r.until("there are results", hits+" > 0 && globalThis.shownAt > 0")
	shown = time.Duration(r.number("Math.round(shownAt)")) * time.Millisecond
	before := strings.Fields(r.text(`performance.getEntriesByType("resource").filter((e) => e.startTime < shownAt).map((e) => new URL(e.name).pathname).join(" ")`))
	loaded := slices.DeleteFunc(l.take(), func(d download) bool {
		return !slices.Contains(before, "/"+d.path) || strings.HasSuffix(d.path, ".css")
	})
	bytes = sum(loaded)
	t.Logf("%q: %d requests, %d bytes, %v, shift %s", query, len(loaded), bytes, shown, r.text("shift.toFixed(3)"))
	if len(loaded) > most.requests {
		t.Errorf("%q: %d requests, want at most %d: %v", query, len(loaded), most.requests, loaded)
	}
	if limit := most.bytes[len(strings.Fields(query))]; limit > 0 && bytes > limit {
		t.Errorf("%q: %d bytes, want at most %d: %v", query, bytes, limit, loaded)
	}
	r.until("nothing moves when results come", "shift <= "+most.shift)
	r.do(chromedp.Navigate("about:blank")) // ends what the page still loads, which would delay the next search
	return bytes, shown
}

// TestSearchOnASlowLine checks that a search of a small knowledge base, on a slow connection with an empty cache, loads
// little and shows results soon.
func TestSearchOnASlowLine(t *testing.T) {
	l := newLineTest(t, "../../internal/pipeline/testdata/kb")
	files, err := filepath.Glob(filepath.Join(l.folder, "search", "*.bin"))
	if err != nil || len(files) > 3 {
		t.Errorf("the search index has %d files, want at most 3: %v", len(files), err)
	}
	// The script and the root, 48 KB, take 1.0 s to load.
	most := firstSearch{requests: 2, bytes: [4]int{1: 48_100, 2: 48_100, 3: 48_100}, shift: "0.02"}
	for _, query := range []string{"training health workers", "sustanability"} {
		l.search(t, query, most)
	}

	t.Run("without a query the lists are in sight, and nothing moves", func(t *testing.T) {
		r, root := l.open(t)
		r.do(chromedp.Navigate(root + "search/"))
		r.until("the lists are in sight", `document.querySelector("#needs").hidden && `+lists)
		r.until("nothing moved", "shift <= 0.02")
	})

	t.Run("a list is searched within, and a long filter narrowed", func(t *testing.T) {
		r, root := l.open(t)
		r.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(root+"organisations/thet/"))
		r.until("the list is there", `document.querySelectorAll(".cards > li").length > 5 && document.querySelector("form.within") !== null`)
		listed := r.number(`document.querySelectorAll(".cards > li").length`)
		r.eval(`document.querySelector("form.within").requestSubmit()`)
		r.until("the search has what the list has", fmt.Sprintf(`%s === %d && document.querySelector(".chosen a").textContent === document.querySelector(".filters input:checked").closest("label").children[1].textContent`, total, listed))
		r.until("the filters are open", `document.querySelector(".filters").open`)
		r.eval(`(() => {
			const find = document.querySelector(".filters input[type=search]");
			globalThis.group = find.closest("fieldset");
			find.value = "mala";
			find.dispatchEvent(new Event("input"));
		})()`)
		r.until("the filter is narrowed", `[...group.querySelectorAll("li:not(.other) label")].map((own) => own.children[1].textContent).join().startsWith("Malawi")`)
	})

	t.Run("old results are not the answer to new words", func(t *testing.T) {
		r, root := l.open(t)
		r.do(chromedp.Navigate(root + "search/?q=governance"))
		r.until("there are results", hits+" > 0")
		// A phrase of frequent words loads their positions, which takes so long that the page must show that it is working.
		r.eval(`globalThis.busy = 0, globalThis.wrong = 0`)
		r.eval(`document.querySelector("main input").value = '"health workers"'`)
		r.eval(`(() => {
			const found = document.querySelector(".found");
			new MutationObserver(() => { if (found.classList.contains("busy")) busy++; }).observe(found, { attributes: true });
			const look = () => {
				const shown = document.querySelector(".answer").checkVisibility({ visibilityProperty: true });
				const old = [...document.querySelectorAll(".cards mark")].some((m) => m.textContent.toLowerCase() === "governance");
				if (found.classList.contains("busy") && shown && old) wrong++;
				if (old) requestAnimationFrame(look);
			};
			document.querySelector("main form").requestSubmit();
			requestAnimationFrame(look);
		})()`)
		r.until("the new results are there", `[...document.querySelectorAll(".cards mark")].some((m) => m.textContent.toLowerCase() === "health")`)
		if busy, wrong := r.number("busy"), r.number("wrong"); busy == 0 || wrong > 0 {
			t.Errorf("the page showed that it is working %d times, and old results in %d frames", busy, wrong)
		}
	})

	t.Run("suggestions", l.suggest)
}

// suggest types in the search box of a page other than the search page.
func (l *lineTest) suggest(t *testing.T) {
	r, root := l.open(t)
	const (
		box     = `document.querySelector("header.site input")`
		options = `document.querySelectorAll("[role=option]").length`
		active  = `document.getElementById(` + box + `.getAttribute("aria-activedescendant"))`
	)
	l.take()
	r.do(chromedp.Navigate(root + "about/"))
	r.until("the script has run", box+`.hasAttribute("aria-keyshortcuts")`)
	r.until("the page is there", `document.readyState === "complete"`)
	for _, d := range l.take() {
		if strings.Contains(d.path, "suggest") || strings.Contains(d.path, "search") {
			t.Errorf("%s is loaded before the search box has the focus", d.path)
		}
	}
	r.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	r.until("the key leads to the box", `document.activeElement === `+box)
	r.do(chromedp.KeyEvent("ugan"))
	r.until("there are suggestions", options+` > 1 && `+box+`.ariaExpanded === "true"`)
	loaded := l.take()
	t.Logf("suggestions: %d bytes: %v", sum(loaded), loaded)
	if sum(loaded) > 8_500 {
		t.Errorf("the first suggestions load %d bytes, want at most 8.5 KB: %v", sum(loaded), loaded)
	}
	r.until("the box is a combobox", box+`.role === "combobox" && `+box+`.getAttribute("aria-controls") === document.querySelector("[role=listbox]").id`)
	r.until("their number is said", `document.querySelector("form [role=status]").textContent.endsWith(": " + `+options+`)`)
	r.do(chromedp.KeyEvent(kb.ArrowDown))
	r.until("the country comes first", active+`?.ariaSelected === "true" && `+active+`.textContent.startsWith("Uganda") && `+active+`.textContent.toLowerCase().includes("country")`)
	r.do(chromedp.KeyEvent(kb.ArrowUp))
	r.until("up leads back to the box", `!`+box+`.hasAttribute("aria-activedescendant")`)
	r.do(chromedp.KeyEvent(kb.Escape))
	r.until("escape closes the list and keeps the words", options+` === 0 && `+box+`.ariaExpanded === "false" && `+box+`.value === "ugan"`)
	r.do(chromedp.KeyEvent("da"))
	r.until("there are suggestions again", options+` > 1`)
	r.do(chromedp.KeyEvent(kb.ArrowDown))
	r.until("an option is active", active+`?.ariaSelected === "true"`)
	r.do(chromedp.KeyEvent(kb.Enter))
	r.until("enter leads to the page", `location.pathname === "/countries/uganda/"`)

	r.do(chromedp.Navigate(root + "about/"))
	r.until("the script has run", box+`.hasAttribute("aria-keyshortcuts")`)
	r.do(chromedp.Focus(chromedp.CSS("header.site input")), chromedp.KeyEvent("coverage"))
	r.until("a tool is offered", options+` > 0`)
	r.until("no option is wider than the window", `[...document.querySelectorAll("[role=option]")].every((o) => o.getBoundingClientRect().left >= 0 && o.getBoundingClientRect().right <= innerWidth)`)
	r.do(chromedp.Click(chromedp.CSS("[role=option]")))
	r.until("the pointer leads to it", `location.pathname === "/coverage/"`)

	r.do(chromedp.Navigate(root + "about/"))
	r.until("the script has run", box+`.hasAttribute("aria-keyshortcuts")`)
	r.do(chromedp.Focus(chromedp.CSS("header.site input")), chromedp.KeyEvent("zzyzxqq"+kb.Enter))
	r.until("words without suggestions are searched for", `location.pathname === "/search/" && location.search === "?q=zzyzxqq"`)
	r.until("the search page answers by itself", fmt.Sprintf(`%s === 0 && document.querySelector("[role=status]").textContent !== ""`, options))
}
