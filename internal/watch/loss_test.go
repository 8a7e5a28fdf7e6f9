package watch_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"casebook/internal/watch"

	"github.com/fsnotify/fsnotify"
)

// failing is a notifier whose k-th call of Add fails.
type failing struct {
	watch.Notifier
	left *int
	err  error
}

func (f failing) Add(dir string) error {
	if *f.left--; *f.left < 0 {
		return f.err
	}
	return f.Notifier.Add(dir)
}

// TestOutOfWatches makes Add fail at each folder in turn. The last folder is created
// while the site is watched.
func TestOutOfWatches(t *testing.T) {
	const folders = 4
	for k := range folders + 2 { // also the root, and a folder created later
		t.Run(fmt.Sprint(k), func(t *testing.T) {
			t.Parallel()
			limit := []error{syscall.ENOSPC, syscall.EMFILE}[k%2]
			files := map[string]string{}
			for i := range folders {
				files[fmt.Sprintf("%d/a.md", i)] = text(i)
			}
			s := newSite(t, files, func(s *site) {
				s.open = func() (watch.Notifier, error) {
					n, err := watch.OpenNotifier()
					return failing{n, &k, limit}, err
				}
			})
			s.write("late/a.md", text(0))
			for name := range files {
				s.write(name, "edited "+text(0))
			}
			s.converge()
			s.write("late/a.md", text(1))
			s.converge()
			if !s.said("checking every 500ms instead; raise") {
				t.Errorf("messages: %q", s.messages)
			}
		})
	}
}

func TestNoNotifier(t *testing.T) {
	s := newSite(t, map[string]string{"a.md": text(0)}, func(s *site) {
		s.open = func() (watch.Notifier, error) { return nil, syscall.EMFILE }
	})
	s.write("a.md", text(1))
	s.converge()
	if !s.said("checking every 500ms instead") {
		t.Errorf("messages: %q", s.messages)
	}
}

// silent is a notifier without events, as for a network folder.
type silent struct{ errs chan error }

func (silent) Add(string) error              { return nil }
func (silent) Remove(string) error           { return nil }
func (silent) Events() <-chan fsnotify.Event { return nil }
func (d silent) Errors() <-chan error        { return d.errs }
func (silent) Close() error                  { return nil }

func TestPoll(t *testing.T) {
	s := newSite(t, map[string]string{"a.md": text(0)}, func(s *site) {
		s.options.Poll = 10 * time.Millisecond
		s.open = func() (watch.Notifier, error) { panic("polling needs no notifier") }
	})
	for n := range 10 {
		s.write("a.md", text(n))
		s.write(fmt.Sprintf("%d/b.md", n), text(n))
		s.converge()
	}
	if len(s.messages) > 0 {
		t.Errorf("messages: %q", s.messages)
	}
}

// TestNotifierFails makes the notifier report an error, or close its channels, while
// folders are watched.
func TestNotifierFails(t *testing.T) {
	var last silent
	var mu sync.Mutex
	opened := 0
	s := newSite(t, map[string]string{"a.md": text(0)}, func(s *site) {
		s.open = func() (watch.Notifier, error) {
			mu.Lock()
			defer mu.Unlock()
			opened++
			last = silent{make(chan error)}
			return last, nil
		}
	})
	for n, fail := range []func(chan error){
		func(errs chan error) { errs <- fsnotify.ErrEventOverflow },
		func(errs chan error) { errs <- errors.New("out of order") },
		func(errs chan error) { close(errs) },
	} {
		mu.Lock()
		errs := last.errs
		mu.Unlock()
		s.write("a.md", text(n+1))
		fail(errs)
		s.converge()
	}
	if opened != 4 || !s.said("too many changes at once") || !s.said("out of order") || !s.said("stopped reporting") {
		t.Errorf("opened %d times; messages: %q", opened, s.messages)
	}
}

// paused is a notifier that delays its events, so that the operating system's queue
// fills.
type paused struct {
	watch.Notifier
	events chan fsnotify.Event
	closed chan struct{}
}

func (p paused) Events() <-chan fsnotify.Event { return p.events }

func (p paused) Close() error {
	close(p.closed)
	return p.Notifier.Close()
}

// forward passes events on after the gate opens, until the notifier is closed.
func (p paused) forward(gate chan struct{}) {
	select {
	case <-gate:
	case <-p.closed:
	}
	for event := range p.Notifier.Events() {
		select {
		case p.events <- event:
		case <-p.closed:
		}
	}
}

// TestOverflow causes more events than the queue can hold, and then makes changes whose
// events are lost.
func TestOverflow(t *testing.T) {
	const writes = 20_000 // Linux queues 16,384 events
	files := map[string]string{}
	for i := range 50 {
		files[fmt.Sprintf("cases/%d.md", i)] = text(i)
	}
	gate := make(chan struct{})
	var forwarding sync.WaitGroup
	s := newSite(t, files, func(s *site) {
		s.open = func() (watch.Notifier, error) {
			n, err := watch.OpenNotifier()
			if err != nil {
				return nil, err
			}
			p := paused{n, make(chan fsnotify.Event), make(chan struct{})}
			forwarding.Go(func() { p.forward(gate) })
			return p, nil
		}
	})
	defer forwarding.Wait()
	defer s.cancel()
	var busy [2]*os.File // written in turn, because repeated equal events count as one
	for i := range busy {
		f, err := os.Create(s.path(fmt.Sprintf("busy%d.txt", i)))
		s.must(err)
		defer f.Close()
		busy[i] = f
	}
	for i := range writes {
		_, err := busy[i%2].WriteAt([]byte{byte(i)}, 0)
		s.must(err)
	}
	for name := range files {
		s.write(name, "edited")
	}
	s.write("new/folder/a.md", text(0))
	close(gate)
	s.converge()
	if !s.said("too many changes at once") {
		t.Error("the queue did not overflow")
	}
	s.write("new/folder/a.md", "edited")
	s.converge()
}

// TestFolderReplaced moves the watched folder away, and then creates it again.
func TestFolderReplaced(t *testing.T) {
	s := newSite(t, map[string]string{"content/a.md": text(0)}, func(s *site) {
		s.options.Idle = 50 * time.Millisecond
	})
	s.must(os.Rename(s.root, s.root+".old"))
	if !s.happens(func() bool { return s.said("no such file") }) {
		t.Fatalf("messages: %q", s.messages)
	}
	builds := s.count(&s.builds)
	s.write("content/b.md", text(1))
	s.converge()
	s.write("content/b.md", text(2))
	s.converge()
	if s.count(&s.builds) < builds+2 {
		t.Error("the site was not built again")
	}
	n := 0
	for _, m := range s.messages {
		if m != "" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("messages: %q", s.messages)
	}
}
