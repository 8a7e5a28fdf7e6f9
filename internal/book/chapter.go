// The content of chapters, without what is only useful on a screen.

package book

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/JohannesKaufmann/dom"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leftOut reports whether an element is only useful on a screen or to a script.
func leftOut(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Form, atom.Button, atom.Input, atom.Select, atom.Template, atom.Dialog, atom.Svg, atom.Iframe, atom.Link, atom.Noscript:
		return true
	}
	return n.DataAtom == atom.Details && isForCopying(n) || dom.HasClass(n, "screen") || value(n, "aria-hidden") == "true" || has(n, "hidden")
}

// isForCopying reports whether an element holds a text to copy into another
// program.
func isForCopying(n *html.Node) bool {
	return dom.ContainsNode(n, func(child *html.Node) bool { return has(child, "data-copy") })
}

// keeps reports whether an attribute has a meaning in a book.
func keeps(key string) bool {
	switch key {
	case "id", "class", "href", "src", "alt", "width", "height", "lang", "dir", "title", "scope", "colspan", "rowspan", "headers", "datetime", "start", "reversed", "value":
		return true
	}
	return false
}

// clean removes what is not useful in a book, and records the ids.
func (c *chapter) clean(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.CommentNode || child.Type == html.ElementNode && leftOut(child) {
			n.RemoveChild(child)
		} else {
			c.clean(child)
		}
		child = next
	}
	switch n.Type {
	case html.TextNode:
		n.Data = printable(n.Data)
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Details: // nobody can open it on paper
			n.Data, n.DataAtom = "div", atom.Div
		case atom.Summary:
			n.Data, n.DataAtom = "p", atom.P
		}
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Namespace != "" || !keeps(a.Key) })
		for i := range n.Attr {
			n.Attr[i].Val = printable(n.Attr[i].Val)
		}
		if id := value(n, "id"); id != "" {
			c.ids[id] = true
		}
	}
}

// printable returns the text without characters that XML does not allow.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}

// removeEmptyPictures removes pictures whose file the site does not have.
func (c *chapter) removeEmptyPictures() {
	for _, n := range dom.FindAllNodes(c.body, func(n *html.Node) bool { return n.DataAtom == atom.Img && value(n, "src") == "" }) {
		dom.RemoveNode(n)
	}
}

// within resolves an address on the page at the path. It returns the file of
// the site that the address leads to, and the fragment. The file is empty if
// the address leads elsewhere.
func within(page, address string) (file, fragment string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/") || address == "" {
		return "", ""
	}
	if u.Path == "" {
		return page, u.Fragment
	}
	file = path.Join(path.Dir(page), u.Path)
	if last := path.Base(u.Path); strings.HasSuffix(u.Path, "/") || last == "." || last == ".." {
		file = path.Join(file, "index.html")
	}
	return file, u.Fragment
}

func value(n *html.Node, key string) string { return dom.GetAttributeOr(n, key, "") }

func has(n *html.Node, key string) bool {
	_, has := dom.GetAttribute(n, key)
	return has
}

func set(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func remove(n *html.Node, key string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}
