// Package preview shows a built site to whoever is writing it: a local web
// server that answers from one immutable snapshot at a time, tells open pages
// when there is a newer one, and lays what is wrong with the content over them
// when there is not.
//
// It is handed finished sites and lists of problems; it builds nothing, watches
// nothing and writes nothing. What it adds to a page, one script element, exists
// in its responses alone. It is for the machine it runs on: it refuses what
// another web site, or a name that only pretends to be this machine, asks for.
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

// Site is a built site. It never changes: what it once answered for a path it
// answers again. An interface, because the server needs no more of a build's
// snapshot than this and a test needs no build to have one.
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
// immutable; a response is made from one state and no other.
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
	// grace is how long a page that was loaded just before a newer site came may
	// still fetch its stylesheet, script and search shards, whose names in the
	// newer site are others.
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
	// Versions go on rising when the server is started again, so a page that was
	// loaded from its predecessor knows that it is old.
	s.state.Store(&state{version: time.Now().UnixMilli(), replaced: make(chan struct{})})
	return s
}

func basePath(p string) string {
	if p = path.Clean("/" + p); p != "/" {
		p += "/"
	}
	return p
}

// Effect is what a new site asks of the pages that are open.
type Effect string

// The effects of a change.
const (
	Reload  Effect = "reload"  // the zero Change too: load the page again
	Restyle Effect = "restyle" // only stylesheets differ: take the new ones, load nothing again
	Stay    Effect = "stay"    // nothing that an open page shows is another, as when only the search index followed
)

// Change says in what way a new site differs from the one shown before it.
type Change struct {
	Effect Effect
	Page   string // when not empty, the page that the reader's browser goes to, "cases/x/"
}

// Show puts a new site in place of the one shown, if any, and ends the overlay.
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

// Fail leaves the last good site in place and lays the problems over it. The
// text of a file, for the lines around a problem, is taken from source before
// Fail returns; source may be nil.
func (s *Server) Fail(problems []problem.Problem, source func(path string) ([]byte, error)) {
	report := newReport(problems, source)
	s.replace(func(next *state) { next.failed, next.report = next.version, report })
}

// replace puts a changed copy of the state in its place and wakes the clients.
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

// retire keeps a replaced site for a while, and no longer: it may hold as much
// memory as the one in its place.
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
