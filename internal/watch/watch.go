// Package watch calls a function whenever the content of some folders differs
// from what it was at the last call.
//
// An event of the operating system is a hint of where to look, for speed; what a
// look finds decides, for correctness. A hint that is lost, late or doubled costs
// time and nothing else: everything is looked at again after an overflow of the
// system's queue, and at intervals.
//
// Input: folders, and the caller's functions that look and build. The package
// does not know what the files mean, and reads none. It is the only one that
// imports fsnotify.
package watch

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// A save begins by emptying the file. After the first event the rest has this
	// long to follow.
	lag = 2 * time.Millisecond
	// A change is built when two looks this far apart agree.
	pause = 20 * time.Millisecond
	// A state that does not settle is built after this long: the build shows what
	// is wrong with it.
	patience = 500 * time.Millisecond

	// More paths than this at once come from a tool, such as a checkout of another
	// branch, and not from a person's save. Tools pause for longer.
	storm         = 50
	stormPause    = 100 * time.Millisecond
	stormPatience = 3 * time.Second

	defaultIdle  = 2 * time.Second
	fallbackPoll = 500 * time.Millisecond
	// Looks at everything without an event take at most 1/restPerLook of the time.
	restPerLook = 10
)

// Options are what to watch and whom to call. No two of the functions Look and
// Changed run at the same time.
type Options struct {
	// Dirs are the folders to watch with all that is below them. One that does
	// not exist is waited for.
	Dirs []string

	// Skip reports paths in Dirs that do not matter, with the operating system's
	// separator. It is called from several goroutines.
	Skip func(path string) bool

	// Look returns the state of the folders. It must look at least below the
	// paths; nil means everything. After an error it is called again.
	Look func(ctx context.Context, paths []string) (State, error) // required

	// Changed is called when the state differs from that of its last call. An
	// error is reported; the next call comes with the next change.
	Changed func(ctx context.Context) error // required

	// Built is the version that is built already; nil: none.
	Built *[32]byte

	// Rebuild makes Run call Changed with the latest state for each value
	// received, for instance at midnight. It may be nil.
	Rebuild <-chan struct{}

	Poll time.Duration // above 0: rely on no events and look at this interval
	Idle time.Duration // look even without events after this long; 0: 2 s

	// Notify gets messages for a person: that a folder is polled because it cannot
	// be watched, that events were lost, that Look or Changed failed.
	Notify func(message string) // required
}

// State is what a look found.
type State struct {
	Version   [32]byte // equal versions need no build
	Unsettled bool     // some file looks half written: wait
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

// settle looks until the state is the built one or stays the same, and then
// builds it. It returns how long the last look took.
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
		w.options.Notify(fmt.Sprintf("this file system does not report changes: looking every %v; with a shorter --poll changes show sooner", w.options.Idle))
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
