package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var screenshots = flag.String("screenshots", "", "write pictures of every kind of page to this `folder`, for people to look at")

// The sites whose pages are tested: one like a real knowledge base, and a small one that
// has each feature once.
var lookedAt = []struct{ name, source string }{
	{"kb", "../../internal/pipeline/testdata/kb"},
	{"small", "../../internal/pipeline/testdata/golden/input"},
}

// visitor is a reader who visits the built sites with a browser.
type visitor struct {
	reader
	folder string   // of the built sites
	root   string   // URL that ends in "/"
	pages  []string // one of each kind, such as "kb/cases/x/"
}

// visit builds and serves the sites and opens a tab.
func visit(t *testing.T) *visitor {
	t.Helper()
	ctx := startChrome(t)
	folder := t.TempDir()
	var pages []string
	for _, site := range lookedAt {
		succeeds(t, "build", "--source", site.source, "--output", filepath.Join(folder, site.name), "--base-url", "https://host.example/"+site.name+"/", "--quiet")
		pages = append(pages, onePerKind(t, folder, site.name)...)
	}
	server := httptest.NewServer(holdRedirects(folder))
	t.Cleanup(server.Close)
	return &visitor{reader{t, ctx}, folder, server.URL + "/", pages}
}

// run runs a subtest with the same browser.
func (l *visitor) run(name string, test func(l *visitor)) {
	l.t.Helper()
	l.t.Run(name, func(t *testing.T) { test(&visitor{reader{t, l.ctx}, l.folder, l.root, l.pages}) })
}

var refresh = regexp.MustCompile(`<meta http-equiv="refresh"[^>]*>`)

// holdRedirects serves the files. A redirect page requested with "?stay" does not
// redirect, so that it can be tested.
func holdRedirects(folder string) http.Handler {
	files := http.FileServer(http.Dir(folder))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "stay" {
			data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path.Clean(r.URL.Path)), "index.html"))
			if err == nil {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = w.Write(refresh.ReplaceAll(data, nil))
				return
			}
		}
		files.ServeHTTP(w, r)
	})
}

// onePerKind returns the longest page of each kind of a site. The folders tell the kind, so
// that a new kind of page is included.
func onePerKind(t *testing.T, folder, site string) []string {
	t.Helper()
	longest := map[string]string{}
	size := map[string]int{}
	err := fs.WalkDir(os.DirFS(folder), site, func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		address, kind := strings.TrimSuffix(name, "index.html"), kindOf(strings.TrimPrefix(name, site+"/"), data)
		if refresh.Match(data) {
			address, kind = address+"?stay", "redirect"
		}
		if len(data) > size[kind] {
			longest[kind], size[kind] = address, len(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, address := range longest {
		pages = append(pages, address)
	}
	slices.Sort(pages)
	return pages
}

var (
	kicker   = regexp.MustCompile(`<p class="kicker">([A-Z][a-z]+)`)
	takenOff = regexp.MustCompile(`<p class="notice">`)
)

// kindOf returns the kind of the page in a file, such as "cases/*/" or
// "principles/*/in/*/". Case studies are of different kinds, and may be withdrawn.
func kindOf(name string, data []byte) string {
	parts := strings.Split(strings.TrimSuffix(name, "index.html"), "/")
	for i := range parts {
		if i > 0 && parts[i] != "" && !slices.Contains([]string{"in", "page", "a-z"}, parts[i]) {
			parts[i] = "*"
		}
	}
	kind := strings.Join(parts, "/")
	if kind == "cases/*/" {
		if m := kicker.FindSubmatch(data); m != nil {
			kind += string(m[1])
		} else {
			kind += string(takenOff.Find(data))
		}
	}
	return kind
}

// look is a size of the window and settings of the browser.
type look struct {
	name          string
	width, height int64
	scale         float64
	features      []*emulation.MediaFeature
}

func feature(name, value string) *emulation.MediaFeature {
	return &emulation.MediaFeature{Name: name, Value: value}
}

var (
	phone   = look{"phone", 390, 844, 1, nil}
	desktop = look{"desktop", 1280, 900, 1, nil}
	narrow  = look{"narrow", 320, 640, 1, nil}
	zoomed  = look{"zoomed", 640, 450, 2, nil} // a desktop at 200 %
)

func (l look) dark() look {
	l.name += "-dark"
	l.features = append(slices.Clone(l.features), feature("prefers-color-scheme", "dark"))
	return l
}

// see sets the window size and settings of the browser.
func (l *visitor) see(how look) {
	l.t.Helper()
	l.do(chromedp.EmulateViewport(how.width, how.height, chromedp.EmulateScale(how.scale)),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: how.features}))
}

// call returns an action that sends a command of the browser's protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, command, params)
		return err
	})
}

// open opens a page and waits until it no longer changes.
func (l *visitor) open(address string) {
	l.t.Helper()
	l.do(chromedp.Navigate(l.root + address))
	l.await(`document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done("")))))`)
}

// await returns the text of a JavaScript promise.
func (l *visitor) await(promise string) string {
	l.t.Helper()
	ctx, stop := context.WithTimeout(l.ctx, time.Minute)
	defer stop()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](promise, chromedp.EvalAwaitPromise))
	if err != nil {
		l.t.Fatalf("%s: %v", promise, err)
	}
	return text
}

// shifted returns the elements that shifted while the page was loading, as defined at
// https://web.dev/articles/cls.
const shifted = `new Promise((done) => {
	const moved = [];
	new PerformanceObserver((list) => {
		for (const e of list.getEntries()) moved.push(e.value.toFixed(4), ...e.sources.map((s) => s.previousRect.top + " to " + s.currentRect.top + ": " + (s.node?.outerHTML?.slice(0, 90) ?? s.node?.textContent)));
	}).observe({type: "layout-shift", buffered: true});
	requestAnimationFrame(() => setTimeout(() => done(moved.join("\n")), 0));
})`

// blocking returns the files that the browser had to load before it could show anything.
const blocking = `JSON.stringify([location.pathname, ...performance.getEntriesByType("resource").filter((e) => e.renderBlockingStatus === "blocking").map((e) => e.name)])`

// sideways returns the elements that are wider than the window, except those that scroll
// in their own box.
const sideways = `document.documentElement.scrollWidth <= innerWidth ? "" :
	[...document.querySelectorAll("main *")].filter((e) => (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1) && !e.closest(".table, pre"))
		.map((e) => e.outerHTML.slice(0, 90)).slice(0, 3).join("\n") || "something"`

// fewPages are the pages that are tested without the tag sweep, which tests one of each kind.
var fewPages = []string{"kb/", "kb/cases/governance-in-dodoma-and-london/", "kb/principles/organised-and-accountable/", resultsPage, "kb/contribute/form/", "small/cases/shared-ward/"}

// resultsPage is a search page with results.
const resultsPage = "kb/search/?q=partnership"

// TestSiteInABrowser checks the pages of the sites, which are built once, with one browser.
func TestSiteInABrowser(t *testing.T) {
	v := visit(t)
	v.run("pages", func(l *visitor) { l.checkPages(fewPages, narrow.dark()) })
	v.run("first screens", func(l *visitor) { l.checkFirstScreens(6) })
	v.run("journeys", (*visitor).travel)
}

// checkPages checks pages with each look: the layout does not shift, at most two requests
// block the page, it does not scroll sideways, also from right to left, and axe-core finds
// nothing, from the file that CASEBOOK_AXE names.
func (l *visitor) checkPages(pages []string, looks ...look) {
	for _, how := range looks {
		l.see(how)
		for _, address := range pages {
			l.run(how.name+"/"+address, func(l *visitor) {
				l.open(address)
				if moved := l.await(shifted); moved != "" {
					l.t.Errorf("elements shift while the page loads:\n%s", moved)
				}
				var loaded []string
				if err := json.Unmarshal([]byte(l.text(blocking)), &loaded); err != nil {
					l.t.Fatal(err)
				}
				if len(loaded) > 2 {
					l.t.Errorf("%d requests block the page, want at most 2: %q", len(loaded), loaded)
				}
				if address == resultsPage {
					l.until("there are results", hits+" > 0")
					l.eval(`document.querySelector(".filters").open = true`)
					l.until("there are filters", `document.querySelectorAll(".filters fieldset").length > 0`)
				}
				for _, direction := range []string{"rtl", "ltr"} {
					l.eval(`document.documentElement.dir = "` + direction + `"`)
					if wide := l.text(sideways); wide != "" {
						l.t.Errorf("with the direction %s, the page scrolls sideways because of\n%s", direction, wide)
					}
				}
				l.text(read(l.t, outsideFile(l.t, "CASEBOOK_AXE", "axe.min.js")) + `; ""`)
				found := l.await(`axe.run({rules: {"target-size": {enabled: true}}}).then((r) => JSON.stringify(r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + v.help + "\n  " + n.html + "\n  " + n.failureSummary))))`)
				var violations []string
				if err := json.Unmarshal([]byte(found), &violations); err != nil {
					l.t.Fatal(err)
				}
				for _, v := range violations {
					l.t.Error(v)
				}
			})
		}
	}
}

// travel uses the site as readers do, only with the keyboard.
func (v *visitor) travel() {
	v.see(desktop)

	v.run("from a problem to the next principle", func(l *visitor) {
		l.open("kb/")
		l.follow(`.thread li:nth-child(5) a`)
		l.until("the principle opens", `location.pathname === "/kb/principles/organised-and-accountable/"`)
		l.follow(`.facts .terms a`)
		l.until("the sign opens", `location.pathname === "/kb/principles/organised-and-accountable/stable-governance/"`)
		for what, selector := range map[string]string{
			"the question": ".question", "its principle": ".title .of a[href$='/organised-and-accountable/']", "what places it there": ".title .note", "its examples": "#examples ~ .cards a", "a resource and why": ".resources p:last-child",
		} {
			l.until(what+" is there", fmt.Sprintf(`document.querySelector(%q)?.textContent`, selector))
		}
		l.follow(`.facts .of a`)
		l.until("the next principle opens", `location.pathname === "/kb/principles/responsible/"`)
		l.follow(`.principles li:nth-child(8) a`)
		l.until("any principle is one step away", `location.pathname === "/kb/principles/committed-to-joint-learning/"`)
	})

	v.run("the home page begins with its purpose, a search and problems", func(l *visitor) {
		l.open("kb/")
		l.until("all of them are on the first screen of a desktop", `[...document.querySelectorAll("main h1, main input, #problems, .problems li")].every((e) => e.getBoundingClientRect().bottom < innerHeight) && document.querySelectorAll(".problems li").length === 8`)
	})

	v.run("skips", func(l *visitor) {
		l.open("kb/cases/governance-in-dodoma-and-london/")
		l.press(kb.Tab)
		l.until("the first stop skips to the content, and shows", `document.activeElement.matches(".skip[href='#main']") && document.activeElement.getBoundingClientRect().left >= 0`)
		l.press(kb.Enter)
		l.press(kb.Tab)
		l.until("what follows is in the content", `document.activeElement.closest("main") !== null`)
		l.open("kb/cases/governance-in-dodoma-and-london/")
		l.press(kb.Tab)
		l.press(kb.Tab)
		l.press(kb.Enter)
		l.press(kb.Tab)
		l.until("the second leads to the principles", `document.activeElement.closest(".principles") !== null`)
	})

	v.run("the focus is always visible", func(l *visitor) {
		for _, address := range []string{"kb/", "kb/cases/health-partnership-scheme/", "kb/search/", "small/cases/shared-ward/"} {
			l.open(address)
			last, stops := "", 0
			for range 60 {
				l.press(kb.Tab)
				var stop struct {
					Text    string
					Outline float64
					Inside  bool
				}
				if err := json.Unmarshal([]byte(l.text(focused)), &stop); err != nil {
					l.t.Fatal(err)
				}
				if stop.Text == "" {
					break
				}
				if stop.Outline < 2 || !stop.Inside {
					l.t.Errorf("%s: the focus on %s is not visible (after %s)", address, stop.Text, last)
				}
				last = stop.Text
				stops++
			}
			if stops < 8 {
				l.t.Errorf("%s: the Tab key reaches only %d elements", address, stops)
			}
		}
	})

	v.run("contents follow the reader", func(l *visitor) {
		l.open("kb/cases/governance-in-dodoma-and-london/")
		l.follow(`.contents li:nth-child(3) a`)
		l.until("the part is reached and marked", `location.hash !== "" && document.querySelector(".contents [aria-current]") === document.querySelector(".contents li:nth-child(3) a")`)
		l.eval(`scrollTo(0, 0)`)
		l.until("no part is marked at the top", `document.querySelector(".contents [aria-current]") === null`)
		l.eval(`scrollTo(0, 1e6)`)
		l.until("the last part is marked at the end", `document.querySelector(".contents [aria-current]") === document.querySelector(".contents li:last-child a")`)
		l.follow(`h2#cite > .anchor`)
		l.until("a heading is a link to itself, named by its words alone", `location.hash === "#cite" && document.querySelector("h2#cite").textContent === "How to cite this page"`)
	})

	v.run("copies a citation", func(l *visitor) {
		l.open("kb/cases/governance-in-dodoma-and-london/")
		l.eval(`globalThis.copied = [], navigator.clipboard.writeText = async (text) => { copied.push(text); }`)
		l.follow(`.cite > button`)
		l.until("the text is copied, and that is said", `copied[0]?.startsWith("Governance in Dodoma and London. Casebook; 2026.") && document.querySelector(".cite > [role=status]").textContent === "Copied"`)
		l.follow(`.cite summary`)
		l.follow(`.cite details button`)
		l.until("the entry is copied", `copied[1]?.startsWith("@techreport{governance-in-dodoma-and-london,") && copied[1].includes("title = {{Governance in Dodoma and London}}")`)
	})

	v.run("lists the pages that were read, and clears the list", func(l *visitor) {
		l.open("kb/")
		l.eval(`localStorage.clear()`)
		l.open("kb/")
		l.until("nothing was read", `getComputedStyle(document.querySelector("#read")).visibility === "hidden"`)
		l.open("kb/cases/confused-roles/")
		l.open("kb/cases/governance-in-dodoma-and-london/")
		l.open("kb/")
		l.until("both are listed, the last first", `[...document.querySelectorAll("#read li")].map((li) => li.textContent).join() === "Governance in Dodoma and London,Confused roles"`)
		if moved := l.await(shifted); moved != "" {
			l.t.Errorf("the list shifts elements:\n%s", moved)
		}
		l.open("small/")
		l.until("another site does not list them", `getComputedStyle(document.querySelector("#read")).visibility === "hidden"`)
		l.open("kb/")
		l.follow(`#read summary`)
		l.follow(`#read button`)
		l.until("it is gone", `getComputedStyle(document.querySelector("#read")).visibility === "hidden" && localStorage.length === 0`)
	})

	v.run("writes a case study in the form", formJourney)
	v.run("the form and the program agree", formAgreement)

	v.run("the site works without scripts", func(l *visitor) {
		l.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
		defer l.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false}))
		l.do(chromedp.Navigate(l.root + "kb/cases/governance-in-dodoma-and-london/"))
		if got := l.number(`[...document.querySelectorAll("button:not(form.search button), [role=status], .anchor")].filter((e) => e.checkVisibility()).length`); got != 0 {
			l.t.Errorf("%d elements that need a script are visible", got)
		}
		l.follow(`.contents li:nth-child(3) a`)
		l.until("links lead on", `location.hash !== ""`)
	})

	v.run("follows the reader's settings of motion and colours", func(l *visitor) {
		l.see(look{"", 1280, 900, 1, []*emulation.MediaFeature{feature("prefers-reduced-motion", "reduce")}})
		l.open("kb/cases/governance-in-dodoma-and-london/")
		l.until("nothing moves by itself", `getComputedStyle(document.documentElement).scrollBehavior === "auto" && document.getAnimations().length === 0`)
		l.see(look{"", 1280, 900, 1, []*emulation.MediaFeature{feature("forced-colors", "active")}})
		l.open("kb/principles/organised-and-accountable/")
		l.until("the knots keep their rings, the strands their lines", `matchMedia("(forced-colors: active)").matches &&
			parseFloat(getComputedStyle(document.querySelector(".great")).borderTopWidth) > 0 &&
			parseFloat(getComputedStyle(document.querySelector(".question"), "::before").borderLeftWidth) > 0`)
		l.press(kb.Tab)
		l.press(kb.Tab)
		l.press(kb.Tab)
		l.until("the focus is drawn", `parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2`)
		l.see(desktop)
	})
}

// focused returns how the element with the focus is shown.
const focused = `(() => {
	const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
	return JSON.stringify({
		text: e === document.body ? "" : e.outerHTML.slice(0, 80),
		outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
		inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
	});
})()`

func (l *visitor) press(key string) {
	l.t.Helper()
	l.do(chromedp.KeyEvent(key))
}

// TestScreenshots writes a picture of each kind of page for manual review:
// go test ./cmd/casebook -run Screenshots -screenshots some/folder
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("-screenshots does not name a folder")
	}
	v := visit(t)
	forced, paper, rightToLeft := desktop, desktop, desktop
	rightToLeft.name = "right-to-left"
	forced.name, forced.features = "forced", []*emulation.MediaFeature{feature("forced-colors", "active")}
	paper.name, paper.width, paper.height = "paper", 720, 1020
	for _, how := range []look{phone, phone.dark(), desktop, desktop.dark(), narrow, rightToLeft, forced, paper} {
		v.see(how)
		if how.name == paper.name {
			v.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
		}
		folder := filepath.Join(*screenshots, how.name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, address := range v.pages {
			v.open(address)
			if how.name == rightToLeft.name {
				v.eval(`document.documentElement.dir = "rtl"`)
			}
			picture, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			name := strings.NewReplacer("/", "_", "?stay", "").Replace(strings.TrimSuffix(address, "/")) + ".png"
			if err := os.WriteFile(filepath.Join(folder, name), picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
