package watch

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// maxPaths is how many paths are kept; with more, everything is looked at.
const maxPaths = 4096

// scope is where to look, and what led there.
type scope struct {
	paths    map[string]bool
	all      bool
	overflow bool          // events were lost
	tick     bool          // the interval has passed, without an event
	next     time.Duration // with all: when to look at everything again
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

// list returns the paths; nil means everything, as when a build was asked for
// without any change.
func (s *scope) list() []string {
	if s.all || len(s.paths) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(s.paths))
}

// hints gathers where to look until the watcher takes it.
type hints struct {
	wake chan struct{} // holds a value if there is something to take

	mu    sync.Mutex
	scope scope
	heard bool // an event has come
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

// take moves what was gathered to the scope.
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

func (h *hints) deaf() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.heard
}
