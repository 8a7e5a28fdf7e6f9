package export

import (
	"fmt"
	"strings"
)

// headers tells Netlify, Cloudflare Pages and their like how long browsers may
// keep a file, and what no page of the site needs. Each page has a policy for its
// scripts of its own.
func (e *exporter) headers() error {
	var b strings.Builder
	for _, rule := range []struct{ path, header string }{
		{"/*", "X-Content-Type-Options: nosniff"},
		{"/*", "Referrer-Policy: strict-origin-when-cross-origin"},
		{"/*", "Permissions-Policy: camera=(), geolocation=(), microphone=()"},
		{"/*", "X-Frame-Options: SAMEORIGIN"},
		{"/assets/*", "Cache-Control: public, max-age=31536000, immutable"}, // named by their content
		{"/sw.js", "Cache-Control: no-cache"},
		{"/*.md", "Content-Type: text/markdown; charset=utf-8"},
		{"/linkset.json", "Content-Type: application/linkset+json"},
		{"/data/cases.schema.json", "Content-Type: application/schema+json"},
	} {
		fmt.Fprintf(&b, "%s\n  %s\n", e.hostPath(rule.path), rule.header)
	}
	return e.add("_headers", []byte(b.String()))
}
