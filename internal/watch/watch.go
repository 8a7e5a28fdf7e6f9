// Package watch calls a function whenever what is in some folders differs from
// what it was called for last.
//
// What the operating system tells about changes is taken as a hint of where to
// look, for speed; what a look finds is the truth, for correctness. Hints that
// are lost, late, doubled or never come cost time and nothing else: everything
// is looked at again after an overflow, and every now and then without a
// reason.
//
// Input: folders, and the caller's functions that look and build. The package
// knows nothing of content and reads no file; it is the only one that knows
// fsnotify.
package watch

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// A save begins by emptying the file; its first event is given this long for
	// the rest to follow.
	lag = 2 * time.Millisecond
	// A change is built when two looks this far apart agree.
	pause = 20 * time.Millisecond
	// A state that does not settle is built after this long all the same: the
	// build shows what is wrong with it.
	patience = 500 * time.Millisecond

	// More paths than this at once are not a person's save but a tool at work,
	// such as a checkout of another branch, which pauses for longer.
	storm         = 50
	stormPause    = 100 * time.Millisecond
	stormPatience = 3 * time.Second

	defaultIdle  = 2 * time.Second
	fallbackPoll = 500 * time.Millisecond
	// Looks at everything that nothing asked for take at most one part in this
	// many of the time.
	restPerLook = 10
)

// Options are what to watch and whom to call. No two of the functions Look and
// Changed run at the same time.
type Options struct {
	// Dirs are the folders to watch with all that is below them. One that does
	// not exist is waited for.
	Dirs []string

	// Skip reports paths, as joined to a folder of Dirs by the operating
	// system's separator, that do not matter. It is called by several goroutines.
	Skip func(path string) bool

	// Look returns the state of the folders, having looked at least below the
	// paths; nil means everything. An error is reported and tried again.
	Look func(ctx context.Context, paths []string) (State, error) // required

	// Changed is called when the last state seen differs from the one that it
	// was called for before. An error is reported; the next call comes with the
	// next change.
	Changed func(ctx context.Context) error // required

	// Built is the version that needs no call of Changed at first; nil: none.
	Built *[32]byte

	// Rebuild has Changed called, at the latest state, for each value received:
	// at midnight, or when somebody asks. It may be nil.
	Rebuild <-chan struct{}

	Poll time.Duration // above 0: rely on no events and look at this interval
	Idle time.Duration // look even without events after this long; 0: 2 s

	// Notify is told in words what a person should know: that something is not
	// watched but polled, that events were lost, that Look or Changed failed.
	Notify func(message string) // required
}

// State is what a look found.
type State struct {
	Version   [32]byte // equal versions need no build
	Unsettled bool     // some file is as a program leaves it halfway through a save: wait
}

// Run watches until the context ends, and returns the context's error. It
// leaves nothing running.
func Run(ctx context.Context, options Options) error {
	return run(ctx, options, openNotifier)
}

func run(ctx context.Context, options Options, open opener) error {
	if options.Skip == nil {
		options.Skip = func(string) bool { return false }
	}
	if options.Idle == 0 {
		options.Idle = defaultIdle
	}
	w := &watcher{options: options, built: options.Built, hints: newHints()}
	l := &listener{options: options, open: open, hints: w.hints, ticks: make(chan struct{}, 1)}
	var listening sync.WaitGroup
	listening.Go(func() { l.listen(ctx) })
	defer listening.Wait()
	return w.loop(ctx, l.ticks)
}

// watcher turns hints into calls.
type watcher struct {
	options Options
	hints   *hints
	built   *[32]byte // the version; nil: none
	failure string    // what Look said last, if it failed
	warned  bool      // that no events come
}

func (w *watcher) loop(ctx context.Context, ticks chan<- struct{}) error {
	timer := time.NewTimer(w.options.Idle) // for everything, from the end of the last such look
	defer timer.Stop()
	for {
		force := false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			select {
			case ticks <- struct{}{}: // the listener hints at everything, once all is watched
			default:
			}
			continue
		case _, open := <-w.options.Rebuild:
			if !open {
				w.options.Rebuild = nil
				continue
			}
			force = true
		case <-w.hints.wake:
		}
		var seen scope
		took := w.settle(ctx, &seen, force)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if seen.all {
			timer.Reset(max(seen.next, restPerLook*took))
		}
	}
}

// settle looks until the state is the built one or holds still, and builds it
// then. It returns how long the last look took.
func (w *watcher) settle(ctx context.Context, seen *scope, force bool) (took time.Duration) {
	start := time.Now()
	var last State
	looked := false
	for wait, limit := lag, patience; sleep(ctx, wait); {
		w.hints.take(seen)
		began := time.Now()
		state, err := w.options.Look(ctx, seen.list())
		took = time.Since(began)
		wait = pause
		if len(seen.paths) > storm || seen.overflow {
			wait, limit = stormPause, stormPatience
		}
		late := time.Since(start) >= limit
		switch {
		case ctx.Err() != nil:
			return took
		case err != nil && late:
			w.failed(err)
			return took
		case err != nil:
			looked = false
		case w.built != nil && state.Version == *w.built && !force:
			w.failure = ""
			return took
		case late, looked && state == last && !state.Unsettled:
			w.failure = ""
			w.build(ctx, state, seen)
			return took
		default:
			last, looked = state, true
		}
	}
	return took
}

// sleep reports whether the time has passed and the context has not ended.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (w *watcher) build(ctx context.Context, state State, seen *scope) {
	if seen.tick && !w.warned && w.options.Poll == 0 && w.hints.deaf() {
		w.warned = true
		w.options.Notify(fmt.Sprintf("the file system does not say when files change: looking every %v; a shorter time to poll shows changes sooner", w.options.Idle))
	}
	w.built = &state.Version
	if err := w.options.Changed(ctx); err != nil && ctx.Err() == nil {
		w.options.Notify(err.Error())
	}
}

// failed reports an error once, however often it is met.
func (w *watcher) failed(err error) {
	if message := err.Error(); message != w.failure {
		w.failure = message
		w.options.Notify(message)
	}
}
