// Package preview shows a built site to its authors: a local web server that
// serves one immutable site at a time, reloads open pages when there is a newer
// one, and shows the problems over the pages when a build fails.
//
// The caller gives it finished sites and lists of problems; it builds, watches
// and writes nothing. It adds one script element to each page that it serves. It
// is for use on one machine: it refuses requests that another web site makes, or
// that are for a host name that is neither this machine's nor in
// [Options.AllowHosts].
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

// Site is a built site. It never changes. It is an interface so that tests need
// no build.
type Site interface {
	// ReadFile returns the file at a slash-separated path such as
	// "cases/x/index.html", or an error that wraps fs.ErrNotExist.
	ReadFile(path string) ([]byte, error)
}

// Options are the settings of a [Server].
type Options struct {
	BasePath   string   // the path of the site's base URL, such as "/kb/"; empty means "/"
	AllowHosts []string // host names, without port, that requests may be for besides this machine's
}

// Server serves the site shown last. Its methods are safe for concurrent use.
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
	site     Site // of the last build that succeeded; nil before the first
	reload   int64
	restyle  int64
	follow   int64
	page     string // the path that clients of a version below follow go to
	failed   int64  // the version of the last failed build; 0 if the last build succeeded
	report   report
	replaced chan struct{} // closed when a new state replaces this one
}

// retired is a site that was replaced a moment ago.
type retired struct {
	site  Site
	until time.Time
}

const (
	// grace is how long a replaced site is kept, for pages loaded just before it
	// was replaced: their stylesheet, script and search shards have other names in
	// the new site.
	grace = 10 * time.Second
	// maxRetired is how many replaced sites are kept when edits come quickly.
	maxRetired = 32
	// maxClients is how many event streams may be open at once. A browser opens
	// one for each visible tab.
	maxClients = 64
	// maxConnections is how many connections may be open; more wait. It leaves
	// files for the build to open where a process may have 256, the usual limit of
	// macOS.
	maxConnections = 128
)

// New returns a server without a site: until Show is called, every page says that
// the first build is under way.
func New(opts Options) *Server {
	s := &Server{
		base:      basePath(opts.BasePath),
		heartbeat: 15 * time.Second,
		clients:   make(chan struct{}, maxClients),
	}
	for _, host := range opts.AllowHosts {
		host = strings.ToLower(host)
		if address, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
			host = address.String() // one spelling of each IPv6 address
		}
		s.allowHosts = append(s.allowHosts, host)
	}
	// Versions start from the time, so that a page loaded from an earlier run of
	// the server has a lower version.
	s.state.Store(&state{version: time.Now().UnixMilli(), replaced: make(chan struct{})})
	return s
}

func basePath(p string) string {
	if p = path.Clean("/" + p); p != "/" {
		p += "/"
	}
	return p
}

// Effect is what open pages do when a new site is shown.
type Effect string

// The values of Effect.
const (
	Reload  Effect = "reload"  // reload the page
	Restyle Effect = "restyle" // load the new stylesheets only, because nothing else changed
	Stay    Effect = "stay"    // do nothing, because no page changed: when only the search index is new, for example
)

// Change says how a new site differs from the one before it. The zero Change
// reloads all pages.
type Change struct {
	Effect Effect // empty means Reload
	Page   string // if not empty, the page that open pages go to, such as "cases/x/"
}

// Show replaces the site and removes the problems shown over it.
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

// Fail shows the problems over the pages of the current site. It reads the lines
// around each problem from source before it returns; source may be nil.
func (s *Server) Fail(problems []problem.Problem, source func(path string) ([]byte, error)) {
	report := newReport(problems, source)
	s.replace(func(next *state) { next.failed, next.report = next.version, report })
}

// replace replaces the state by a changed copy and wakes the event streams.
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

// retire keeps a replaced site for the grace period. It does not keep it
// longer, because it may hold as much memory as the new site.
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

// readRetired reads a file from the newest retired site that has it.
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
