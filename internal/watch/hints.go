package watch

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// maxPaths is how many paths a scope may name; with more it covers everything.
const maxPaths = 4096

// scope says where to look and why.
type scope struct {
	paths    map[string]bool
	all      bool          // look at everything
	overflow bool          // events were lost
	tick     bool          // a regular look, without an event
	next     time.Duration // if all: when to look at everything again
}

func (s *scope) add(other scope) {
	if s.paths == nil {
		s.paths = map[string]bool{}
	}
	maps.Copy(s.paths, other.paths)
	s.all = s.all || other.all || len(s.paths) > maxPaths
	s.overflow = s.overflow || other.overflow
	s.tick = s.tick || other.tick
	if other.all {
		s.next = other.next
	}
}

// list returns the paths to look at. Nil means everything; it is nil also if the
// scope is empty, as when only Rebuild asked for a look.
func (s *scope) list() []string {
	if s.all || len(s.paths) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(s.paths))
}

// hints collects what to look at until the next look.
type hints struct {
	wake chan struct{} // holds a value if there is something to take

	mu    sync.Mutex
	scope scope
	heard bool // at least one event has arrived
}

func newHints() *hints { return &hints{wake: make(chan struct{}, 1)} }

func (h *hints) add(s scope) {
	h.mu.Lock()
	h.scope.add(s)
	h.heard = h.heard || len(s.paths) > 0
	h.mu.Unlock()
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// take moves the collected hints to a scope.
func (h *hints) take(to *scope) {
	h.mu.Lock()
	defer h.mu.Unlock()
	to.add(h.scope)
	h.scope = scope{}
	select {
	case <-h.wake:
	default:
	}
}

// silent reports whether no event has arrived yet.
func (h *hints) silent() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.heard
}
