package preview_test

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/preview"
)

func TestPaths(t *testing.T) {
	for _, base := range []string{"", "/", "/kb/", "kb", "/a/b"} {
		r := start(t, preview.Options{BasePath: base})
		r.Show(small(), preview.Change{})
		root := "/" + strings.Trim(base, "/")
		if root != "/" {
			root += "/"
		}
		type test struct {
			path     string
			status   int
			contains string // a part of the body, or the address of a redirect
		}
		tests := []test{
			{root, 200, "<h1>Home"},
			{root + "index.html", 200, "<h1>Home"},
			{root + "cases/", 200, "<h1>Cases"},
			{root + "cases/x/", 200, "<h1>Case X"},
			{root + "cases/x/?q=1", 200, "<h1>Case X"},
			{root + "cases", 302, root + "cases/"},
			{root + "cases/x?q=a%20b", 302, root + "cases/x/?q=a%20b"},
			{root + "cases/x/index.html/", 404, "<h1>Nothing here"},
			{root + "cases//x/", 404, "<h1>Nothing here"},
			{root + "Cases/", 404, "<h1>Nothing here"},
			{root + "data/", 404, "<h1>Nothing here"},
			{root + "data", 404, "<h1>Nothing here"},
			{root + "nothing", 404, "<h1>Nothing here"},
			{root + "data/cases.json", 200, `{"cases": []}`},
			{"//cases", 404, "<h1>Nothing here"}, // a redirect would lead to the host "cases"
			{"//evil.com/..", 404, "<h1>Nothing here"},
		}
		if root != "/" {
			tests = append(tests,
				test{"/", 302, root},
				test{strings.TrimSuffix(root, "/"), 302, root},
				test{"/cases/", 404, "<h1>Nothing here"},
				test{strings.TrimSuffix(root, "/") + "x/cases/", 404, "<h1>Nothing here"},
			)
		}
		for _, test := range tests {
			got := r.raw(t, "GET "+test.path+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
			where := got.body
			if test.status == 302 {
				where = got.Header.Get("Location")
				if where != test.contains {
					t.Errorf("%s: to %q, want %q", test.path, where, test.contains)
				}
			}
			if got.StatusCode != test.status || !strings.Contains(where, test.contains) {
				t.Errorf("%s: status %d, %.80q", test.path, got.StatusCode, where)
			}
		}
	}
}

func TestContentTypes(t *testing.T) {
	types := map[string]string{
		"a.html": "text/html; charset=utf-8", "a.css": "text/css; charset=utf-8", "a.js": "text/javascript; charset=utf-8",
		"a.json": "application/json", "a.xml": "application/xml", "a.atom": "application/atom+xml", "a.csv": "text/csv; charset=utf-8",
		"a.txt": "text/plain; charset=utf-8", "a.PNG": "image/png", "a.jpg": "image/jpeg", "a.webp": "image/webp", "a.pdf": "application/pdf",
		"a.bin": "application/octet-stream", "a.exe": "application/octet-stream", "a": "application/octet-stream",
	}
	files := site{}
	for name := range types {
		files[name] = "<script>"
	}
	r := start(t, preview.Options{})
	r.Show(files, preview.Change{})
	for name, want := range types {
		if got := r.get(t, "/"+name); got.StatusCode != 200 || got.Header.Get("Content-Type") != want {
			t.Errorf("%s: status %d, %q, want %q", name, got.StatusCode, got.Header.Get("Content-Type"), want)
		}
	}
}

func TestScriptIsAddedToPagesOnly(t *testing.T) {
	snapshot := small()
	snapshot["bare/index.html"] = "<p>no body element"
	r := start(t, preview.Options{BasePath: "/kb/"})
	r.Show(snapshot, preview.Change{})
	version := r.report(t).Version
	element := fmt.Sprintf(`<script src="/__casebook/reload.js" data-version="%d"></script>`, version)
	for path, want := range map[string]string{
		"/kb/cases/x/": strings.Replace(page("Case X", ""), "</body>", element+"</body>", 1),
		"/kb/nothing":  strings.Replace(page("Nothing here", ""), "</body>", element+"</body>", 1),
		"/kb/bare/":    "<p>no body element" + element,
	} {
		if got := r.get(t, path); got.body != want {
			t.Errorf("%s: got %q, want %q", path, got.body, want)
		}
	}
	for _, path := range []string{"/kb/data/cases.json", "/kb/assets/site.00112233aabbccdd.css", "/kb/cases/x/ward.png"} {
		if got := r.get(t, path); got.body != snapshot[strings.TrimPrefix(path, "/kb/")] {
			t.Errorf("%s: got %q", path, got.body)
		}
	}
	if snapshot["cases/x/index.html"] != page("Case X", "") {
		t.Error("the snapshot changed")
	}
}

func TestPolicyOfPages(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(site{
		"index.html":   "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;;\n font-src data:\"></head>",
		"x/index.html": "<head></head>",
	}, preview.Change{})
	if got := r.get(t, "/").Header.Get("Content-Security-Policy"); got != "default-src 'none'; font-src data:; frame-ancestors 'none'" {
		t.Errorf("got %q", got)
	}
	if got := r.get(t, "/x/").Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; style-src 'self'; script-src 'self'") {
		t.Errorf("a page without: got %q", got)
	}
}

func TestReplacedAssetsAreKept(t *testing.T) {
	r := start(t, preview.Options{})
	old := small()
	old["cases/x/ward.480.00112233aabbccdd.png"] = "copy"
	r.Show(old, preview.Change{})
	next := small()
	delete(next, "assets/site.00112233aabbccdd.css")
	delete(next, "cases/x/index.html")
	delete(next, "cases/x/ward.png")
	next["assets/site.99112233aabbccdd.css"] = old["assets/site.00112233aabbccdd.css"]
	r.Show(next, preview.Change{})
	for path, want := range map[string]int{
		"/assets/site.00112233aabbccdd.css":      200, // a page of the old site may still request it
		"/assets/site.99112233aabbccdd.css":      200,
		"/assets/site.55112233aabbccdd.css":      404,
		"/cases/x/ward.480.00112233aabbccdd.png": 200,
		"/cases/x/":                              404, // pages of the old site are not kept
		"/cases/x/ward.png":                      404,
	} {
		if got := r.get(t, path); got.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, got.StatusCode, want)
		}
	}
	for range preview.MaxRetired {
		r.Show(next, preview.Change{})
	}
	if got := r.get(t, "/assets/site.00112233aabbccdd.css"); got.StatusCode != 404 {
		t.Errorf("after many more sites: status %d", got.StatusCode)
	}
}

// broken is a site whose files changed on disk after it was built.
type broken struct{}

func (broken) ReadFile(name string) ([]byte, error) {
	if name == "big.pdf" {
		return nil, fmt.Errorf("read %q: it changed while it was in use", name)
	}
	return nil, fs.ErrNotExist
}

func TestFileThatCannotBeRead(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(broken{}, preview.Change{})
	if got := r.get(t, "/big.pdf"); got.StatusCode != 503 || !strings.Contains(got.body, "changed") {
		t.Errorf("status %d, %q", got.StatusCode, got.body)
	}
	if got := r.get(t, "/nothing"); got.StatusCode != 404 || !strings.Contains(got.body, "Page not found") || !strings.Contains(got.body, "reload.js") {
		t.Errorf("without a 404.html: status %d, %q", got.StatusCode, got.body)
	}
}

func TestBeforeTheFirstBuild(t *testing.T) {
	r := start(t, preview.Options{})
	if got := r.get(t, "/cases/x/"); got.StatusCode != 503 || !strings.Contains(got.body, "under way") || !strings.Contains(got.body, "reload.js") {
		t.Errorf("at first: status %d, %q", got.StatusCode, got.body)
	}
	r.Fail(nil, nil)
	if got := r.get(t, "/cases/x/"); got.StatusCode != 503 || !strings.Contains(got.body, "cannot be built") || !strings.Contains(got.body, "reload.js") {
		t.Errorf("after a failure: status %d, %q", got.StatusCode, got.body)
	}
	r.Show(small(), preview.Change{})
	if got := r.get(t, "/cases/x/"); got.StatusCode != 200 || !strings.Contains(got.body, "Case X") {
		t.Errorf("fixed: status %d, %q", got.StatusCode, got.body)
	}
	r.Fail(nil, nil)
	if got := r.get(t, "/cases/x/"); got.StatusCode != 200 || !strings.Contains(got.body, "Case X") {
		t.Errorf("broken again: status %d, %q", got.StatusCode, got.body)
	}
}

// TestNoResponseIsMixed reads pages while sites are replaced every few milliseconds.
// The number of the site is in the head and body of each page, in the address of its
// stylesheet, and in the stylesheet: all must be the same.
func TestNoResponseIsMixed(t *testing.T) {
	clients, swaps := 50, 100
	if testing.Short() {
		clients, swaps = 10, 20
	}
	numbered := func(n int) preview.Site {
		sheet := fmt.Sprintf("assets/site.%016x.css", n)
		return site{
			"index.html": fmt.Sprintf("<head><title>%d</title><link href=%q></head><body>%s<p>%d</p></body>", n, sheet, strings.Repeat("<hr>", 5000), n),
			sheet:        fmt.Sprintf("/* %d */", n),
		}
	}
	r := start(t, preview.Options{})
	r.Show(numbered(0), preview.Change{})
	first := r.report(t).Version
	done := make(chan struct{})
	var read, seen, shown atomic.Int64
	var wg sync.WaitGroup
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	ask := func(path string) (int, string) {
		response, err := (&http.Client{Transport: transport}).Get(r.url(path))
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Error(err)
		}
		return response.StatusCode, string(body)
	}
	for range clients {
		wg.Go(func() {
			last := -1
			for {
				select {
				case <-done:
					return
				default:
				}
				status, body := ask("/")
				var head, foot int
				var sheet string
				if _, err := fmt.Sscanf(body, "<head><title>%d</title><link href=%q>", &head, &sheet); err != nil {
					t.Errorf("status %d, %.80q: %v", status, body, err)
					return
				}
				if _, err := fmt.Sscanf(body[strings.LastIndex(body, "<p>"):], "<p>%d</p>", &foot); err != nil || head != foot {
					t.Errorf("head %d, foot %d: %v", head, foot, err)
				}
				if want := fmt.Sprintf(`data-version="%d"`, first+int64(head)); !strings.Contains(body, want) {
					t.Errorf("site %d without %s", head, want)
				}
				status, text := ask("/" + sheet)
				late := status == 404 && shown.Load() > int64(head+preview.MaxRetired)
				if !late && (status != 200 || text != fmt.Sprintf("/* %d */", head)) {
					t.Errorf("stylesheet of %d: status %d, %q", head, status, text)
				}
				if head < last {
					t.Errorf("site %d after %d", head, last)
				}
				if head != last {
					seen.Add(1)
				}
				last = head
				read.Add(1)
			}
		})
	}
	enough := func() bool { return read.Load() >= int64(10*clients) && seen.Load() >= int64(clients) }
	for n := 1; n <= swaps || !enough() && n < 1000*swaps; n++ {
		shown.Store(int64(n) + 1) // before Show retires the previous site
		r.Show(numbered(n), preview.Change{})
		time.Sleep(5 * time.Millisecond)
	}
	close(done)
	wg.Wait()
	if !enough() {
		t.Errorf("only %d pages read, %d times a newer one: too few to show anything", read.Load(), seen.Load())
	}
	t.Logf("%d pages read, %d times a newer one", read.Load(), seen.Load())
}

type stateReport struct {
	Version, Reload, Restyle, Follow, Failed int64
	Page                                     string
	More                                     int
	Problems                                 []struct {
		Place, Severity, Message, Hint string
		Frame                          []struct {
			Number, Column int
			Text           string
			Marked         bool
		}
	}
}

// report returns the state that the server reports to pages.
func (r *running) report(t *testing.T) stateReport {
	t.Helper()
	var got stateReport
	answer := r.get(t, "/__casebook/state")
	if err := json.Unmarshal([]byte(answer.body), &got); err != nil {
		t.Fatalf("%q: %v", answer.body, err)
	}
	return got
}

// TestNoWorkerInAPreview checks that the preview removes a service worker that a built site
// registered at the same address.
func TestNoWorkerInAPreview(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(site{"index.html": page("Home", ""), "sw.json": `{"version":"1","files":[""]}`}, preview.Change{})
	if got := r.get(t, "/sw.json"); got.StatusCode != http.StatusOK || !strings.Contains(got.body, `"version":""`) {
		t.Errorf("%s %s", got.Status, got.body)
	}
	if got := r.get(t, "/sw.js"); got.StatusCode != http.StatusOK || !strings.Contains(got.body, "unregister") {
		t.Errorf("%s %s", got.Status, got.body)
	}
}
