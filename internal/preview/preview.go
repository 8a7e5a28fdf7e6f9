// Package preview shows a built site to the person who writes it. It is a local
// web server that answers from one immutable snapshot at a time, tells open pages
// when there is a newer one, and shows the problems over them when a build
// failed.
//
// It gets finished sites and lists of problems; it does not build, watch or write.
// It adds one script element to each page that it sends, and nothing to the site.
// It serves the machine it runs on only: it refuses requests that come from other
// web sites, or for a host name that is not this machine's.
package preview

import (
	"errors"
	"io/fs"
	"net/netip"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casebook/internal/problem"
)

// Site is a built site. It never changes: it always answers the same for a path.
// It is an interface so that tests need no build.
type Site interface {
	// ReadFile returns the file at a slash-separated path such as
	// "cases/x/index.html", or an error that wraps fs.ErrNotExist.
	ReadFile(path string) ([]byte, error)
}

// Options are what stays the same while a server runs.
type Options struct {
	BasePath   string   // the path of the site's base URL, "/kb/"; "/" when empty
	AllowHosts []string // names other than this machine's own that a request may be for, without port
}

// Server serves one site after another. All of its methods may be called at
// the same time.
type Server struct {
	base       string // "/" or "/kb/"
	allowHosts []string
	heartbeat  time.Duration
	clients    chan struct{} // one element for each open event stream

	mu      sync.Mutex            // held to replace the state
	state   atomic.Pointer[state] // never nil
	retired []retired
}

// state is what the server shows between one Show or Fail and the next. It is
// immutable, and each response is made from one state.
type state struct {
	version  int64
	site     Site // the last good one, nil before there is any
	reload   int64
	restyle  int64
	follow   int64
	page     string // the path to go to, for clients older than follow
	failed   int64  // 0 when the site shown is up to date
	report   report
	replaced chan struct{} // closed when another state takes its place
}

// retired is a site that was replaced a moment ago.
type retired struct {
	site  Site
	until time.Time
}

const (
	// grace is how long a page of the site before may still fetch its stylesheet,
	// script and search shards, which have other names in the newer site.
	grace = 10 * time.Second
	// maxRetired bounds the sites kept for it when edits come quickly.
	maxRetired = 32
	// maxClients is how many event streams may be open at once. A browser opens
	// one for each tab that can be seen.
	maxClients = 64
	// maxConnections leaves files for the build to open where a process may have
	// 256, the usual limit of macOS. More connections wait.
	maxConnections = 128
)

// New returns a server that has nothing to show yet: every page says that the
// first build is under way.
func New(opts Options) *Server {
	s := &Server{
		base:      basePath(opts.BasePath),
		heartbeat: 15 * time.Second,
		clients:   make(chan struct{}, maxClients),
	}
	for _, host := range opts.AllowHosts {
		host = strings.ToLower(host)
		if address, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
			host = address.String() // IPv6 may be written in many ways
		}
		s.allowHosts = append(s.allowHosts, host)
	}
	// Versions continue to rise when the server is started again, so that a page
	// loaded from an earlier server knows that it is old.
	s.state.Store(&state{version: time.Now().UnixMilli(), replaced: make(chan struct{})})
	return s
}

func basePath(p string) string {
	if p = path.Clean("/" + p); p != "/" {
		p += "/"
	}
	return p
}

// Effect is what the open pages do when there is a new site.
type Effect string

// The effects of a change.
const (
	Reload  Effect = "reload"  // the zero Change too: load the page again
	Restyle Effect = "restyle" // only stylesheets differ: take the new ones, load nothing again
	Stay    Effect = "stay"    // nothing that an open page shows has changed, as when only the search index has
)

// Change says in what way a new site differs from the one shown before it.
type Change struct {
	Effect Effect
	Page   string // when not empty, the page that the reader's browser goes to, "cases/x/"
}

// Show shows a new site instead of the one before, and removes the problems.
func (s *Server) Show(site Site, change Change) {
	s.replace(func(next *state) {
		if next.site != nil {
			s.retire(next.site)
		}
		switch {
		case next.site == nil || change.Effect == Reload || change.Effect == "":
			next.reload = next.version
		case change.Effect == Restyle:
			next.restyle = next.version
		}
		if change.Page != "" && has(site, path.Join(change.Page, "index.html")) {
			next.follow, next.page = next.version, s.href(change.Page)
		}
		next.site, next.failed, next.report = site, 0, report{}
	})
}

// Fail shows the problems over the last good site. It reads the lines around a
// problem from source before it returns; source may be nil.
func (s *Server) Fail(problems []problem.Problem, source func(path string) ([]byte, error)) {
	report := newReport(problems, source)
	s.replace(func(next *state) { next.failed, next.report = next.version, report })
}

// replace changes a copy of the state, makes it the current one and wakes the
// clients.
func (s *Server) replace(change func(next *state)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.state.Load()
	next := *last
	next.version++
	next.replaced = make(chan struct{})
	change(&next)
	s.state.Store(&next)
	close(last.replaced)
}

// retire keeps a replaced site for the grace period only: it may hold as much
// memory as the current one.
func (s *Server) retire(site Site) {
	s.retired = append(s.retired, retired{site, time.Now().Add(grace)})
	if n := len(s.retired); n > maxRetired {
		s.retired = slices.Delete(s.retired, 0, n-maxRetired)
	}
	time.AfterFunc(grace, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.retired = slices.DeleteFunc(s.retired, func(r retired) bool { return !time.Now().Before(r.until) })
	})
}

// readRetired looks for a file in the sites replaced a moment ago, the newest
// first.
func (s *Server) readRetired(name string) ([]byte, error) {
	s.mu.Lock()
	sites := slices.Clone(s.retired)
	s.mu.Unlock()
	for _, r := range slices.Backward(sites) {
		if data, err := r.site.ReadFile(name); !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return nil, fs.ErrNotExist
}

func has(site Site, name string) bool {
	_, err := site.ReadFile(name)
	return err == nil
}
