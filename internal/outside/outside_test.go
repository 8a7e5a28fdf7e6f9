package outside_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/outside"
	"casebook/internal/problem"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// server is another site. It records its requests, and how many there were at the same
// time.
type server struct {
	*httptest.Server

	mu          sync.Mutex
	asked       []string
	active, max int
}

func newServer(t *testing.T, handle func(w http.ResponseWriter, r *http.Request)) *server {
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.Method+" "+r.URL.Path)
		s.active++
		s.max = max(s.max, s.active)
		s.mu.Unlock()
		handle(w, r)
		s.mu.Lock()
		s.active--
		s.mu.Unlock()
	}))
	t.Cleanup(s.Close)
	return s
}

func link(address string) outside.Link {
	return outside.Link{Address: address, File: "content/cases/x.md", At: problem.Position{Line: 3, Column: 7}}
}

// check returns the report of Check for the addresses, and its problems as "code message".
func check(t *testing.T, opts outside.Options, addresses ...string) (*outside.Report, []string) {
	t.Helper()
	var links []outside.Link
	for _, a := range addresses {
		links = append(links, link(a))
	}
	opts.Now = now
	report, err := outside.Check(context.Background(), links, opts)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range report.Problems {
		if p.Severity != problem.Advice || p.Hint == "" || p.Position() != "content/cases/x.md:3:7" {
			t.Errorf("got %+v", p)
		}
		got = append(got, p.Code+" "+p.Message+" "+p.Hint)
	}
	return report, got
}

func TestAnswers(t *testing.T) {
	other := newServer(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "here") })
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusNotFound)
		case "/fault":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/no-head":
			if r.Method == http.MethodHead {
				w.WriteHeader(http.StatusMethodNotAllowed)
			}
		case "/no-robots":
			w.WriteHeader(http.StatusForbidden)
		case "/moved":
			http.Redirect(w, r, other.URL+"/new", http.StatusMovedPermanently)
		case "/login":
			http.Redirect(w, r, other.URL+"/login", http.StatusFound)
		case "/moved-away":
			http.Redirect(w, r, "/gone", http.StatusMovedPermanently)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/scheme":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		}
	})
	for path, want := range map[string]string{
		"/fine": "", "/no-head": "", "/no-robots": "", "/login": "",
		"/gone":       "outside-gone there is no page at " + s.URL + "/gone any more (404)",
		"/moved-away": "outside-gone there is no page at",
		"/fault":      "outside-silent " + strings.TrimPrefix(s.URL, "http://") + " has a fault of its own (503)",
		"/moved#aims": "outside-moved " + s.URL + "/moved#aims has moved for good write " + other.URL + "/new#aims",
		"/loop":       "outside-silent " + strings.TrimPrefix(s.URL, "http://") + " does not answer: it leads from one address to the next",
		"/scheme":     "outside-silent",
	} {
		_, got := check(t, outside.Options{Network: outside.Private, Own: "https://own.example/"}, s.URL+path, s.URL+"/fine", "https://own.example/page")
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], want)) {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

// TestPolite checks that Check sends one request at a time to a host, also when another
// host redirects to it, and requests each address once.
func TestPolite(t *testing.T) {
	s := newServer(t, func(http.ResponseWriter, *http.Request) {})
	from := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.URL+r.URL.Path, http.StatusFound)
	})
	var addresses []string
	for i := range 20 {
		addresses = append(addresses, fmt.Sprintf("%s/%d", s.URL, i), fmt.Sprintf("%s/%d#part", s.URL, i), fmt.Sprintf("%s/r%d", from.URL, i))
	}
	report, got := check(t, outside.Options{Network: outside.Private}, addresses...)
	if len(got) > 0 || report.Asked != 40 {
		t.Errorf("got %+v, %q", report, got)
	}
	if s.max != 1 || from.max != 1 {
		t.Errorf("%d and %d requests at the same time, want 1 and 1", s.max, from.max)
	}
	if slices.Sort(s.asked); len(slices.Compact(s.asked)) != 40 {
		t.Errorf("%d requests for 40 pages", len(s.asked))
	}
}

// TestKept checks that a good answer is used again for some days, and a failure is not
// used for as long.
func TestKept(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			w.WriteHeader(http.StatusGone)
		}
	})
	file := filepath.Join(t.TempDir(), "deep", "outside.json")
	addresses := []string{s.URL + "/fine", s.URL + "/gone"}
	for _, test := range []struct {
		later time.Duration
		asked int // requests so far
	}{{0, 3}, {time.Hour, 3}, {25 * time.Hour, 5}, {26 * time.Hour, 5}, {8 * 24 * time.Hour, 8}} {
		var links []outside.Link
		for _, a := range addresses {
			links = append(links, link(a))
		}
		report, err := outside.Check(context.Background(), links, outside.Options{Network: outside.Private, File: file, Now: now.Add(test.later)})
		if err != nil || len(report.Problems) != 1 || report.Problems[0].Code != "outside-gone" {
			t.Fatalf("after %v: got %+v, %v", test.later, report, err)
		}
		if len(s.asked) != test.asked {
			t.Errorf("after %v: %d requests, want %d", test.later, len(s.asked), test.asked)
		}
	}
	if err := os.WriteFile(file, []byte("{damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if report, _ := check(t, outside.Options{Network: outside.Private, File: file}, addresses...); report.Asked != 2 {
		t.Errorf("a damaged file: got %+v", report)
	}
}

// TestPrivateAddresses checks that no request goes to a private network, however its
// address is written.
func TestPrivateAddresses(t *testing.T) {
	s := newServer(t, func(http.ResponseWriter, *http.Request) {})
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.URL, "http://"))
	for _, host := range []string{
		"127.0.0.1", "localhost", "127.1.2.3", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "10.0.0.1", "192.168.1.1", "172.16.0.1",
		"169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "224.0.0.1", "255.255.255.255",
	} {
		_, got := check(t, outside.Options{}, "http://"+host+":"+port+"/")
		if len(got) != 1 || !strings.HasPrefix(got[0], "outside-private http://"+host) {
			t.Errorf("%s: got %q", host, got)
		}
	}
	if len(s.asked) > 0 {
		t.Errorf("the server got the requests %q, want none", s.asked)
	}
}

// TestNoConnection checks that no link is reported when no server answers, because the
// connection may be down.
func TestNoConnection(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	if report, got := check(t, outside.Options{Network: outside.Private}, closed.URL+"/a", closed.URL+"/b"); !report.Silent || len(got) > 0 {
		t.Errorf("got %+v, %q", report, got)
	}
}

func TestStops(t *testing.T) {
	s := newServer(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := outside.Check(ctx, []outside.Link{link(s.URL)}, outside.Options{Network: outside.Private, Now: now}); err == nil {
		t.Error("Check reports no error for a cancelled context")
	}
}

func TestSlow(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	s := newServer(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			<-done
		}
	})
	_, got := check(t, outside.Options{Network: outside.Private, Timeout: 2 * time.Second}, s.URL+"/slow", s.URL+"/fine")
	close(done)
	if len(got) != 1 || !strings.Contains(got[0], "it takes too long") {
		t.Errorf("got %q", got)
	}
}

func TestLinks(t *testing.T) {
	const text = "---\n" +
		"title: A plan\n" +
		"# https://example.org/comment\n" +
		"sources: [{title: Ä, url: \"https://example.org/a?b=c\"}, {title: C, url: https://example.org/d}]\n" +
		"---\n" +
		"See [the plan](https://example.org/plan_(2018)) and [a page](other.md).\n\n" +
		"```\nhttps://example.org/code\n```\n"
	var got []string
	for _, l := range outside.Links("cases/x.md", []byte(text)) {
		got = append(got, fmt.Sprintf("%d:%d %s", l.At.Line, l.At.Column, l.Address))
	}
	want := []string{"4:28 https://example.org/a?b=c", "4:73 https://example.org/d", "6:16 https://example.org/plan_(2018)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	start := time.Now()
	if got := outside.Links("references.yaml", []byte(strings.Repeat("https://example.org/ ", 1<<16))); len(got) != 1<<16 || time.Since(start) > 10*time.Second {
		t.Errorf("a long line has %d links, found in %v", len(got), time.Since(start))
	}
	if got := outside.Links("references.yaml", []byte("- id: a\n  URL: https://example.org/x\n")); len(got) != 1 || got[0].At != (problem.Position{Line: 2, Column: 8}) {
		t.Errorf("got %+v", got)
	}
}
