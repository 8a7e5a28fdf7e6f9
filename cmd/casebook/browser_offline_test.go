package main

import (
	"archive/zip"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// unpacked bundles a site and unpacks it, as a reader does, to a folder whose name needs
// escapes in a URL. It returns the file URL of that folder.
func unpacked(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	archive := filepath.Join(folder, "site.zip")
	succeeds(t, "bundle", archive, "--source", "../../internal/pipeline/testdata/kb", "--quiet")
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	stick := filepath.Join(folder, "USB stick é #1")
	if err := os.CopyFS(stick, z); err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(stick) + "/"}).String()
}

// offlineReader is a browser that reads the site from files.
type offlineReader interface {
	open(address string)
	until(what, condition string)
	eval(script string)
}

// readOffline reads and searches the site, as readers do with a site on a USB stick.
func readOffline(r offlineReader, root string) {
	here := func(path string) string { return fmt.Sprintf("location.href.split('?')[0] === %q", root+path) }
	r.open(root + "index.html")
	r.until("the home page is there", `document.querySelector(".brand a").href === location.href`)
	r.eval(`document.querySelector("nav[aria-label] a").click()`)
	r.until("a link leads to a page", `!location.href.endsWith("/") && document.querySelector("h1") && `+"!("+here("index.html")+")")

	r.open(root + "index.html")
	r.eval(`document.querySelector("main form.search input").value = "governance"`)
	r.eval(`document.querySelector("main form.search").requestSubmit()`)
	r.until("the search page has results", here("search/index.html")+` && document.querySelectorAll(".cards .card h2 a").length > 1`)
	r.eval(`document.querySelector("details.filters").open = true`)
	r.until("there are filters", `document.querySelectorAll(".filters input[type=checkbox]").length > 1`)
	r.eval(`document.querySelector(".filters li:not([hidden]) input[type=checkbox]").click()`)
	r.until("a filter is part of the address", `[...new URLSearchParams(location.search).keys()].length > 1 && document.querySelector(".chosen a")`)
	r.eval(`document.querySelector(".cards a[href*='/cases/']").click()`)
	r.until("a result is open", `document.querySelector("article[data-path]") && location.href.endsWith("/index.html")`)

	r.open(root + "contribute/form/index.html")
	r.eval(`["title", "authors.1.name"].forEach((id) => { document.getElementById(id).value = "A"; })`)
	r.eval(`document.querySelector("#form input[name=principles]").click()`)
	r.eval(`document.querySelector("#form .buttons button").click()`)
	r.until("the form makes a file", `document.querySelector("#done .download").download === "a.md" && document.querySelector("#done pre").textContent.startsWith("---\ntitle: A\n")`)

	r.eval(`location.href = "../../index.html"`)
	r.until("the home page lists what was read", `document.querySelector("#read a")`)
	r.eval(`document.querySelector("#read a").click()`)
	r.until("what was read is open again", `document.querySelector("article[data-path]") && location.href.endsWith("/index.html")`)

	r.eval(`location.href = "../../compare/index.html?case=" + document.querySelector("article[data-path]").dataset.path.split("/")[2]`)
	r.until("a case study can be compared", `document.querySelectorAll("#compare tbody tr").length > 3`)
	r.until("others are offered", `document.querySelector("#compare .add .titles a")`)
	r.eval(`document.querySelector("#compare .add .titles a").click()`)
	r.until("two are side by side", `document.querySelectorAll("#compare thead th").length === 3`)
	r.open(root + "compare/index.html?case=no-such-case-study")
	r.until("one that is not there is reported", `document.querySelector("#compare [role=status] p")`)
}

// TestOfflineInABrowser reads the bundled site from files, in Chromium.
func TestOfflineInABrowser(t *testing.T) {
	ctx := startChrome(t)
	readOffline(chromiumReader{&reader{t, ctx}}, unpacked(t))
}

type chromiumReader struct{ *reader }

func (r chromiumReader) open(address string) { r.do(chromedp.Navigate(address)) }
