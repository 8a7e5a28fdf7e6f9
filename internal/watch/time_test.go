package watch_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"casebook/internal/watch"

	"github.com/fsnotify/fsnotify"
)

// The tests of this file run with the clock of package synctest, which stops while any
// goroutine runs, so that a busy machine does not change the order of events.
// The events come from the test, because the operating system uses the real clock.

// told is a notifier that reports the events of a test.
type told struct {
	silent
	events chan fsnotify.Event
}

func (n told) Events() <-chan fsnotify.Event { return n.events }

// timed is a site that uses the clock of the test.
type timed struct {
	*site
	events chan fsnotify.Event
}

// newTimed watches a folder with one case study.
func newTimed(t *testing.T, change func(*site)) *timed {
	s := &timed{events: make(chan fsnotify.Event)}
	s.site = newSite(t, map[string]string{"a.md": text(0)}, func(site *site) {
		site.open = func() (watch.Notifier, error) { return told{events: s.events}, nil }
		if change != nil {
			change(site)
		}
	})
	return s
}

// tell reports an event for a file.
func (s *timed) tell(name string) { s.events <- fsnotify.Event{Name: s.path(name), Op: fsnotify.Write} }

// save writes a file at once.
func (s *timed) save(name, content string) {
	s.t.Helper()
	s.write(name, content)
	s.tell(name)
}

// checkBuilds waits until nothing happens any more, and checks the number of builds.
func (s *timed) checkBuilds(what string, before, want int) {
	s.t.Helper()
	time.Sleep(10 * time.Second)
	if builds := s.count(&s.builds) - before; builds != want {
		s.t.Errorf("%s: %d builds, want %d", what, builds, want)
	}
	s.converge()
}

func TestOneBuildForEachSave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTimed(t, nil)
		for i, style := range styles {
			want := 0
			if style.changes {
				want = 1
			}
			before := s.count(&s.builds)
			s.tell("a.md") // the first event is the truncation of the file
			s.must(style.save(s.path("a.md"), text(i+1)))
			s.tell("a.md")
			s.checkBuilds(style.name, before, want)
		}
	})
}

func TestHalfWrittenIsNotBuilt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTimed(t, nil)
		for i, length := range []int{0, 12} { // an empty file, or an unclosed front matter
			before, whole := s.count(&s.builds), text(i+1)
			s.save("a.md", whole[:length])
			time.Sleep(300 * time.Millisecond) // a slow writer
			s.save("a.md", whole)
			s.checkBuilds(fmt.Sprintf("%d bytes", length), before, 1)
		}
		if s.partial > 0 {
			t.Error("a half-written file was built")
		}
		// A file that stays half-written is built in the end, so that the build reports it.
		before := s.count(&s.builds)
		s.save("a.md", "---\ntitle: Open\n")
		time.Sleep(400 * time.Millisecond)
		if s.count(&s.builds) > before {
			t.Error("a half-written file is built without waiting")
		}
		s.checkBuilds("never finished", before, 1)
	})
}

// TestOneBuildForACheckout writes many files one after the other, as Git does, and checks
// that they cause one build.
func TestOneBuildForACheckout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTimed(t, nil)
		before := s.count(&s.builds)
		for i := range 100 {
			s.save(fmt.Sprintf("cases/%d.md", i), text(i))
			time.Sleep(time.Millisecond)
			if i == 60 {
				time.Sleep(90 * time.Millisecond) // less than the pause that ends a series of changes
			}
		}
		s.checkBuilds("100 files", before, 1)
	})
}

// TestChangesWhileBuilding edits a file several times during a build.
func TestChangesWhileBuilding(t *testing.T) {
	for end, want := range []int{2, 1, 2} { // the last edit: to the text before the build, to the text being built, to another
		t.Run(fmt.Sprint(end), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newTimed(t, nil)
				enter, leave := make(chan struct{}), make(chan struct{})
				s.building = func() { enter <- struct{}{}; <-leave }
				before := s.count(&s.builds)
				s.save("a.md", text(1))
				<-enter
				for _, n := range []int{2, 1, 0, 1, 0, end} {
					s.save("a.md", text(n))
				}
				s.building = func() {}
				leave <- struct{}{}
				s.checkBuilds("edits", before, want)
			})
		})
	}
}

// TestNoEvents changes a folder that reports no events, such as a network folder.
func TestNoEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTimed(t, func(s *site) { s.options.Idle = 0 }) // the default
		s.write("b/c/d.md", text(1))
		time.Sleep(2500 * time.Millisecond)
		if s.count(&s.builds) != 2 || !s.said("does not report changes") {
			t.Errorf("%d builds; messages: %q", s.count(&s.builds), s.messages)
		}
	})
}

func TestRebuildOnDemand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rebuild := make(chan struct{})
		s := newTimed(t, func(s *site) { s.options.Rebuild = rebuild })
		before := s.count(&s.builds)
		for range 3 {
			rebuild <- struct{}{}
			time.Sleep(time.Second)
		}
		close(rebuild)
		s.checkBuilds("three demands", before, 3)
		s.save("a.md", text(1))
		s.checkBuilds("and an edit", before, 4)
	})
}

func TestBuiltAlready(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTimed(t, func(s *site) {
			s.tree = s.onDisk()
			built := s.tree.Hash()
			s.options.Built = &built
		})
		s.checkBuilds("nothing", 0, 0)
		s.save("a.md", text(1))
		s.checkBuilds("an edit", 0, 1)
	})
}
