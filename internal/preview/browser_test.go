package preview_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"casebook/internal/preview"
	"casebook/internal/problem"
)

// chromium starts the browser that CHROME_PATH names or that is on PATH, for all
// subtests of t.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a browser")
	}
	path := os.Getenv("CHROME_PATH")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome", "headless-shell"} {
		if found, err := exec.LookPath(name); path == "" && err == nil {
			path = found
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium on PATH nor in CHROME_PATH, and CI needs one")
		}
		t.Skip("no Chromium on PATH nor in CHROME_PATH")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // for containers that run tests as root; the pages are safe
	)
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	browser, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return browser
}

// tab is one page of the browser.
type tab struct {
	context.Context
	t *testing.T

	mu    sync.Mutex
	wrong []string // uncaught exceptions, and violations of the security policy
}

func open(t *testing.T, browser context.Context, url string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	opened := &tab{Context: ctx, t: t}
	err := chromedp.Listen(ctx, func(event any) {
		opened.mu.Lock()
		defer opened.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			opened.wrong = append(opened.wrong, fmt.Sprint(e.ExceptionDetails.Text, " at ", e.ExceptionDetails.URL, ":", e.ExceptionDetails.LineNumber+1))
		case *log.EventEntryAdded:
			if e.Entry.Source == log.EntrySourceSecurity || strings.Contains(e.Entry.Text, "Content Security Policy") {
				opened.wrong = append(opened.wrong, e.Entry.Text)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	opened.do(chromedp.Navigate(url))
	return opened
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// eval runs JavaScript and returns its value as text.
func (p *tab) eval(script string) string {
	p.t.Helper()
	got, err := chromedp.Run(p, chromedp.Evaluate[any](script))
	if err != nil {
		p.t.Fatalf("%s: %v", script, err)
	}
	return fmt.Sprint(got)
}

// reload reloads the page and waits until the old one is gone, so that no later call
// reads the old page.
func (p *tab) reload() {
	p.t.Helper()
	p.eval(`window.old = true; location.reload()`)
	p.until(`typeof window.old + document.readyState`, "undefinedcomplete")
}

// until waits until JavaScript returns the value, also while the page loads again.
func (p *tab) until(script, want string) {
	p.t.Helper()
	got := ""
	wait := 5 * time.Millisecond // longer each time, because asking takes processor time
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(wait) {
		wait = min(wait*3/2, 150*time.Millisecond)
		// Between two pages, no page can run the script.
		if value, err := chromedp.Run(p, chromedp.Evaluate[any](script)); err == nil {
			if got = fmt.Sprint(value); got == want {
				return
			}
		}
	}
	p.t.Fatalf("%s is %q, want %q", script, got, want)
}

func (p *tab) nothingWrong() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.wrong) > 0 {
		p.t.Errorf("in the browser: %s", strings.Join(p.wrong, "; "))
	}
}

const (
	title  = `document.querySelector("h1")?.textContent`
	shadow = `document.querySelector("#casebook-overlay")?.shadowRoot`
	dialog = shadow + `?.querySelector("dialog")`
)

// named returns a site of two pages with its name as their title.
func named(name string) site {
	return site{"index.html": page(name, ""), "cases/x/index.html": page(name, "")}
}

// long returns a site with pages long enough to scroll.
func long(name, colour string) site {
	sheet := fmt.Sprintf("assets/site.%016x.css", len(name)+1000*len(colour))
	text := strings.Replace(page(name, strings.Repeat("<p>line</p>", 300)), "</head>", `<link rel="stylesheet" href="/`+sheet+`"></head>`, 1)
	return site{
		"index.html":         text,
		"cases/x/index.html": text,
		sheet:                "html { scroll-behavior: smooth } body { color: " + colour + " }",
	}
}

func TestInTheBrowser(t *testing.T) {
	t.Parallel()
	browser := chromium(t)

	t.Run("other origins read nothing", func(t *testing.T) { checkOtherOrigins(t, browser) })

	t.Run("a new site is loaded and the scroll position kept", func(t *testing.T) {
		t.Parallel()
		r := start(t, preview.Options{})
		r.Show(long("one", "red"), preview.Change{})
		p := open(t, browser, r.url("/"))
		p.eval(`scrollTo({top: 1234, behavior: "instant"})`)
		p.until(`scrollY`, "1234")
		for _, name := range []string{"two", "three", "four"} {
			r.Show(long(name, "red"), preview.Change{})
			p.until(title, name)
			p.until(`scrollY`, "1234")
		}
		p.eval(`location.assign("/cases/x/")`)
		p.until(`location.pathname + scrollY`, "/cases/x/0")
		p.nothingWrong()
	})

	t.Run("a stylesheet is swapped without loading the page", func(t *testing.T) {
		t.Parallel()
		r := start(t, preview.Options{})
		r.Show(long("one", "red"), preview.Change{})
		p := open(t, browser, r.url("/"))
		p.eval(`window.kept = "kept"; scrollTo({top: 1234, behavior: "instant"})`)
		for _, colour := range []string{"black", "yellow"} {
			r.Show(long("one", colour), preview.Change{Effect: preview.Restyle})
			rgb := map[string]string{"black": "rgb(0, 0, 0)", "yellow": "rgb(255, 255, 0)"}[colour]
			p.until(`getComputedStyle(document.body).color`, rgb)
			p.until(`document.querySelectorAll("link[rel=stylesheet]").length + window.kept + scrollY`, "1kept1234")
		}
		r.Show(long("one", "yellow"), preview.Change{Effect: preview.Stay})
		r.Show(long("one", "red"), preview.Change{Effect: preview.Restyle})
		p.until(`getComputedStyle(document.body).color + window.kept`, "rgb(255, 0, 0)kept")
		// With one more stylesheet, the page must load again: only it knows where the element is.
		more := long("one", "black")
		more["index.html"] = strings.Replace(more["index.html"], "</head>", `<link rel="stylesheet" href="/more.css"></head>`, 1)
		more["more.css"] = "body { color: rgb(4, 5, 6) }"
		r.Show(more, preview.Change{Effect: preview.Restyle})
		p.until(`getComputedStyle(document.body).color + window.kept`, "rgb(4, 5, 6)undefined")
		p.nothingWrong()
	})

	t.Run("the page of the file just saved is gone to when asked", func(t *testing.T) {
		t.Parallel()
		r := start(t, preview.Options{BasePath: "/kb/"})
		r.Show(named("one"), preview.Change{})
		p := open(t, browser, r.url("/kb/"))
		r.Show(named("two"), preview.Change{Page: "cases/x/"})
		p.until(`location.pathname + `+title, "/kb/cases/x/two")
		p.eval(`location.assign("/kb/")`) // the reader can leave the page
		p.until(`location.pathname + `+title, "/kb/two")
		r.Show(named("three"), preview.Change{})
		p.until(`location.pathname + `+title, "/kb/three")
		p.nothingWrong()
	})

	t.Run("the overlay comes, shows every problem as text, and goes", func(t *testing.T) {
		t.Parallel()
		const hostile = `</script><img src=x onerror="window.executed=1"><svg onload="window.executed=1"></svg>{{7*7}}`
		r := start(t, preview.Options{})
		r.Show(small(), preview.Change{})
		p := open(t, browser, r.url("/cases/x/"))
		fail := func() {
			r.Fail([]problem.Problem{
				{File: "content/cases/" + hostile, Line: 2, Column: 3, Message: hostile, Hint: hostile},
				{File: "content/cases/y.md", Line: 2, Column: 8, Message: `"Ugunda" is not a country`, Hint: "did you mean Uganda?"},
				{File: "content/cases/z.md", Severity: problem.Warning, Message: "new", Hint: "check it"},
			}, func(path string) ([]byte, error) {
				return []byte("---\n病院\tUgunda " + hostile + "\n---\n"), nil
			})
		}
		fail()
		p.until(dialog+`?.open`, "true")
		p.until(dialog+`.matches(":modal")`, "true")
		text := p.eval(dialog + `.innerText`)
		for _, want := range []string{
			"3 problems", "content/cases/" + hostile + ":2:3", "content/cases/y.md:2:8", `"Ugunda" is not a country`, "did you mean Uganda?",
			"content/cases/z.md", "check it", "病院", "The page behind",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("the overlay does not contain %q:\n%s", want, text)
			}
		}
		if got := p.eval(dialog + `.querySelectorAll("img, svg, script").length + " " + window.executed`); got != "0 undefined" {
			t.Errorf("text became markup: %s", got)
		}
		// The caret is below the character at the column, also after tabs and wide
		// characters.
		p.until(`(() => {
			const pre = `+dialog+`.querySelectorAll("pre")[1], line = pre.querySelector(".marked").firstChild, caret = pre.querySelector(".caret").lastChild;
			const at = (node, from) => { const r = document.createRange(); r.setStart(node, from); r.setEnd(node, from + 1); return r.getBoundingClientRect() };
			const below = at(line, line.data.indexOf("| ") + 2 + 7), mark = at(caret, 0);
			return Math.abs(below.left - mark.left) < 1 && mark.top >= below.bottom - 1 && below.width > 0;
		})()`, "true")
		// With only the keyboard: Escape hides the overlay, the button shows it again.
		p.do(chromedp.KeyEvent(kb.Escape))
		p.until(dialog+`.open`, "false")
		p.until(shadow+`.querySelector(".reopen").checkVisibility() + `+shadow+`.querySelector(".reopen").textContent`, "trueShow 3 problems")
		p.reload()
		p.until(shadow+`?.querySelector(".reopen").hidden + " " + `+dialog+`.open`, "false false") // still hidden
		p.eval(shadow + `.querySelector(".reopen").focus()`)
		p.do(chromedp.KeyEvent(kb.Enter))
		p.until(dialog+`.open`, "true")
		p.until(shadow+`.activeElement?.textContent`, "Close")
		p.do(chromedp.KeyEvent(kb.Enter))
		p.until(dialog+`.open`, "false")
		fail() // a new failure shows the overlay again
		p.until(dialog+`.open`, "true")
		p.eval(`window.kept = "kept"`)
		r.Show(small(), preview.Change{Effect: preview.Stay})
		p.until(dialog+`.open`, "false")
		p.until(shadow+`.querySelector(".reopen").hidden + window.kept`, "truekept")
		fail()
		p.until(dialog+`.open`, "true")
		r.Show(small(), preview.Change{})
		p.until(`typeof window.kept + `+shadow, "undefinedundefined")
		p.nothingWrong()
	})

	t.Run("a first build that failed reloads when the fault is fixed", func(t *testing.T) {
		t.Parallel()
		r := start(t, preview.Options{})
		p := open(t, browser, r.url("/cases/x/"))
		p.until(title, "The first build is under way")
		r.Fail([]problem.Problem{{File: "content/site.yaml", Message: "there is no site.yaml"}}, nil)
		p.until(dialog+`?.innerText.includes("there is no site.yaml")`, "true")
		p.reload()
		p.until(title, "The site cannot be built yet")
		p.until(dialog+`?.innerText.includes("there is no site.yaml")`, "true")
		r.Show(small(), preview.Change{Effect: preview.Restyle})
		p.until(title, "Case X")
		p.nothingWrong()
	})

	t.Run("a server that is started again is found", func(t *testing.T) {
		t.Parallel()
		r := start(t, preview.Options{})
		r.Show(long("one", "red"), preview.Change{})
		p := open(t, browser, r.url("/"))
		p.until(title, "one")
		r.stop()
		l, err := preview.Listen("127.0.0.1", port(r.addr), preview.GiveUp)
		if err != nil {
			t.Fatal(err)
		}
		again := serve(t, preview.New(preview.Options{}), l)
		again.Show(long("two", "red"), preview.Change{})
		p.until(title, "two")
	})

	t.Run("a tab that is not seen lets go of its stream and catches up", func(t *testing.T) {
		t.Parallel()
		r := start(t, preview.Options{})
		r.Show(long("one", "red"), preview.Change{})
		p := open(t, browser, r.url("/"))
		see := func(state string) {
			p.eval(`Object.defineProperty(document, "visibilityState", {value: "` + state + `", configurable: true}); document.dispatchEvent(new Event("visibilitychange"))`)
		}
		see("hidden")
		for deadline := time.Now().Add(time.Minute); r.Clients() > 0; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("a hidden tab does not close its stream")
			}
		}
		r.Show(long("two", "red"), preview.Change{})
		other := open(t, browser, r.url("/"))
		r.Show(long("three", "red"), preview.Change{})
		other.until(title, "three") // by now, the first tab would also have changed
		if got := p.eval(title); got != "one" {
			t.Errorf("the hidden tab shows %q", got)
		}
		see("visible")
		p.until(title, "three")
	})
}

func port(addr string) int {
	var n int
	if _, err := fmt.Sscanf(addr, "127.0.0.1:%d", &n); err != nil {
		panic(err)
	}
	return n
}
