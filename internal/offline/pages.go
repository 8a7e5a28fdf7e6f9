// The pages of the offline site: their links, scripts and security policy.

package offline

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"casebook/internal/publish"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const index = "index.html"

// links changes the pages of a site so that they work from files.
type links struct {
	pages   map[string]bool // the paths of pages that are an index.html
	runtime string          // path of the script that every page loads
}

func newLinks(site []publish.File, runtime string) *links {
	l := &links{map[string]bool{}, runtime}
	for _, f := range site {
		if path.Base(f.Path) == index {
			l.pages[f.Path] = true
		}
	}
	return l
}

// rewrite returns the page at the path for the offline site. Parts without a
// change keep their bytes.
func (l *links) rewrite(name string, data []byte) ([]byte, error) {
	out := bytes.NewBuffer(make([]byte, 0, len(data)+len(data)/8))
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if errors.Is(z.Err(), io.EOF) {
				return out.Bytes(), nil
			}
			return nil, z.Err()
		}
		raw := bytes.Clone(z.Raw()) // reading the tag changes the raw bytes
		if kind == html.EndTagToken {
			if tag, _ := z.TagName(); atom.Lookup(tag) == atom.Head {
				out.WriteString(`<script src="` + relative(name, l.runtime) + `"></script>`)
			}
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			out.Write(raw)
			continue
		}
		token := z.Token()
		switch l.change(name, &token) {
		case changed:
			out.WriteString(token.String())
		case unchanged:
			out.Write(raw)
		}
	}
}

// change says what happens to a tag.
type change string

const (
	unchanged change = "unchanged"
	changed   change = "changed"
	removed   change = "removed"
)

// change changes a tag of the page at the path.
func (l *links) change(name string, tag *html.Token) change {
	switch tag.DataAtom {
	case atom.A, atom.Area:
		return l.attribute(name, tag, "href")
	case atom.Form:
		// Nothing is loaded ahead, because that would be a module.
		set(tag, "data-client", "")
		l.attribute(name, tag, "action")
		return changed
	case atom.Link:
		switch value(tag, "rel") {
		case "preload", "modulepreload", "prefetch", "search", "manifest": // only useful with a server
			return removed
		}
		if value(tag, "type") == "text/markdown" { // only for programs that read the hosted site
			return removed
		}
		return l.attribute(name, tag, "href")
	case atom.Script:
		if value(tag, "type") != "module" {
			return unchanged
		}
		set(tag, "type", "text/javascript")
		tag.Attr = append(tag.Attr, html.Attribute{Key: "defer"}) // modules are deferred too
		return changed
	case atom.Meta:
		return l.meta(name, tag)
	}
	return unchanged
}

// meta changes the security policy, because 'self' does not include files in
// every browser, and the address of an immediate redirect.
func (l *links) meta(name string, tag *html.Token) change {
	content := value(tag, "content")
	switch strings.ToLower(value(tag, "http-equiv")) {
	case "content-security-policy":
		set(tag, "content", strings.ReplaceAll(content, "'self'", "'self' file:"))
		return changed
	case "refresh":
		before, address, found := strings.Cut(content, "url=")
		if found {
			set(tag, "content", before+"url="+l.address(name, address))
			return changed
		}
	}
	return unchanged
}

func (l *links) attribute(name string, tag *html.Token, key string) change {
	address := value(tag, key)
	if to := l.address(name, address); to != address {
		set(tag, key, to)
		return changed
	}
	return unchanged
}

// address returns an address on the page at the path, with index.html added if
// it leads to a folder. Other addresses stay unchanged.
func (l *links) address(name, address string) string {
	end := strings.IndexAny(address, "?#")
	if end < 0 {
		end = len(address)
	}
	written := address[:end]
	if written == "" || strings.HasPrefix(written, "/") {
		return address
	}
	u, err := url.Parse(written)
	if err != nil || u.Scheme != "" {
		return address
	}
	if last := path.Base(written); !strings.HasSuffix(written, "/") && last != "." && last != ".." {
		return address
	}
	if !l.pages[path.Join(path.Dir(name), u.Path, index)] {
		return address
	}
	return strings.TrimSuffix(written, "/") + "/" + index + address[end:]
}

// relative returns the address of a file of the site, relative to the page at
// the path.
func relative(name, to string) string {
	return strings.Repeat("../", strings.Count(name, "/")) + to
}

func value(tag *html.Token, key string) string {
	for _, a := range tag.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func set(tag *html.Token, key, value string) {
	for i := range tag.Attr {
		if tag.Attr[i].Key == key {
			tag.Attr[i].Val = value
		}
	}
}
