package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestSearchInABrowser searches a knowledge base, below a path, with a real browser as readers do.
func TestSearchInABrowser(t *testing.T) {
	ctx := startChrome(t, chromedp.Flag("disable-back-forward-cache", true)) // so that going back loads the page again
	site := filepath.Join(t.TempDir(), "site")
	succeeds(t, "build", "--source", "../../internal/pipeline/testdata/kb", "--output", site, "--quiet")
	files := http.StripPrefix("/kb/", http.FileServer(http.Dir(site)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	}))
	defer server.Close()
	root := server.URL + "/kb/"
	start := func(t *testing.T, address string) *reader {
		r := &reader{t, ctx}
		r.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(root+address))
		return r
	}

	t.Run("types, filters, follows a result, goes back", func(t *testing.T) {
		r := start(t, "search/")
		r.until("the page offers the lists", lists+` && document.querySelector("#needs").hidden`)
		r.do(chromedp.Focus(chromedp.CSS("main input")), chromedp.KeyEvent("governa"))
		r.until("there are results while the reader types", hits+` > 0 && location.search === "?q=governa"`)
		r.do(chromedp.KeyEvent("nce" + kb.Enter))
		r.until("the whole word is asked for", `location.search === "?q=governance"`)
		r.until("the words are marked", `[...document.querySelectorAll(".cards mark")].some((m) => m.textContent.toLowerCase() === "governance")`)
		r.until("the lists are gone", `document.querySelector("#browse").hidden`)

		all := r.number(total)
		r.until("the panel opens where there is room for it", `document.querySelector(".filters").open && document.querySelectorAll(".filters fieldset").length >= 5`)
		box := `[...document.querySelectorAll(".filters input[type=checkbox]")].find((box) => box.closest("details").open && !box.closest("li").hidden)`
		promised := r.number(`Number(` + box + `.closest("li").querySelector(".count").textContent)`)
		if promised >= all || promised == 0 {
			t.Fatalf("the count of the first filter is %d of %d results: choose another query for this test", promised, all)
		}
		r.eval(box + `.click()`)
		r.until("the filter is in the address", `new URLSearchParams(location.search).getAll("principle").length === 1`)
		r.until("there are as many results as the filter promised", fmt.Sprintf("%s === %d", total, promised))
		r.until("the filter chosen is shown", `document.querySelectorAll(".chosen a").length === 1`)
		asked := r.text("location.search")

		r.do(chromedp.Click(chromedp.CSS(".cards h2 a")))
		r.until("the result is a page of the site", `location.pathname.startsWith("/kb/") && !location.pathname.includes("/search/") && document.querySelector("h1") !== null`)
		r.eval("history.back()")
		r.until("the state is back", fmt.Sprintf(
			`location.search === %q && document.querySelector("main input").value === "governance" && %s === %d && document.querySelectorAll(".chosen a").length === 1`, asked, total, promised))
		r.eval("history.back()")
		r.until("the filter is off again", fmt.Sprintf(`location.search === "?q=governance" && %s === %d`, total, all))
	})

	t.Run("a key moves the focus to the search box", func(t *testing.T) {
		r := start(t, "challenges/")
		r.until("the script has run", `document.querySelector("header.site input").hasAttribute("aria-keyshortcuts")`)
		const hint = `getComputedStyle(document.querySelector("header.site kbd")).display`
		r.until("the empty box shows the key that leads to it", hint+` !== "none"`)
		r.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
		r.until("the key leads to the box", `document.activeElement === document.querySelector("header.site input")`)
		r.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl, chromedp.ModifierShift)), chromedp.KeyEvent("training"))
		r.until("the key makes room for the query", hint+` === "none"`)
		r.do(chromedp.KeyEvent(kb.Enter))
		r.until("there are results", hits+` > 0`)
		if got := r.text(`document.querySelector("main input").value`); got != "training" {
			t.Errorf("the search box contains %q, want only the typed text", got)
		}
		r.eval(`document.querySelector("main input").blur()`)
		r.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
		r.until("the key leads to the search page's box and selects the query", `document.activeElement.matches("main input") && document.activeElement.selectionEnd === 8 && document.activeElement.selectionStart === 0`)
	})

	t.Run("all by keyboard", func(t *testing.T) {
		r := start(t, "")
		r.tabTo("form.search input")
		r.do(chromedp.KeyEvent("training" + kb.Enter))
		r.until("the box leads to results", `location.pathname === "/kb/search/" && `+hits+` > 0`)
		all := r.number(total)
		r.until("the panel opens", `document.querySelector(".filters").open`)
		r.tabTo(".filters input[type=checkbox]")
		r.do(chromedp.KeyEvent(" "))
		r.until("the filter has fewer results", fmt.Sprintf(`document.querySelectorAll(".chosen a").length === 1 && %s < %d`, total, all))
		r.follow(".chosen a")
		r.until("the filter is removed, the count has the focus", fmt.Sprintf(`%s === %d && document.activeElement.matches("[role=status]")`, total, all))
		r.follow(`.pager [rel="next"]`)
		r.until("the second page", `location.search.includes("page=2") && document.querySelector(".pager [rel=prev]") !== null && `+hits+` > 0`)
		r.follow(".cards h2 a")
		r.until("the result opens", `!location.pathname.includes("/search/") && document.querySelector("h1") !== null`)
		r.eval("history.back()")
		r.until("back on the second page", `location.search.includes("page=2") && `+hits+` > 0`)
	})

	t.Run("going back restores the position in the results", func(t *testing.T) {
		r := start(t, "search/?q=training")
		r.do(chromedp.EmulateViewport(390, 400, chromedp.EmulateMobile))
		r.until("there are results", hits+` > 5`)
		r.eval(`globalThis.isFirst = true`)
		left := r.number(`(scrollTo(0, 700), Math.round(scrollY))`)
		r.eval(`document.querySelectorAll(".cards h2 a")[4].click()`)
		r.until("the result opens", `!location.pathname.includes("/search/") && document.querySelector("h1") !== null`)
		r.eval("history.back()")
		r.until("the results are loaded again", hits+` > 5 && !globalThis.isFirst`)
		r.until("they are where they were left", fmt.Sprintf(`%d > 300 && Math.abs(scrollY - %[1]d) < 3`, left))
	})

	t.Run("text stays text", func(t *testing.T) {
		hostile := `"><img src=x> governance support training`
		r := start(t, "search/?principle=%3Cimg+src%3Dx%3E&q="+"%22%3E%3Cimg+src%3Dx%3E+governance+support+training")
		r.until("the query is in the box", fmt.Sprintf(`document.querySelector("main input").value === %q`, hostile))
		r.until("nothing is found", `document.querySelector("[role=status]").textContent.startsWith("No results")`)
		r.until("the lists are offered", lists)
		r.until("the filter is shown as it is", `document.querySelector(".chosen a").textContent === "<img src=x>"`)
		r.until("it is said that there is no such filter", `document.querySelector("[role=status]").textContent.includes("There is no filter “<img src=x>”.")`)
		r.until("no image is made", `document.images.length === 0`)
		r.do(chromedp.Click(chromedp.CSS(".chosen a")))
		r.until("there are results without the filter", hits+` > 0 && document.images.length === 0`)
	})

	t.Run("loads nothing without a query", func(t *testing.T) {
		r := start(t, "search/?q=%3F%3F%22%22&country=")
		r.until("the lists are offered, and no filter", `document.readyState === "complete" && document.querySelector("#needs").hidden && !document.querySelector("#browse").hidden && document.querySelector(".chosen a") === null && `+hits+` === 0`)
	})

	t.Run("suggests other queries", func(t *testing.T) {
		r := start(t, "search/?q=comittee")
		r.until("a word is offered", `document.querySelector(".help a")?.textContent.includes("committee")`)
		r.do(chromedp.Click(chromedp.CSS(".help a")))
		r.until("the word is searched for", `location.search === "?q=committee" && `+hits+` > 0`)
		r.do(chromedp.Navigate(root + "search/?q=the+C%C3%B3mitt%C3%A9%C3%A9s"))
		r.until("only the word is replaced, with its accents", `document.querySelector(".help a")?.search === "?q=the+committees"`)
		r.do(chromedp.Navigate(root + "search/?q=comittees+comittee"))
		r.until("whole words are replaced", `document.querySelector(".help a")?.search === "?q=committees+committee"`)
		r.do(chromedp.Navigate(root + "search/?q=governance+zzyzxqq"))
		r.until("it says that nothing has all words", `document.querySelector("[role=status]").textContent.includes("have all 2 words") && `+hits+` > 0`)
		r.do(chromedp.Navigate(root + "search/?q=mal"))
		r.until("pages with names like it are offered", `document.querySelector(".help ul a")?.textContent === "Malawi" && `+hits+` === 0`)
	})

	t.Run("reports an unknown filter", func(t *testing.T) {
		r := start(t, "search/?q=training&country=uganda&country=atlantis")
		r.until("it is said beside the results", `document.querySelector("[role=status]").textContent.includes("There is no filter “atlantis”.") && `+hits+` > 0`)
		r.do(chromedp.Click(chromedp.CSS(".help a")))
		r.until("it can be removed", `location.search === "?q=training&country=uganda" && document.querySelector(".help a") === null && `+hits+` > 0`)
	})

	t.Run("reports a network failure", func(t *testing.T) {
		shards, err := filepath.Glob(filepath.Join(site, "search", "root.bin"))
		if err != nil || len(shards) == 0 {
			t.Fatal("there are no shards", err)
		}
		away := t.TempDir()
		move(t, shards, away)
		r := start(t, "search/?q=governance")
		r.until("the error and a button", `document.querySelector("[role=status]").textContent.includes("could not be loaded") && document.querySelector(".help button") !== null`)
		back, err := filepath.Glob(filepath.Join(away, "*.bin"))
		if err != nil {
			t.Fatal(err)
		}
		move(t, back, filepath.Join(site, "search"))
		r.do(chromedp.Click(chromedp.CSS(".help button")))
		r.until("results after another try", hits+` > 0 && document.querySelector(".help button") === null`)
	})

	t.Run("an old browser gets links to the lists", func(t *testing.T) {
		r := start(t, "about/")
		r.do(call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "delete globalThis.DecompressionStream"}),
			chromedp.Navigate(root+"search/?q=governance"))
		r.until("the note and the lists are there", `document.readyState === "complete" && !document.querySelector("#needs").hidden && document.querySelector("#found").hidden && document.querySelector("#browse a[href='../cases/a-z/']") !== null`)
	})
}

// JavaScript expressions for parts of the search page.
const (
	lists = `(document.querySelector("#browse").checkVisibility({ visibilityProperty: true }) && document.querySelector("#browse").getBoundingClientRect().bottom < innerHeight)`
	hits  = `document.querySelectorAll(".cards h2 a").length`
	total = `(parseInt(document.querySelector("[role=status] p")?.textContent.replace(/,/g, "")) || 0)`
)

// findChrome returns the browser that CHROME_PATH names, or one on PATH. It skips the test if there is none, and fails in CI.
func findChrome(t *testing.T) string {
	t.Helper()
	switch {
	case testing.Short():
		t.Skip("needs a browser")
	case raceDetector:
		t.Skip("the race detector does not check a browser")
	}
	for _, name := range []string{os.Getenv("CHROME_PATH"), "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	skipWithout(t, "Chromium: install one or set CHROME_PATH")
	return ""
}

// startChrome starts a browser, and returns the context of its first tab. The browser ends
// with the test.
func startChrome(t *testing.T, options ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	options = slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{chromedp.ExecPath(findChrome(t)), chromedp.NoSandbox}, options)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil { // starts the browser, which lives as long as this context
		t.Fatal(err)
	}
	return ctx
}

func move(t *testing.T, files []string, dir string) {
	t.Helper()
	for _, file := range files {
		if err := os.Rename(file, filepath.Join(dir, filepath.Base(file))); err != nil {
			t.Fatal(err)
		}
	}
}

// reader is a reader with a browser.
type reader struct {
	t   *testing.T
	ctx context.Context
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	ctx, stop := context.WithTimeout(r.ctx, 2*time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.t.Fatal(err)
	}
}

// until waits until a condition in JavaScript is true.
func (r *reader) until(what, condition string) {
	r.t.Helper()
	var last error
	wait := 5 * time.Millisecond // longer each time, because asking takes processor time
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(wait) {
		wait = min(wait*3/2, 150*time.Millisecond)
		var ok bool
		// Between two pages, evaluating returns an error.
		if ok, last = chromedp.Run(r.ctx, chromedp.Evaluate[bool]("!!("+condition+")")); ok {
			return
		}
	}
	r.t.Fatalf("never true: %s (%v); the page at %s shows:\n%s", what, last, r.text("location.href"), r.text(`document.querySelector("main").innerText`))
}

func (r *reader) eval(script string) {
	r.t.Helper()
	r.text("String(" + script + ")")
}

func (r *reader) text(expression string) string {
	r.t.Helper()
	value, err := chromedp.Run(r.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func (r *reader) number(expression string) int {
	r.t.Helper()
	value, err := chromedp.Run(r.ctx, chromedp.Evaluate[int](expression))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// follow presses Enter on an element that matches the selector.
func (r *reader) follow(selector string) {
	r.t.Helper()
	r.tabTo(selector)
	r.do(chromedp.KeyEvent(kb.Enter))
}

// tabTo presses the Tab key until an element that matches the selector has the focus.
func (r *reader) tabTo(selector string) {
	r.t.Helper()
	r.until("the page is loaded", `document.readyState === "complete"`) // its address changes earlier
	for range 150 {
		r.do(chromedp.KeyEvent(kb.Tab))
		if r.text(fmt.Sprintf("String(document.activeElement.matches(%q))", selector)) == "true" {
			return
		}
	}
	r.t.Fatalf("the Tab key does not reach %s", selector)
}
