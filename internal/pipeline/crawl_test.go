package pipeline_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"

	"golang.org/x/net/html"
)

// TestSiteHasNoDeadLink crawls the site of a larger knowledge base as a reader would, at
// the root of a host and below a path.
func TestSiteHasNoDeadLink(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all pages of a site")
	}
	for _, base := range []string{"https://example.org/", "https://example.org/some/where/"} {
		t.Run(base, func(t *testing.T) {
			result := buildDir(t, "testdata/kb", pipeline.Options{BaseURL: base})
			snapshot := whole(t, result)
			c := newCrawl(t, snapshot, base)
			c.checkAll()
			c.checkLists(t, snapshot, "principles", "cases", "disciplines")
			c.checkReachable("index.html")
		})
	}
}

// TestCrawlerFindsDeadLinks checks that the crawler reports dead links.
func TestCrawlerFindsDeadLinks(t *testing.T) {
	for _, broken := range []string{`<a href="../nowhere/">x</a>`, `<a href="#nothing">x</a>`, `<a href="/">x</a>`, `<a href="../../../">x</a>`, `<img src="x.png">`} {
		c := &crawl{pages: map[string]*document{}, files: map[string]bool{"index.html": true, "a/index.html": true}, root: "/"}
		c.add(t, "a/index.html", []byte(broken))
		if problems := c.check("a/index.html"); len(problems) != 1 {
			t.Errorf("%s: got %v", broken, problems)
		}
	}
}

// crawl is a built site, parsed.
type crawl struct {
	t     *testing.T
	pages map[string]*document // HTML files by path
	files map[string]bool
	base  string // base URL
	root  string // its path
}

// document is the part of an HTML file that the crawler needs.
type document struct {
	links []string // href, src and action
	ids   map[string]bool
	goes  string // the target of a redirect
}

// whole returns the snapshot of a result with its search and its exports.
func whole(t *testing.T, result *pipeline.Result) *pipeline.Snapshot {
	t.Helper()
	snapshot, err := new(pipeline.Indexer).Index(t.Context(), result)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

func newCrawl(t *testing.T, snapshot *pipeline.Snapshot, base string) *crawl {
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	c := &crawl{t: t, pages: map[string]*document{}, files: map[string]bool{}, base: base, root: u.Path}
	for f := range snapshot.Files() {
		c.files[f.Path] = true
		add := map[string]func(t *testing.T, name string, data []byte){".html": c.add, ".webmanifest": c.addManifest}[path.Ext(f.Path)]
		if add == nil {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		add(t, f.Path, data)
	}
	return c
}

// addManifest reads the icons of a web manifest.
func (c *crawl) addManifest(t *testing.T, name string, data []byte) {
	var manifest struct {
		Icons []struct{ Src string }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	d := &document{}
	for _, icon := range manifest.Icons {
		d.links = append(d.links, icon.Src)
	}
	c.pages[name] = d
}

func (c *crawl) add(t *testing.T, name string, data []byte) {
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	d := &document{ids: map[string]bool{}}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if asks(n, a) && !relative(a.Val) {
				t.Errorf("%s: <%s %s=%q> makes a request to another host", name, n.Data, a.Key, a.Val)
			}
			switch {
			case a.Key == "id":
				if d.ids[a.Val] {
					t.Errorf("%s: two elements have the id %q", name, a.Val)
				}
				d.ids[a.Val] = true
			case a.Key == "href" && !(n.Data == "link" && attribute(n, "rel") == "canonical"), a.Key == "src", a.Key == "action":
				d.links = append(d.links, a.Val)
			case a.Key == "data-suggest": // a script that the search box or the search page loads, by its address below the root
				d.links = append(d.links, cmp.Or(attribute(n, "data-root"), strings.TrimSuffix(attribute(n, "action"), "search/"))+a.Val)
			case a.Key == "content" && attribute(n, "property") == "og:image":
				d.links = append(d.links, strings.Repeat("../", strings.Count(name, "/"))+strings.TrimPrefix(a.Val, c.base))
			case a.Key == "content" && attribute(n, "http-equiv") == "refresh":
				_, d.goes, _ = strings.Cut(a.Val, "url=")
			}
		}
	}
	c.pages[name] = d
}

// asks reports whether a browser requests the address in an attribute without a click.
func asks(n *html.Node, a html.Attribute) bool {
	switch a.Key {
	case "src", "srcset", "action", "data", "poster", "background":
		return true
	case "href":
		return n.Data == "link" && slices.Contains([]string{"stylesheet", "icon", "preload", "modulepreload", "manifest"}, attribute(n, "rel"))
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func (c *crawl) checkAll() {
	if len(c.pages) < 50 {
		c.t.Errorf("only %d pages: the crawl needs a larger knowledge base", len(c.pages))
	}
	for name := range c.pages {
		for _, problem := range c.check(name) {
			c.t.Error(problem)
		}
	}
}

// check returns the dead links of a page, and those that leave the path of the site.
func (c *crawl) check(name string) []string {
	var problems []string
	for _, link := range c.pages[name].links {
		if u, err := url.Parse(link); err == nil && u.Scheme != "" {
			continue
		}
		target, fragment, ok := c.follow(name, link)
		switch {
		case !ok:
			problems = append(problems, name+": "+link+" leaves the site")
		case !c.files[target]:
			problems = append(problems, name+": "+link+" leads nowhere")
		case fragment != "" && c.pages[target] != nil && !c.pages[target].ids[fragment]:
			problems = append(problems, name+": "+link+": no such anchor")
		}
	}
	return problems
}

// follow resolves a link as a browser does when the site is below root.
func (c *crawl) follow(name, link string) (file, fragment string, ok bool) {
	page, err := url.Parse("http://host" + c.root + strings.TrimSuffix(name, "index.html"))
	if err != nil {
		return "", "", false
	}
	u, err := page.Parse(link)
	if err != nil || u.Host != "host" {
		return "", "", false
	}
	if strings.HasPrefix(link, "/") && name != "404.html" {
		return "", "", false // only the 404 page may contain the path of the site
	}
	// A browser ignores surplus "../"; below a path, such a link would leave the site.
	if ups := strings.Count(link, "../"); ups > strings.Count(name, "/") && !strings.HasPrefix(link, "/") {
		return "", "", false
	}
	file, ok = strings.CutPrefix(u.Path, c.root)
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return file, u.Fragment, ok
}

// maxClicks is the largest number of clicks from the home page to a case study, without scripts.
const maxClicks = 4

// checkReachable follows all links from start. It reports pages that no link leads to, and
// case studies that are too many clicks away.
func (c *crawl) checkReachable(start string) {
	seen := map[string]bool{start: true}
	clicks := map[string]int{}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		d := c.pages[queue[0]]
		if d == nil {
			continue
		}
		for _, link := range append(slices.Clone(d.links), d.goes) {
			if u, err := url.Parse(link); err != nil || u.Scheme != "" || link == "" {
				continue
			}
			if target, _, ok := c.follow(queue[0], link); ok && !seen[target] {
				seen[target] = true
				clicks[target] = clicks[queue[0]] + 1
				queue = append(queue, target)
			}
		}
	}
	for name, n := range clicks {
		if strings.HasPrefix(name, "cases/") && c.pages[name] != nil && n > maxClicks {
			c.t.Errorf("%s: %d clicks from the home page", name, n)
		}
	}
	for name, d := range c.pages {
		if !seen[name] && name != "404.html" && d.goes == "" {
			c.t.Errorf("%s: no link leads here from the home page", name)
		}
	}
	for name := range c.files {
		if !seen[name] && c.pages[name] == nil && !wellKnown(name) {
			c.t.Errorf("%s: nothing uses this file", name)
		}
	}
}

// wellKnown reports whether programs request a file without a link to it.
func wellKnown(name string) bool {
	return strings.HasPrefix(name, "search/") || slices.Contains([]string{"robots.txt", "sitemap.xml", "llms.txt", "_headers", "sw.js", "sw.json"}, name) // a script registers sw.js, which requests sw.json
}
