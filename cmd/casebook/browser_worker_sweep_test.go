//go:build sweep

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestWorkerInABrowserSweep reads a site offline through 20 versions. See readVersions.
func TestWorkerInABrowserSweep(t *testing.T) { readVersions(t, 20) }

// TestConnectionEndsAtAnyInstantSweep opens a page of a new version, ends the connection
// at some instant within the next half second, while the browser fetches that version,
// and checks that a page that was read before still opens, with its stylesheets.
func TestConnectionEndsAtAnyInstantSweep(t *testing.T) {
	s := &workerSite{t: t, kb: newKB(t)}
	var folders []any
	for version := range 3 {
		s.publish(version, "offline: true\n")
		folders = append(folders, s.folder.Load())
	}
	r := &reader{t, startChrome(t)}
	const page = "/cases/ward-0/"
	s.connect()
	r.do(chromedp.Navigate("http://" + s.addr + page))
	r.eval(`window.kept = false, (async () => { while (!await caches.match(location.href)) await new Promise((r) => setTimeout(r, 20)); window.kept = true; })()`)
	r.until("the page is kept", "window.kept")
	instants := rand.New(rand.NewPCG(1, 2))
	for i := range 20 {
		s.disconnect()
		s.folder.Store(folders[i%len(folders)])
		s.connect()
		r.do(chromedp.Navigate("http://" + s.addr + "/"))
		instant := time.Duration(instants.IntN(500)) * time.Millisecond
		select {
		case <-time.After(instant):
		case <-t.Context().Done():
		}
		s.disconnect()
		ctx, stop := context.WithTimeout(r.ctx, 30*time.Second)
		err := chromedp.Do(ctx, chromedp.Navigate("http://"+s.addr+page))
		stop()
		if err != nil {
			t.Fatalf("connection %d ends after %v: %v", i, instant, err)
		}
		r.until(fmt.Sprintf("connection %d ends after %v: the page is there", i, instant), `document.querySelector("h1").innerText === "Ward 0"`+styled)
	}
}
