// How requests are answered.

package preview

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"casebook/internal/offline"
	"casebook/internal/publish"
)

// ownPath is the folder of the server's own files. No page has such a path: ids
// hold no underscores.
const ownPath = "/__casebook/"

//go:embed client/reload.js client/preview.css
var client embed.FS

//go:embed client/page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// ServeHTTP answers a request. It reads the state once, so that a response never
// mixes two sites.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header())
	if refused := s.check(r); refused != nil {
		refused.write(w)
		return
	}
	now := s.state.Load()
	if own, ok := strings.CutPrefix(r.URL.Path, ownPath); ok {
		s.serveOwn(w, r, now, own)
		return
	}
	s.serveSite(w, r, now)
}

func (s *Server) serveOwn(w http.ResponseWriter, r *http.Request, now *state, name string) {
	switch name {
	case "events", "state":
		if refused := checkChannel(r); refused != nil {
			refused.write(w)
			return
		}
		if name == "events" {
			s.serveEvents(w, r)
			return
		}
		serve(w, r, http.StatusOK, publish.ContentType(".json"), now.json())
	case "reload.js", "preview.css":
		data, err := client.ReadFile("client/" + name)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		serve(w, r, http.StatusOK, publish.ContentType(name), data)
	default:
		http.Error(w, "no such file", http.StatusNotFound)
	}
}

// serveSite answers as a static host would: a folder with its index.html, a
// folder without its slash with a redirect, a missing file with 404.html.
func (s *Server) serveSite(w http.ResponseWriter, r *http.Request, now *state) {
	if now.site == nil {
		s.serveWaiting(w, r, now)
		return
	}
	name, inside := strings.CutPrefix(r.URL.Path, s.base)
	if !inside {
		if r.URL.Path == "/" || r.URL.Path+"/" == s.base {
			redirect(w, r, s.base)
			return
		}
		s.serveMissing(w, r, now)
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	} else if fs.ValidPath(name) && has(now.site, name+"/index.html") {
		redirect(w, r, s.href(name+"/"))
		return
	}
	data, err := s.read(now, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.serveMissing(w, r, now)
	case err != nil:
		// The file is read from disk on demand, and has changed since the
		// build.
		w.Header().Set("Retry-After", "1")
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	default:
		serveFile(w, r, now, http.StatusOK, name, data)
	}
}

// hashed matches the name of a file that contains a hash of its content.
var hashed = regexp.MustCompile(`(^|[./_-])[0-9a-f]{16,64}(\.[a-z0-9]+)?$`)

// read returns a file of the site. A file with a hash in its name may also come
// from a site that was just replaced, since its bytes cannot differ.
func (s *Server) read(now *state, name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
	}
	switch name { // the authors who use a preview are about to change the site, so nothing is kept offline
	case offline.WorkerPath:
		return offline.Worker()
	case offline.ListPath:
		return offline.List(nil)
	}
	data, err := now.site.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && hashed.MatchString(name) {
		return s.readRetired(name)
	}
	return data, err
}

func (s *Server) serveMissing(w http.ResponseWriter, r *http.Request, now *state) {
	data, err := now.site.ReadFile("404.html")
	if err != nil {
		servePage(w, r, now, http.StatusNotFound, page{Title: "Page not found", Home: s.base})
		return
	}
	serveFile(w, r, now, http.StatusNotFound, "404.html", data)
}

// serveWaiting serves a page that says why there is no site yet. The script in it
// loads the site as soon as there is one.
func (s *Server) serveWaiting(w http.ResponseWriter, r *http.Request, now *state) {
	p := page{Title: "The first build is under way", Text: "The site opens here when it is built."}
	if now.failed > 0 {
		p = page{
			Title: "The site cannot be built yet",
			Text:  "Fix the problems that are listed here and in the terminal. The site opens here when it is built.",
			// The script shows them over the page, with the source lines.
			report: now.report,
		}
	}
	servePage(w, r, now, http.StatusServiceUnavailable, p)
}

// page is a page that the server makes itself.
type page struct {
	Title, Text, Home string
	report
}

func servePage(w http.ResponseWriter, r *http.Request, now *state, status int, p page) {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	serveFile(w, r, now, status, "page.html", b.Bytes())
}

func serveFile(w http.ResponseWriter, r *http.Request, now *state, status int, name string, data []byte) {
	if path.Ext(name) == ".html" {
		w.Header().Set("Content-Security-Policy", policyOf(data))
		data = withScript(data, now.version)
	}
	serve(w, r, status, publish.ContentType(name), data)
}

func serve(w http.ResponseWriter, r *http.Request, status int, contentType string, data []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// An error means that the client closed the connection.
		_, _ = w.Write(data)
	}
}

// withScript adds the reload script, with the version of the state that the page
// is from, to the end of the page's body.
func withScript(html []byte, version int64) []byte {
	element := fmt.Appendf(nil, `<script src="%sreload.js" data-version="%d"></script>`, ownPath, version)
	at := bytes.LastIndex(html, []byte("</body>"))
	if at < 0 {
		at = len(html) // HTML parsers put it into the body
	}
	return bytes.Join([][]byte{html[:at], element, html[at:]}, nil)
}

// redirect sends the browser to a path of the site, never to another host.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusFound)
}

// href returns the escaped URL path of a path of the site.
func (s *Server) href(name string) string {
	return (&url.URL{Path: s.base + name}).EscapedPath()
}
