package watch

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// notifier is what a listener needs of fsnotify. Tests replace it by ones that
// lose events and run out of watches.
type notifier interface {
	Add(dir string) error
	Remove(dir string) error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
	Close() error
}

type opener func() (notifier, error)

// openNotifier opens the operating system's.
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

// advice says how to get more watches, if that is the cause of an error.
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
	return fmt.Sprintf("cannot watch %q: %v: looking every %v instead%s", dir, err, fallbackPoll, advice(err))
}
