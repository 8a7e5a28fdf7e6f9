// Redirects in the formats of several hosts.

package export

import (
	"fmt"
	"strings"

	"casebook/internal/site"
)

// redirects writes the old addresses of pages for hosts that answer with a
// redirect: _redirects for Netlify and Cloudflare Pages, a map for nginx, and
// lines for a Caddyfile. Other hosts serve the redirect pages of the site.
func (e *exporter) redirects() error {
	var netlify, nginx, caddy strings.Builder
	nginx.WriteString("# In http { }: map $uri $redirect { include redirects.nginx; }  In server { }: if ($redirect) { return 301 $redirect; }\n")
	caddy.WriteString("# In the site block of a Caddyfile: import redirects.caddy\n")
	n := 0
	for _, p := range e.in.Site.Pages {
		from, to, ok := site.RedirectOf(p)
		if !ok {
			continue
		}
		n++
		for _, old := range spellings(from) {
			fmt.Fprintf(&netlify, "%s %s 301\n", e.hostPath(old), e.hostPath(to))
			fmt.Fprintf(&nginx, "%q %q;\n", e.hostPath(old), e.hostPath(to))
			fmt.Fprintf(&caddy, "redir %q %q permanent\n", e.hostPath(old), e.hostPath(to))
		}
	}
	if n == 0 {
		return nil
	}
	for name, text := range map[string]*strings.Builder{"_redirects": &netlify, "redirects.nginx": &nginx, "redirects.caddy": &caddy} {
		if err := e.add(name, []byte(text.String())); err != nil {
			return err
		}
	}
	return nil
}

// spellings returns the paths that readers request for one address: a folder
// with and without its final slash.
func spellings(path string) []string {
	if bare := strings.TrimSuffix(path, "/"); bare != path && bare != "" {
		return []string{bare, path}
	}
	return []string{path}
}

// hostPath returns a path of the site as the host sees it: below the path of
// the base URL.
func (e *exporter) hostPath(path string) string {
	_, rest, _ := strings.Cut(e.in.Site.BaseURL, "://")
	_, below, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	if below == "" {
		return path
	}
	return "/" + below + path
}
