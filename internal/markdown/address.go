package markdown

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// refusal is why an address is not on the allow-list.
type refusal struct{ code, message, hint string }

// check returns why a destination may not be used, or nil. dest has its escapes
// and entities resolved. A list of what is allowed is the only one that holds:
// new schemes, and new spellings of old ones, keep turning up in browsers.
func check(kind LinkKind, dest string) *refusal {
	if dest == "" {
		return &refusal{"link-empty", "the link has no address", "write the address between the brackets"}
	}
	if strings.ContainsFunc(dest, unicode.IsControl) {
		return &refusal{"link-scheme", fmt.Sprintf("the address %q has a control character", shorten(dest)), "delete it"}
	}
	// Whoever looks up a relative address decodes it, so it must hold decoded too.
	decoded := percentDecoded(dest)
	scheme := schemeOf(decoded)
	switch scheme {
	case "":
		return checkRelative(kind, dest, decoded)
	case "http", "https":
		return checkWeb(kind, dest)
	case "mailto", "tel":
		if kind == Hyperlink && schemeOf(dest) == scheme {
			return nil
		}
	}
	what := "links"
	if kind == Image {
		what = "images"
	}
	return &refusal{
		"link-scheme", fmt.Sprintf("the address %q begins with %q, which is not allowed for %s", shorten(dest), shorten(scheme+":"), what),
		"use https, http, mailto, tel, or the path of a file here",
	}
}

func checkRelative(kind LinkKind, dest, decoded string) *refusal {
	path, _, _ := strings.Cut(decoded, "?")
	path, _, _ = strings.Cut(path, "#")
	switch {
	case strings.Contains(path, `\`):
		return &refusal{"link-scheme", fmt.Sprintf("the address %q has a backslash", shorten(dest)), "write / between folders"}
	case strings.ContainsFunc(path, unicode.IsControl):
		return &refusal{"link-scheme", fmt.Sprintf("the address %q stands for a control character", shorten(dest)), "delete it"}
	case strings.HasPrefix(strings.TrimSpace(path), "//"):
		return &refusal{"link-scheme", fmt.Sprintf("the address %q names another site without https:", shorten(dest)), "write https: before it"}
	case kind == Image && path == "":
		return &refusal{"link-scheme", fmt.Sprintf("the address %q is not an image", shorten(dest)), "write the path of an image file here"}
	}
	return nil
}

func checkWeb(kind LinkKind, dest string) *refusal {
	u, err := url.Parse(dest)
	if err != nil || u.Host == "" || strings.Contains(u.Host+u.Path, `\`) {
		return &refusal{"link-scheme", fmt.Sprintf("the address %q cannot be read", shorten(dest)), "copy the address from a browser again"}
	}
	if kind == Image {
		return &refusal{
			"remote-image", fmt.Sprintf("the image %q is on another site, which would learn of every reader", shorten(dest)),
			"put the image file beside the text, if its licence allows, or link to it",
		}
	}
	return nil
}

// schemeOf returns what stands before the first colon, in lower case, unless it
// is a colon inside a path, a query or a fragment.
func schemeOf(address string) string {
	if i := strings.IndexAny(address, ":/?#"); i >= 0 && address[i] == ':' {
		return strings.ToLower(address[:i]) // ":x" has none and is relative
	}
	return ""
}

// percentDecoded decodes what can be decoded and keeps the rest, so that one bad
// escape does not hide the others.
func percentDecoded(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i+2 < len(s) && s[i] == '%' {
			if c, err := url.PathUnescape(s[i : i+3]); err == nil {
				b.WriteString(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// shorten keeps messages readable.
func shorten(s string) string {
	const most = 80
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
