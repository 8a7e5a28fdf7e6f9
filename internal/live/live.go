// Package live follows a source folder: it builds the site at every change,
// shows it in a preview, and keeps an output folder up to date.
//
// It connects packages watch, pipeline, preview and publish, and decides when
// each is called: pages are shown as soon as they are rendered; the search index
// and the output folder follow while nobody waits for them.
package live

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"casebook/internal/content"
	"casebook/internal/pipeline"
	"casebook/internal/preview"
	"casebook/internal/publish"
	"casebook/internal/source"
	"casebook/internal/watch"
)

// Options say what to follow and where to show it.
type Options struct {
	Source   *source.Scanner              // required: the folder that holds content/ and themes/
	Dirs     []string                     // required: the folders in it to watch
	Pipeline pipeline.Options             // required
	Today    func() (content.Date, error) // required: the build date, asked for at each build

	Preview  *preview.Server // required
	Listener net.Listener    // required: where the preview answers
	Output   publish.Options // with an empty Dir nothing is written
	Follow   bool            // open pages go to the page of the file just saved
	Poll     time.Duration   // above 0: look for changes at this interval instead of waiting for events

	Built  func(Built)          // required: told of each build
	Notify func(message string) // required: told of all else that a person should know
}

// Built is a build that has ended.
type Built struct {
	Result *pipeline.Result
	Took   time.Duration
	Shown  bool // the preview shows a site: this one or, if it failed, the last good one
}

// tidying is how long Run may take, when its context is done, to remove what
// only a running server needs; the next publishing removes what is left.
const tidying = 700 * time.Millisecond

// Run follows the folder until the context ends, and then returns nil.
func Run(ctx context.Context, options Options) error {
	f := &follower{options: options, finish: make(chan *pipeline.Result, 1), spare: &publish.Spare{}}
	f.options.Output.Spare = f.spare
	f.builder = pipeline.New(options.Pipeline)

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var running sync.WaitGroup
	failed := make(chan error, 1)
	running.Go(func() {
		if err := options.Preview.Serve(ctx, options.Listener); err != nil {
			failed <- err
			stop()
		}
	})
	running.Go(func() { f.finishAll(ctx) })
	err := watch.Run(ctx, watch.Options{
		Dirs:    options.Dirs,
		Skip:    options.Source.Ignores,
		Look:    f.look,
		Changed: f.changed,
		Rebuild: midnights(ctx, time.Now, time.After),
		Poll:    options.Poll,
		Notify:  options.Notify,
	})
	stop()
	running.Wait()
	f.tidy()
	select {
	case err = <-failed:
	default:
	}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// follower is a folder that is built again and again, and shown.
type follower struct {
	options Options
	spare   *publish.Spare

	// Used by look and changed, of which one runs at a time.
	builder *pipeline.Builder
	tree    *source.Tree // that the last look found
	built   *source.Tree // of the last build

	finish chan *pipeline.Result // to be indexed and published; the newest one wins

	mu        sync.Mutex
	shown     *pipeline.Result   // the newest good one
	shownTree *source.Tree       // that it was built from
	searched  *pipeline.Snapshot // the newest that has its search
}

// tidy removes what is of no use without a running server.
func (f *follower) tidy() {
	if f.options.Output.Dir != "" {
		ctx, cancel := context.WithTimeout(context.Background(), tidying)
		defer cancel()
		if err := publish.RemoveSpare(ctx, f.options.Output); err != nil {
			f.options.Notify(err.Error())
		}
	}
	if err := f.builder.Close(); err != nil {
		f.options.Notify(err.Error())
	}
}
