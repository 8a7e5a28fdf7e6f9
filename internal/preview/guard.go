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

// refusal is the answer to a request that is not served.
type refusal struct {
	status int
	reason string
}

func (r *refusal) write(w http.ResponseWriter) {
	if r.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	// What is left of a request that should not be is not read.
	w.Header().Set("Connection", "close")
	http.Error(w, r.reason, r.status)
}

// policy is the Content-Security-Policy of whatever brings none of its own.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// setHeaders sets what stands on every response. There is no CORS header among
// them, nor will there be: nothing here is for another site to read.
func setHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", unframed(policy))
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}

var policyElement = regexp.MustCompile(`(?i)<meta\s+http-equiv="content-security-policy"\s+content="([^"]*)"`)

// policyOf is the policy that a page states about itself. As a header it holds
// from the first byte and can say who may frame the page, which a meta element
// cannot; stated by the page, it is the one the published site will have.
func policyOf(page []byte) string {
	match := policyElement.FindSubmatch(page)
	if match == nil {
		return unframed(policy)
	}
	// Fields, since a header has no line breaks.
	return unframed(strings.Join(strings.Fields(html.UnescapeString(string(match[1]))), " "))
}

func unframed(policy string) string { return policy + "; frame-ancestors 'none'" }

// check refuses what no reader's browser asks for, or asks for on behalf of
// another site.
func (s *Server) check(r *http.Request) *refusal {
	switch {
	case !s.allowedHost(r.Host):
		// A name that leads here but is not ours may be another site's, made to
		// lead here so that its pages could read these (DNS rebinding).
		return &refusal{http.StatusForbidden, fmt.Sprintf("not served for the host %q: to allow it, give its name to --allow-host", r.Host)}
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return &refusal{http.StatusMethodNotAllowed, "only GET and HEAD are served"}
	case !plainTarget(r):
		return &refusal{http.StatusBadRequest, "not a path of the site"}
	case r.ContentLength != 0:
		return &refusal{http.StatusBadRequest, "a request has no body here"}
	case fromOtherSite(r):
		return &refusal{http.StatusForbidden, "not served to other sites"}
	}
	return nil
}

// plainTarget reports whether the request's target is a path, and one that
// means the same on every system.
func plainTarget(r *http.Request) bool {
	return strings.HasPrefix(r.RequestURI, "/") && !strings.ContainsFunc(r.URL.Path, func(c rune) bool {
		return c == '\\' || c < ' ' || c == 0x7f
	})
}

// fromOtherSite reports whether a browser says that another site is behind the
// request and it is not a link that its user followed. Browsers keep the
// response from that site in any case, by Cross-Origin-Resource-Policy; this
// keeps it from being made. See https://web.dev/articles/fetch-metadata.
func fromOtherSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// checkChannel refuses everyone but the pages of this very origin the event
// stream and the state.
func checkChannel(r *http.Request) *refusal {
	site := r.Header.Get("Sec-Fetch-Site")
	if site != "" && site != "none" && site != "same-origin" || !sameOrigin(r) {
		return &refusal{http.StatusForbidden, "only for the pages of this server"}
	}
	return nil
}

// sameOrigin reports whether the Origin, which browsers leave out of most
// requests to the same origin, is the one that the request is for.
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
