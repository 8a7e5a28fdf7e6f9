//go:build sweep

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestBrowserAddsTheSearchSweep opens a site in Chromium, which reads its OpenSearch
// description, and checks that it adds the search of the site to its search engines.
func TestBrowserAddsTheSearchSweep(t *testing.T) {
	chrome, s := findChrome(t), &workerSite{t: t, kb: newKB(t)}
	s.publish(1, "base_url: http://notes.example/\n")
	s.connect()
	profile := t.TempDir()
	ctx, stop := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(chrome), chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.Flag("headless", "new"), chromedp.UserDataDir(profile),
		chromedp.Flag("host-resolver-rules", "MAP notes.example:80 "+s.addr))
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate("http://notes.example/")); err != nil {
		t.Fatal(err)
	}
	for {
		// The database of search engines, in which texts stand as they are.
		data, err := os.ReadFile(filepath.Join(profile, "Default", "Web Data"))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("http://notes.example/search/?q={searchTerms}")) && bytes.Contains(data, []byte("Notes 1")) {
			return
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			t.Fatal("the browser does not know the search of the site")
		}
	}
}
