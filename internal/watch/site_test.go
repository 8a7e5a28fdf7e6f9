package watch_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/source"
	"casebook/internal/watch"
)

const (
	never    = time.Hour   // an Idle so long that only events find changes
	deadline = time.Minute // for events that must happen
)

// site is a watched folder, and the state of its last build.
type site struct {
	t       *testing.T
	root    string
	scanner *source.Scanner
	cancel  context.CancelFunc
	done    chan error

	options  watch.Options
	open     func() (watch.Notifier, error)
	building func() // called at the start of each build, before it reads files

	busy atomic.Bool // Look or Changed is running

	mu       sync.Mutex
	looked   *source.Tree
	tree     *source.Tree // of the last build
	partial  int          // number of builds with a half-written file
	builds   int
	scans    int // number of calls of Look for the whole folder
	looks    int
	messages []string
}

// newSite writes the files to a temporary folder and watches it.
func newSite(t *testing.T, files map[string]string, change func(*site)) *site {
	t.Helper()
	root := t.TempDir()
	scanner, err := source.New(root, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, root: root, scanner: scanner, done: make(chan error, 1), open: watch.OpenNotifier, building: func() {}}
	for name, content := range files {
		s.write(name, content)
	}
	s.options = watch.Options{
		Dirs: []string{root}, Idle: never, Look: s.look, Changed: s.changed,
		Skip: func(path string) bool {
			name, ok := scanner.Rel(path)
			return !ok || source.Ignored(name)
		},
		Notify: func(message string) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.messages = append(s.messages, message)
		},
	}
	if change != nil {
		change(s)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	go func() { s.done <- watch.RunWith(ctx, s.options, s.open) }()
	t.Cleanup(func() { s.stop() })
	s.converge()
	return s
}

// stop ends the watch, and checks that Run returns.
func (s *site) stop() {
	s.cancel()
	select {
	case err := <-s.done:
		if !errors.Is(err, context.Canceled) {
			s.t.Errorf("Run: %v", err)
		}
		s.done <- err // for another call of stop
	case <-time.After(deadline):
		s.t.Error("Run does not return after its context is cancelled")
	}
}

func (s *site) look(ctx context.Context, paths []string) (watch.State, error) {
	defer s.alone()()
	var tree *source.Tree
	var err error
	if paths == nil {
		tree, err = s.scanner.Scan(ctx)
	} else {
		var names []string
		for _, path := range paths {
			if name, ok := s.scanner.Rel(path); ok {
				names = append(names, name)
			}
		}
		tree, err = s.scanner.Look(ctx, names)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looks++
	if paths == nil {
		s.scans++
	}
	if err != nil {
		return watch.State{}, err
	}
	s.looked = tree
	return watch.State{Version: tree.Hash(), Unsettled: slices.ContainsFunc(tree.Files(), halfWritten)}, nil
}

func (s *site) changed(context.Context) error {
	defer s.alone()()
	s.building()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.builds++
	s.tree = s.looked
	if slices.ContainsFunc(s.tree.Files(), halfWritten) {
		s.partial++
	}
	return nil
}

func (s *site) alone() func() {
	if !s.busy.CompareAndSwap(false, true) {
		s.t.Error("two calls of Look or Changed at the same time")
	}
	return func() { s.busy.Store(false) }
}

func halfWritten(f *source.File) bool {
	if !strings.HasSuffix(f.Path, ".md") {
		return false
	}
	data, err := f.Data()
	return err != nil || len(data) == 0 || bytes.HasPrefix(data, []byte("---\n")) && !bytes.Contains(data[3:], []byte("\n---\n"))
}

// converge waits until the last build has the files on disk.
func (s *site) converge() {
	s.t.Helper()
	want := s.onDisk()
	same := s.happens(func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.tree != nil && s.tree.Hash() == want.Hash()
	})
	if same {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tree == nil {
		s.t.Fatalf("nothing was built; messages: %q", s.messages)
	}
	missed, ghosts := difference(want, s.tree), difference(s.tree, want)
	s.t.Fatalf("%d files are missing or old in the build: %.10q; %d are deleted or old: %.10q; messages: %q", len(missed), missed, len(ghosts), ghosts, s.messages)
}

func (s *site) onDisk() *source.Tree {
	s.t.Helper()
	scanner, err := source.New(s.root, source.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	tree, err := scanner.Scan(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	return tree
}

func difference(a, b *source.Tree) []string {
	var names []string
	for _, f := range a.Files() {
		if other := b.File(f.Path); other == nil || other.Hash != f.Hash {
			names = append(names, f.Path)
		}
	}
	return names
}

// happens waits until a condition is true, and reports whether that happened in time.
func (s *site) happens(condition func() bool) bool {
	for end := time.Now().Add(deadline); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if condition() {
			return true
		}
	}
	return false
}

// count returns a number that other goroutines change.
func (s *site) count(n *int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *n
}

// said reports whether a message contains the text.
func (s *site) said(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.messages, func(m string) bool { return strings.Contains(m, text) })
}

// settled waits until a call of Look for the whole folder has begun and ended, so that
// all earlier changes have been handled. It needs a short Idle.
func (s *site) settled() {
	s.t.Helper()
	scans := s.count(&s.scans)
	if !s.happens(func() bool { return s.count(&s.scans) > scans+1 }) {
		s.t.Fatal("Look is no longer called")
	}
}

func (s *site) path(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }

func (s *site) write(name, content string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	s.must(os.WriteFile(s.path(name), []byte(content), 0o644))
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}
