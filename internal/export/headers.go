// HTTP headers for hosts that read them from a file.

package export

import (
	"fmt"
	"strings"
)

// headers tells Netlify, Cloudflare Pages and similar hosts how long browsers
// may keep a file, and which features of browsers no page needs. Each page has
// its own policy for scripts.
func (e *exporter) headers() error {
	var b strings.Builder
	for _, rule := range []struct{ path, header string }{
		{"/*", "X-Content-Type-Options: nosniff"},
		{"/*", "Referrer-Policy: strict-origin-when-cross-origin"},
		{"/*", "Permissions-Policy: camera=(), geolocation=(), microphone=()"},
		{"/*", "X-Frame-Options: SAMEORIGIN"},
		{"/assets/*", "Cache-Control: public, max-age=31536000, immutable"}, // their names contain a hash of their content
		{"/sw.js", "Cache-Control: no-cache"},
		{"/sw.json", "Cache-Control: no-cache"},
		{"/*.md", "Content-Type: text/markdown; charset=utf-8"},
		{"/linkset.json", "Content-Type: application/linkset+json"},
		{e.in.Site.DataPath(schemaExtension), "Content-Type: application/schema+json"},
	} {
		fmt.Fprintf(&b, "%s\n  %s\n", e.hostPath(rule.path), rule.header)
	}
	return e.add("_headers", []byte(b.String()))
}
