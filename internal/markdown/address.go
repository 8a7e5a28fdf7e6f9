// Which addresses of links and images are allowed.

package markdown

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// refusal says why an address is not allowed.
type refusal struct{ code, message, hint string }

// check returns nil if a destination is allowed. dest has its escapes and
// entities resolved. Everything that is not known to be safe is refused, because
// browsers keep adding schemes and ways to spell them.
func check(kind LinkKind, dest string) *refusal {
	if dest == "" {
		return &refusal{"link-empty", "the link has no address", "write the address between the brackets"}
	}
	if strings.ContainsFunc(dest, unicode.IsControl) {
		return &refusal{"link-scheme", fmt.Sprintf("the address %q has a control character", shorten(dest)), "delete it"}
	}
	// Relative addresses are decoded when they are looked up, so the decoded form must be safe too.
	decoded := percentDecoded(dest)
	scheme := schemeOf(decoded)
	switch scheme {
	case "":
		return checkRelative(kind, dest, decoded)
	case "http", "https":
		return checkWeb(kind, dest)
	case "mailto", "tel":
		if rest := strings.TrimSpace(decoded[len(scheme)+1:]); rest == "" {
			return &refusal{"link-empty", fmt.Sprintf("the address %q is empty", shorten(dest)), "write the address after " + scheme + ":"}
		}
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
		insteadOfScheme(dest, scheme),
	}
}

// insteadOfScheme returns the hint for an address with a scheme that is not
// allowed: a file of the author's computer, a misspelt https, or another.
func insteadOfScheme(dest, scheme string) string {
	switch _, rest, _ := strings.Cut(dest, ":"); {
	case len(scheme) == 1, scheme == "file":
		return ownFile(dest)
	case strings.Trim(dest, quoteMarks) != dest:
		return "write the address without quotation marks: " + shorten(strings.Trim(dest, quoteMarks))
	case scheme == "doi":
		return "write https://doi.org/" + shorten(rest)
	case scheme == "data":
		return "save the picture as a file beside this text, and write its name"
	case misspelt.MatchString(scheme):
		return "write https://" + shorten(strings.TrimLeft(rest, "/"))
	}
	return "use https, http, mailto, tel, or the path of a file here"
}

var (
	misspelt   = regexp.MustCompile(`^h{0,2}t{1,3}h?p{1,2}s?$`)
	noColon    = regexp.MustCompile(`(?i)^https?/{1,2}[^/]+\.`)
	twoSchemes = regexp.MustCompile(`(?i)^(?:https?:?//?)+(https?://.+)$`)
	oneSlash   = regexp.MustCompile(`(?i)^https?:/?([^/].*)$`)
)

const quoteMarks = "\"'“”„‘’«»"

// ownFile returns the hint for a file of the author's own computer.
func ownFile(dest string) string {
	name := dest[strings.LastIndexAny(dest, `/\`)+1:]
	return fmt.Sprintf("put the file beside this text, and write its name alone: %s", shorten(name))
}

func checkRelative(kind LinkKind, dest, decoded string) *refusal {
	path, _, _ := strings.Cut(decoded, "?")
	path, _, _ = strings.Cut(path, "#")
	if strings.Contains(decoded, "{{") || strings.Contains(decoded, "{%") {
		_, hint := explainTemplate([]string{"](" + decoded, decoded})
		return &refusal{"link-scheme", fmt.Sprintf("the address %q has a template tag of another program", shorten(dest)), hint}
	}
	if _, err := url.Parse(dest); err != nil {
		return unreadable(dest)
	}
	switch {
	case noColon.MatchString(dest):
		_, rest, _ := strings.Cut(dest, "/")
		return &refusal{"link-scheme", fmt.Sprintf("the address %q has no colon after its beginning", shorten(dest)), "write https://" + shorten(strings.TrimLeft(rest, "/"))}
	case kind == Hyperlink && strings.HasPrefix(dest, "?"):
		return &refusal{"link-scheme", fmt.Sprintf("the address %q names no page", shorten(dest)), "write the path of the page that is meant, or its whole address from https:// on"}
	case strings.HasPrefix(path, `\\`):
		return &refusal{"link-scheme", fmt.Sprintf("the address %q is that of a file of your own network", shorten(dest)), ownFile(dest)}
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

// unreadable refuses a relative address that is not a valid URL.
func unreadable(dest string) *refusal {
	hint := `write ./ before it if it is the name of a file`
	if i := badEscape(dest); i >= 0 {
		hint = fmt.Sprintf("a %% in the name of a file is written %%25, (%s%%25%s); or rename the file without it", shorten(dest[:i]), shorten(dest[i+1:]))
	}
	return &refusal{"link-scheme", fmt.Sprintf("the address %q cannot be read", shorten(dest)), hint}
}

// badEscape returns the index of the first "%" without two hexadecimal digits
// after it, or -1.
func badEscape(s string) int {
	for i := range len(s) {
		if s[i] != '%' {
			continue
		}
		if _, err := url.PathUnescape(s[i:min(i+3, len(s))]); err != nil {
			return i
		}
	}
	return -1
}

func checkWeb(kind LinkKind, dest string) *refusal {
	u, err := url.Parse(dest)
	if err != nil || u.Host == "" || strings.Contains(u.Host+u.Path, `\`) {
		hint := "copy the address from a browser again"
		if m := oneSlash.FindStringSubmatch(dest); m != nil && err == nil && u.Host == "" {
			hint = "write https://" + shorten(m[1])
		}
		return &refusal{"link-scheme", fmt.Sprintf("the address %q cannot be read", shorten(dest)), hint}
	}
	if u.User != nil {
		return &refusal{"link-scheme", fmt.Sprintf("the address %q has a name before the host, which hides that it leads to %s", shorten(dest), shorten(u.Host)), "delete everything between // and @, and the @"}
	}
	if kind == Image {
		return &refusal{
			"remote-image", fmt.Sprintf("the image %q is on another site, which would learn of every reader", shorten(dest)),
			"put the image file beside the text, if its licence allows, or link to it",
		}
	}
	return nil
}

var (
	mailAddress = regexp.MustCompile(`^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$`)
	phoneNumber = regexp.MustCompile(`^\+?[-\d().,;=+*#a-z\x{a0} ]*\d[-\d().,;=+*#a-z\x{a0} ]*$`)
	// preview is a host that leads to the computer of each reader. The library
	// reports it, since it knows which page is meant.
	preview = regexp.MustCompile(`(?i)^(?:localhost|.*\.localhost)$`)
)

// redirects matches addresses that mail and office programs put in the place of the
// one that was written.
var redirects = regexp.MustCompile(`^(?:www\.google\.[a-z.]+/url|[a-z0-9.]+\.safelinks\.protection\.outlook\.com/?)$`)

// doubt returns what is probably wrong with an address that is allowed, or nil.
func doubt(dest string) *refusal {
	decoded := percentDecoded(dest)
	switch schemeOf(decoded) {
	case "mailto":
		all, _, _ := strings.Cut(decoded[len("mailto:"):], "?")
		all = strings.TrimLeft(all, "/")
		if rest := decoded[len("mailto:"):]; strings.HasPrefix(rest, "/") {
			return &refusal{"link-address", fmt.Sprintf("%q has slashes before an e-mail address", shorten(dest)), "write mailto:" + shorten(all)}
		}
		for _, address := range strings.FieldsFunc(all, func(r rune) bool { return r == ',' || r == ';' }) {
			if !mailAddress.MatchString(strings.TrimSpace(address)) {
				return &refusal{"link-address", fmt.Sprintf("%q is not an e-mail address", shorten(strings.TrimSpace(address))), "write all of it, such as mailto:name@example.org"}
			}
		}
	case "tel":
		if number := decoded[len("tel:"):]; !phoneNumber.MatchString(number) {
			return &refusal{"link-address", fmt.Sprintf("%q is not a telephone number", shorten(number)), "write it with its country, such as tel:+442079460000"}
		}
	case "http", "https":
		u, err := url.Parse(dest)
		if err == nil && redirects.MatchString(u.Host+u.Path) {
			if to := cmp.Or(u.Query().Get("url"), u.Query().Get("q")); to != "" {
				return &refusal{"link-address", fmt.Sprintf("%q only forwards to another address, and tells %s who follows it", shorten(dest), shorten(u.Host)), "write " + shorten(to)}
			}
		}
		if err != nil || preview.MatchString(u.Hostname()) || strings.ContainsAny(u.Hostname(), ".:") {
			return nil
		}
		hint := "copy the whole address from a browser"
		if m := twoSchemes.FindStringSubmatch(dest); m != nil {
			hint = "write " + shorten(m[1])
		}
		return &refusal{"link-address", fmt.Sprintf("%q has no dot in %q, so it leads to no website", shorten(dest), shorten(u.Hostname())), hint}
	}
	return nil
}

// schemeOf returns the scheme in lower case: the part before the first colon,
// unless the colon is in a path, a query or a fragment.
func schemeOf(address string) string {
	if i := strings.IndexAny(address, ":/?#"); i >= 0 && address[i] == ':' {
		return strings.ToLower(address[:i])
	}
	return ""
}

// percentDecoded decodes the valid escapes and keeps the invalid ones, so that
// one invalid escape does not hide the others.
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

// shorten cuts s to the length that fits in a message.
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
