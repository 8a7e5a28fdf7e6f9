package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// listener turns events into hints and keeps all folders watched. It never waits
// for the hints to be taken, so that it reads the operating system's queue during
// a build too.
type listener struct {
	options  Options
	open     opener
	hints    *hints
	ticks    chan struct{}   // when to look at everything
	notifier notifier        // nil if there are no events
	watched  map[string]bool // by folder
}

func (l *listener) listen(ctx context.Context) {
	if l.options.Poll == 0 {
		l.start(ctx)
	}
	defer l.stop()
	l.everything(scope{})
	for {
		var events <-chan fsnotify.Event
		var errs <-chan error
		if l.notifier != nil {
			events, errs = l.notifier.Events(), l.notifier.Errors()
		}
		select {
		case <-ctx.Done():
			return
		case event, open := <-events:
			if !open {
				l.restart(ctx, errClosed)
				continue
			}
			l.event(ctx, event)
		case err, open := <-errs:
			if !open {
				err = errClosed
			}
			l.restart(ctx, err)
		case <-l.ticks:
			l.watchAll(ctx)
			l.everything(scope{tick: true})
		}
	}
}

var errClosed = errors.New("the file system stopped reporting changes")

// everything adds a hint to look at everything. It is called after all folders
// are watched, so that every later change makes an event.
func (l *listener) everything(why scope) {
	why.all = true
	switch {
	case l.options.Poll > 0:
		why.next = l.options.Poll
	case l.notifier == nil:
		why.next = fallbackPoll
	default:
		why.next = l.options.Idle
	}
	l.hints.add(why)
}

func (l *listener) start(ctx context.Context) {
	n, err := l.open()
	if err != nil {
		l.options.Notify(cannotWatch(strings.Join(l.options.Dirs, ", "), err))
		return
	}
	l.notifier, l.watched = n, map[string]bool{}
	l.watchAll(ctx)
}

func (l *listener) stop() {
	if l.notifier != nil {
		l.notifier.Close()
		l.notifier = nil
	}
}

// restart sets all watches again, because the lost events may have been about
// folders that moved.
func (l *listener) restart(ctx context.Context, err error) {
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		l.options.Notify("too many changes at once: looking at everything")
	} else {
		l.options.Notify("some changes may have been missed: " + err.Error() + ": looking at everything")
	}
	l.stop()
	l.start(ctx)
	l.everything(scope{overflow: true})
}

func (l *listener) event(ctx context.Context, event fsnotify.Event) {
	path := event.Name
	if l.options.Skip(path) {
		return
	}
	if event.Has(fsnotify.Rename) || event.Has(fsnotify.Remove) {
		l.forget(path)
	}
	// A changed mode may make a folder readable.
	if event.Has(fsnotify.Create) || event.Has(fsnotify.Chmod) {
		if info, err := os.Lstat(path); err == nil && info.IsDir() {
			l.watch(ctx, path)
		}
	}
	l.hints.add(scope{paths: map[string]bool{path: true}})
}

// forget removes the watches of a folder that was moved or removed. Otherwise
// they would continue under its old name, and a new folder with that name would
// not be watched.
func (l *listener) forget(path string) {
	if !l.watched[path] {
		return // a file
	}
	for dir := range l.watched {
		if dir == path || strings.HasPrefix(dir, path+string(filepath.Separator)) {
			delete(l.watched, dir)
			if l.notifier != nil {
				_ = l.notifier.Remove(dir) // fails if the folder was removed
			}
		}
	}
}

// watchAll watches all folders that are not watched yet or have been replaced.
func (l *listener) watchAll(ctx context.Context) {
	for _, dir := range l.options.Dirs {
		l.watch(ctx, dir)
	}
}

// watch watches a folder and all folders below it. It watches each folder before
// it reads it, so that a file added meanwhile is either read or makes an event.
func (l *listener) watch(ctx context.Context, dir string) {
	if l.notifier == nil || ctx.Err() != nil {
		return
	}
	switch err := l.notifier.Add(dir); {
	case err == nil:
		l.watched[dir] = true
	case !isFolder(dir), errors.Is(err, fs.ErrPermission):
		return // Look reports the error
	default:
		l.options.Notify(cannotWatch(dir, err))
		l.stop()
		l.everything(scope{}) // for changes since the first watch
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if path := filepath.Join(dir, entry.Name()); entry.IsDir() && !l.options.Skip(path) {
			l.watch(ctx, path)
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
