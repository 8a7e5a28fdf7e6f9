package main

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestWorkerInABrowser reads a site offline, with its service worker, through a few
// versions. See readVersions.
func TestWorkerInABrowser(t *testing.T) { readVersions(t, 2) }

// workerSite is a site with a service worker that is published again and again, with a
// server that can be stopped.
type workerSite struct {
	t      *testing.T
	kb     string
	folder atomic.Value // the version that is published
	addr   string       // of the server; empty before it has started
	server *http.Server
}

// connect starts the server at its previous address.
func (s *workerSite) connect() {
	s.t.Helper()
	l, err := net.Listen("tcp", cmp.Or(s.addr, "127.0.0.1:0"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.addr, s.server = l.Addr().String(), &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() { _ = s.server.Serve(l) }()
	s.t.Cleanup(s.disconnect)
}

// disconnect stops the server and closes its connections.
func (s *workerSite) disconnect() { _ = s.server.Close() }

// publish builds a version of the site with its own texts and stylesheets.
func (s *workerSite) publish(version int, settings string) {
	s.t.Helper()
	write := func(name, text string) { write(s.t, filepath.Join(s.kb, name), text) }
	write("content/site.yaml", fmt.Sprintf("title: Notes %d\ntheme: own\n%s", version, settings))
	write(fmt.Sprintf("content/cases/ward-%d.md", version), fmt.Sprintf("---\ntitle: Ward %d\nprinciples: [listen-first]\nauthors: [A]\n---\n\nGovernance of ward number%d.\n", version, version))
	write("themes/own/assets/tokens.css", fmt.Sprintf("%s\n:root { --version: %d; }\n", read(s.t, "../../themes/default/assets/tokens.css"), version))
	folder := filepath.Join(s.t.TempDir(), "site")
	succeeds(s.t, "build", "--source", s.kb, "--output", folder, "--date", "2026-11-29", "--quiet")
	s.folder.Store(folder)
}

func (s *workerSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	r.Header.Del("If-Modified-Since") // two versions may have the same second
	http.FileServer(http.Dir(s.folder.Load().(string))).ServeHTTP(w, r)
}

// version returns the version of the published site that browsers keep.
func (s *workerSite) version() string {
	s.t.Helper()
	data := read(s.t, filepath.Join(s.folder.Load().(string), "sw.json"))
	return regexp.MustCompile(`"version":"([0-9a-f]+)"`).FindStringSubmatch(data)[1]
}

// styled continues a condition in JavaScript: the page has its stylesheets.
const styled = ` && [...document.querySelectorAll("link[rel=stylesheet]")].every((l) => l.sheet && l.sheet.cssRules.length > 0)`

// readVersions reads a site through several versions, each without the files of the one
// before. After each, without a connection, it checks that the pages that were read have
// their stylesheets, including those of the first version, and that the search has the
// newest texts. At last it publishes a version without a worker, and checks that the old
// worker and its files are gone.
func readVersions(t *testing.T, versions int) {
	s := &workerSite{t: t, kb: newKB(t)}
	r := &reader{t, startChrome(t)}
	open := func(path string) { r.do(chromedp.Navigate("http://" + s.addr + path)) }

	for version := 1; version <= versions; version++ {
		s.publish(version, "offline: true\n")
		s.connect()
		open("/")
		r.eval(`window.kept = false, (async () => { for (;;) {
			await navigator.serviceWorker.ready;
			if ((await (await caches.match("/sw.json"))?.json())?.version === "` + s.version() + `") { window.kept = true; return; }
			await new Promise((r) => setTimeout(r, 50)); } })()`)
		r.until(fmt.Sprintf("version %d is kept", version), `window.kept`)
		open(fmt.Sprintf("/cases/ward-%d/", version))
		r.until("a page is read", fmt.Sprintf(`document.querySelector("h1").innerText === "Ward %d"`, version)+styled)
		r.eval(`window.kept = false, (async () => { while (!await caches.match(location.href)) await new Promise((r) => setTimeout(r, 50)); window.kept = true; })()`)
		r.until("the page is kept", `window.kept`)

		s.disconnect()
		for _, read := range []int{1, version} {
			open(fmt.Sprintf("/cases/ward-%d/", read))
			r.until(fmt.Sprintf("version %d: page %d is there without a connection", version, read), fmt.Sprintf(`document.querySelector("h1").innerText === "Ward %d"`, read)+styled)
		}
		open("/")
		r.until("the home page is there", fmt.Sprintf(`document.querySelector(".brand").innerText.includes("Notes %d")`, version)+styled)
		open(fmt.Sprintf("/search/?q=number%d", version))
		r.until(fmt.Sprintf("version %d: the search finds its newest page", version), hits+" === 1")
	}

	s.publish(versions+1, "")
	s.connect()
	open("/")
	r.eval(`window.gone = false, (async () => { for (;;) {
		const all = await navigator.serviceWorker.getRegistrations();
		if (!all.length && !(await caches.keys()).length) { window.gone = true; return; }
		await new Promise((r) => setTimeout(r, 50)); } })()`)
	r.until("the worker and what it kept are gone", `window.gone`)
	open("/")
	r.until("the site is read as ever", fmt.Sprintf(`!navigator.serviceWorker.controller && document.querySelector(".brand").innerText.includes("Notes %d")`, versions+1))
}
