// Files that search engines, browsers and language models look for.

package export

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"strings"

	"casebook/internal/site"
)

// maxURLs is how many addresses a sitemap may list (https://www.sitemaps.org/protocol.html).
const maxURLs = 50_000

// sitemapURL is one address of a sitemap.
type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists the pages that a search engine should show: in one file, or in
// several with an index if there are more than maxURLs. It needs a base URL.
func (e *exporter) sitemap() error {
	if e.in.Site.BaseURL == "" {
		return nil
	}
	changed := map[string]string{}
	for _, c := range e.in.Library.Cases {
		if d := c.Changed(); d.Day > 0 { // the protocol knows whole dates only
			changed[e.in.Site.CasePath(c)] = d.String()
		}
	}
	var urls []sitemapURL
	for _, p := range e.in.Site.Pages {
		if site.IsListed(p.Kind) {
			urls = append(urls, sitemapURL{e.absolute(p.Path), changed[p.Path]})
		}
	}
	if len(urls) <= maxURLs {
		return e.addSitemap("sitemap.xml", urls)
	}
	var parts []sitemapURL
	for i := 0; i < len(urls); i += maxURLs {
		name := fmt.Sprintf("sitemap-%d.xml", len(parts)+1)
		if err := e.addSitemap(name, urls[i:min(i+maxURLs, len(urls))]); err != nil {
			return err
		}
		parts = append(parts, sitemapURL{Loc: e.absolute("/" + name)})
	}
	return e.addXML("sitemap.xml", struct {
		XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Parts   []sitemapURL `xml:"sitemap"`
	}{Parts: parts})
}

func (e *exporter) addSitemap(name string, urls []sitemapURL) error {
	return e.addXML(name, struct {
		XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []sitemapURL `xml:"url"`
	}{URLs: urls})
}

// robots allows every robot to read everything, and says where the sitemap is.
// It has an effect only at the root of a host.
func (e *exporter) robots() error {
	var b strings.Builder
	b.WriteString("User-agent: *\nAllow: /\n")
	if sitemap := e.absolute("/sitemap.xml"); sitemap != "" {
		b.WriteString("\nSitemap: " + sitemap + "\n")
	}
	return e.add("robots.txt", []byte(b.String()))
}

// openSearch describes the search to browsers, which can then offer it in their
// address bar (https://developer.mozilla.org/docs/Web/XML/Guides/OpenSearch).
func (e *exporter) openSearch() error {
	if e.in.Site.BaseURL == "" {
		return nil
	}
	type template struct {
		Type     string `xml:"type,attr"`
		Template string `xml:"template,attr"`
	}
	title := e.in.Library.Site.Title
	return e.addXML("opensearch.xml", struct {
		XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName   string   // at most 16 characters
		Description string   `xml:",omitempty"` // at most 1,024
		Encoding    string   `xml:"InputEncoding"`
		URL         template `xml:"Url"`
	}{
		ShortName: shorten(title, 16), Description: shorten(e.in.Library.Site.Tagline, 1024), Encoding: "UTF-8",
		URL: template{"text/html", e.absolute("/search/") + "?q={searchTerms}"},
	})
}

// shorten returns at most n characters of a text.
func shorten(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return strings.TrimSpace(string(runes[:n-1])) + "…"
	}
	return s
}

// llms lists the site's parts for language models (https://llmstxt.org).
func (e *exporter) llms() error {
	var b bytes.Buffer
	lib := e.in.Library
	fmt.Fprintf(&b, "# %s\n", oneLine(lib.Site.Title))
	if lib.Site.Tagline != "" {
		fmt.Fprintf(&b, "\n> %s\n", oneLine(lib.Site.Tagline))
	}
	section := func(title string) { fmt.Fprintf(&b, "\n## %s\n\n", title) }
	entry := func(title, path, summary string) {
		fmt.Fprintf(&b, "- [%s](%s)", markdownText(title), e.link(path))
		if summary != "" {
			b.WriteString(": " + oneLine(summary))
		}
		b.WriteByte('\n')
	}
	section("Data")
	entry(e.said("All case studies as JSON"), e.in.Site.DataPath(".json"), e.said("with countries, principles, evidence, consent and licence of each"))
	entry("All citations as CSL-JSON", e.in.Site.CitationsPath(".json"), "")
	section(e.said("Principles"))
	for _, p := range lib.Principles {
		if len(p.Cases) > 0 {
			entry(p.Title, e.in.Site.PrinciplePath(p), "")
		}
	}
	section(e.said("Case studies"))
	for _, c := range lib.Cases {
		path := e.in.Site.CasePath(c)
		if e.in.Site.HasOwnFiles() {
			path = "/" + site.TwinPath(path)
		}
		entry(c.Title, path, c.Summary)
	}
	return e.add("llms.txt", b.Bytes())
}

// link returns the absolute address of a path or, without a base URL, the path
// relative to the root of the site.
func (e *exporter) link(path string) string {
	return cmp.Or(e.absolute(path), strings.TrimPrefix(path, "/"))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// markdownText escapes the characters that would begin or end a link in
// Markdown.
func markdownText(s string) string { return markdownEscaper.Replace(oneLine(s)) }

var markdownEscaper = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "<", `\<`)
