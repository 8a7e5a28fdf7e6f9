package watch

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// notifier is the part of fsnotify that a listener uses. Tests have other
// implementations, which lose events and run out of watches.
type notifier interface {
	Add(dir string) error
	Remove(dir string) error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
	Close() error
}

type opener func() (notifier, error)

// openNotifier opens the notifier of the operating system.
func openNotifier() (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return osNotifier{w}, nil
}

type osNotifier struct{ *fsnotify.Watcher }

func (n osNotifier) Events() <-chan fsnotify.Event { return n.Watcher.Events }
func (n osNotifier) Errors() <-chan error          { return n.Watcher.Errors }

// advice returns how to raise the limit that an error is about, if it is about
// one.
func advice(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC): // inotify has no watches left
		return "; raise fs.inotify.max_user_watches, or close other programs that watch files"
	case errors.Is(err, syscall.EMFILE):
		return "; raise the limit of open files and fs.inotify.max_user_instances, or close other programs that watch files"
	}
	return ""
}

func cannotWatch(dir string, err error) string {
	return fmt.Sprintf("cannot watch %q: %v: checking every %v instead%s", dir, err, fallbackPoll, advice(err))
}
