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
)

// ownPath is the folder of the server's own files. It lies outside of the base
// path, where no page of a site can be.
const ownPath = "/__casebook/"

//go:embed client/reload.js client/preview.css
var client embed.FS

//go:embed client/page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// ServeHTTP answers one request from one state.
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
		serve(w, r, http.StatusOK, contentType(".json"), now.json())
	case "reload.js", "preview.css":
		data, err := client.ReadFile("client/" + name)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		serve(w, r, http.StatusOK, contentType(path.Ext(name)), data)
	default:
		http.Error(w, "no such file", http.StatusNotFound)
	}
}

// serveSite answers as a static host would: a folder by its index.html, a
// folder without its slash by a redirect, nothing else by 404.html.
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
		// A file that is read from disk on demand has changed since the build.
		w.Header().Set("Retry-After", "1")
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	default:
		serveFile(w, r, now, http.StatusOK, name, data)
	}
}

// hashed matches the name of a file that is named by its content.
var hashed = regexp.MustCompile(`(^|[./_-])[0-9a-f]{16,64}(\.[a-z0-9]+)?$`)

// read looks a file up. A file named by its content may come from a site that
// was just replaced, where it can only be the same; a page may not.
func (s *Server) read(now *state, name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
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

// serveWaiting answers while there is no site yet. The script in the page loads
// the site as soon as there is one.
func (s *Server) serveWaiting(w http.ResponseWriter, r *http.Request, now *state) {
	p := page{Title: "The first build is under way", Text: "The site opens here by itself when it is built."}
	if now.failed > 0 {
		p = page{
			Title: "The site cannot be built yet",
			Text:  "Fix the problems that are listed here and in the terminal. The site opens here by itself when it is built.",
			// The script lays them over the page with the lines they are at.
			report: now.report,
		}
	}
	servePage(w, r, now, http.StatusServiceUnavailable, p)
}

// page is a page of the server's own.
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
	ext := path.Ext(name)
	if ext == ".html" {
		w.Header().Set("Content-Security-Policy", policyOf(data))
		data = withScript(data, now.version)
	}
	serve(w, r, status, contentType(ext), data)
}

func serve(w http.ResponseWriter, r *http.Request, status int, contentType string, data []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// An error means that the client has gone.
		_, _ = w.Write(data)
	}
}

// withScript adds the reload script, with the version that the page is of, as
// the last thing in the page's body.
func withScript(html []byte, version int64) []byte {
	element := fmt.Appendf(nil, `<script src="%sreload.js" data-version="%d"></script>`, ownPath, version)
	at := bytes.LastIndex(html, []byte("</body>"))
	if at < 0 {
		at = len(html) // the parser puts it into the body all the same
	}
	return bytes.Join([][]byte{html[:at], element, html[at:]}, nil)
}

// redirect goes to a path of the site, which never names another host.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusFound)
}

// href is the address of a path of the site.
func (s *Server) href(name string) string {
	return (&url.URL{Path: s.base + name}).EscapedPath()
}

// contentType is the type of a file by its extension. Explicit, because the
// tables of operating systems differ and browsers are told not to guess.
func contentType(ext string) string {
	switch strings.ToLower(ext) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".xml":
		return "application/xml"
	case ".atom":
		return "application/atom+xml"
	case ".rss":
		return "application/rss+xml"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".txt", ".bib", ".ris":
		return "text/plain; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".svg":
		return "image/svg+xml"
	case ".ico":
		return "image/vnd.microsoft.icon"
	case ".woff2":
		return "font/woff2"
	case ".pdf":
		return "application/pdf"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".pptx":
		return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	case ".odt":
		return "application/vnd.oasis.opendocument.text"
	case ".ods":
		return "application/vnd.oasis.opendocument.spreadsheet"
	case ".odp":
		return "application/vnd.oasis.opendocument.presentation"
	default:
		return "application/octet-stream"
	}
}
