// Package watch calls a function whenever the files in some folders change.
//
// Events of the operating system only say where to look; the caller's function
// Look decides whether anything changed. So events that are lost, late or doubled
// cost time but cause no wrong result: Run looks at everything after an overflow,
// and regularly without an event.
//
// The package reads no file. It is the only one that imports fsnotify.
package watch

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// The time between the first event and the first look. Saving a file first
	// empties it.
	firstDelay = 2 * time.Millisecond
	// The time between looks. Changed is called when two looks agree.
	pause = 20 * time.Millisecond
	// The time after which Changed is called even if looks still differ.
	settleTimeout = 500 * time.Millisecond

	// More changed paths than this come from a tool, such as a checkout of another
	// branch, rather than from an editor. A tool pauses for longer.
	bulk              = 50
	bulkPause         = 100 * time.Millisecond
	bulkSettleTimeout = 3 * time.Second

	defaultIdle  = 2 * time.Second
	fallbackPoll = 500 * time.Millisecond
	// Regular looks at everything take at most 1/idleFactor of the time.
	idleFactor = 10
)

// Options say which folders to watch and which functions to call. Look and
// Changed never run at the same time.
type Options struct {
	// Dirs are the folders to watch, with all folders below them. They need not
	// exist yet.
	Dirs []string

	// Skip reports whether to ignore a path below a folder of Dirs. Several
	// goroutines may call it. Nil skips nothing.
	Skip func(path string) bool

	// Look returns the state of the folders. It must look at least below the
	// paths, or at everything if paths is nil. If it returns an error, Run calls
	// it again and then reports the error.
	Look func(ctx context.Context, paths []string) (State, error) // required

	// Changed is called when the state differs from that of the previous call.
	// Run reports its error and waits for the next change.
	Changed func(ctx context.Context) error // required

	// Built is the version for which Changed need not be called at the start; nil
	// if there is none.
	Built *[32]byte

	// Rebuild makes Run call Changed for each value received, even if nothing
	// changed: at midnight, for example. It may be nil.
	Rebuild <-chan struct{}

	Poll time.Duration // if above 0, use no events and look at this interval
	Idle time.Duration // time between looks without an event; 0 means 2 s

	// Notify is called with messages for the user: a folder is polled rather than
	// watched, events were lost, Look or Changed failed.
	Notify func(message string) // required
}

// State is the result of a look.
type State struct {
	Version   [32]byte // equal versions need no build
	Unsettled bool     // a program may still be writing some file
}

// Run watches until the context ends, and returns the context's error. It waits
// for all its goroutines.
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
	built   *[32]byte // the version that Changed was called for last; nil if none
	failure string    // the last error of Look
	warned  bool      // the user knows that there are no events
}

func (w *watcher) loop(ctx context.Context, ticks chan<- struct{}) error {
	timer := time.NewTimer(w.options.Idle) // for the next look at everything
	defer timer.Stop()
	for {
		force := false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			select {
			case ticks <- struct{}{}: // the listener adds a hint once all folders are watched
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
			timer.Reset(max(seen.next, idleFactor*took))
		}
	}
}

// settle looks until the state is the built one, or until two looks agree, and
// then builds it. It returns how long the last look took.
func (w *watcher) settle(ctx context.Context, seen *scope, force bool) (took time.Duration) {
	start := time.Now()
	var last State
	looked := false
	for wait, limit := firstDelay, settleTimeout; sleep(ctx, wait); {
		w.hints.take(seen)
		began := time.Now()
		state, err := w.options.Look(ctx, seen.list())
		took = time.Since(began)
		wait = pause
		if len(seen.paths) > bulk || seen.overflow {
			wait, limit = bulkPause, bulkSettleTimeout
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

// sleep waits for a time. It returns false if the context ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (w *watcher) build(ctx context.Context, state State, seen *scope) {
	if seen.tick && !w.warned && w.options.Poll == 0 && w.hints.silent() {
		w.warned = true
		w.options.Notify(fmt.Sprintf("the file system does not report changes: checking every %v; a shorter --poll shows changes sooner", w.options.Idle))
	}
	w.built = &state.Version
	if err := w.options.Changed(ctx); err != nil && ctx.Err() == nil {
		w.options.Notify(err.Error())
	}
}

// failed reports an error, unless it is the same as the last one.
func (w *watcher) failed(err error) {
	if message := err.Error(); message != w.failure {
		w.failure = message
		w.options.Notify(message)
	}
}
