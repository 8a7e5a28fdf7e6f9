// Which requests are refused, and the security headers of responses.

package preview

import (
	"fmt"
	"html"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// refusal is the response to a request that is not served.
type refusal struct {
	status int
	reason string
}

func (r *refusal) write(w http.ResponseWriter) {
	if r.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	// Do not read the rest of a refused request.
	w.Header().Set("Connection", "close")
	http.Error(w, r.reason, r.status)
}

// policy is the Content-Security-Policy of responses that do not have their
// own.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// setHeaders sets the headers of every response. It sets no CORS header, because
// no other site may read a response.
func setHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", unframed(policy))
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}

var policyElement = regexp.MustCompile(`(?i)<meta\s+http-equiv="content-security-policy"\s+content="([^"]*)"`)

// policyOf returns the policy in the page's meta element, which is the policy of
// the published site, for use as a header. Unlike the element, a header applies
// from the first byte and can restrict who may frame the page.
func policyOf(page []byte) string {
	match := policyElement.FindSubmatch(page)
	if match == nil {
		return unframed(policy)
	}
	// A header has no line breaks, so white space becomes single spaces.
	return unframed(strings.Join(strings.Fields(html.UnescapeString(string(match[1]))), " "))
}

func unframed(policy string) string { return policy + "; frame-ancestors 'none'" }

// check refuses requests that no reader's browser makes, or that it makes on
// behalf of another site.
func (s *Server) check(r *http.Request) *refusal {
	switch {
	case !s.allowedHost(r.Host):
		// Another site may point its own name at this address, so that its pages
		// can read responses (DNS rebinding).
		return &refusal{http.StatusForbidden, fmt.Sprintf("not served for the host %q: to allow it, give its name to --allow-host", r.Host)}
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return &refusal{http.StatusMethodNotAllowed, "only GET and HEAD are served"}
	case !plainTarget(r):
		return &refusal{http.StatusBadRequest, "not a path of the site"}
	case r.ContentLength != 0:
		return &refusal{http.StatusBadRequest, "requests with a body are not served"}
	case fromOtherSite(r):
		return &refusal{http.StatusForbidden, "not served to other sites"}
	}
	return nil
}

// plainTarget reports whether the request's target is a path that means the same
// on every operating system.
func plainTarget(r *http.Request) bool {
	return strings.HasPrefix(r.RequestURI, "/") && !strings.ContainsFunc(r.URL.Path, func(c rune) bool {
		return c == '\\' || c < ' ' || c == 0x7f
	})
}

// fromOtherSite reports whether a browser made the request for another site and
// not because its user followed a link. Cross-Origin-Resource-Policy already
// keeps that site from reading the response; this check keeps the response from
// being made. See https://web.dev/articles/fetch-metadata.
func fromOtherSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// checkChannel refuses requests for the event stream and the state that do not
// come from a page of the same origin.
func checkChannel(r *http.Request) *refusal {
	site := r.Header.Get("Sec-Fetch-Site")
	if site != "" && site != "none" && site != "same-origin" || !sameOrigin(r) {
		return &refusal{http.StatusForbidden, "only for the pages of this server"}
	}
	return nil
}

// sameOrigin reports whether the Origin header names the host that the request is
// for, or is absent: browsers omit it from most requests to the same origin.
func sameOrigin(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	origin, err := url.Parse(origins[0])
	return err == nil && len(origins) == 1 && strings.EqualFold(origin.Host, r.Host) &&
		(origin.Scheme == "http" || origin.Scheme == "https")
}

var (
	hostAndPort = regexp.MustCompile(`^(\[[0-9a-f:.]+\]|[^\[\]:]+)(:[0-9]{1,5})?$`)
	localName   = regexp.MustCompile(`^([a-z0-9-]+\.)*localhost$`)
)

// allowedHost reports whether the value of a Host header names this machine,
// or is on the list.
func (s *Server) allowedHost(value string) bool {
	match := hostAndPort.FindStringSubmatch(strings.ToLower(value))
	if match == nil {
		return false
	}
	host := match[1]
	if localName.MatchString(host) {
		return true
	}
	bare := strings.Trim(host, "[]")
	address, err := netip.ParseAddr(bare)
	if err == nil && address.Is6() == (bare != host) {
		return address.IsLoopback() || slices.Contains(s.allowHosts, address.String())
	}
	return bare == host && slices.Contains(s.allowHosts, host)
}
