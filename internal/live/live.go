// Package live rebuilds a site after every change to its source folder, shows it
// in a preview, and keeps an output folder up to date.
//
// It connects packages watch, pipeline, preview and publish, and decides when
// each is called: it shows pages as soon as they are rendered, and then builds
// the search index and writes the output folder in the background.
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
	Today    func() (content.Date, error) // required: returns the build date; called by each build

	Preview  *preview.Server // required
	Listener net.Listener    // required: where the preview is served
	Output   publish.Options // an empty Dir means that no output is written
	Follow   bool            // open pages go to the page of the file just saved
	Poll     time.Duration   // above 0: look for changes at this interval instead of waiting for events

	Built  func(Built)          // required: called after each build
	Notify func(message string) // required: called with each other message for the user
}

// Built is a finished build.
type Built struct {
	Result *pipeline.Result
	Took   time.Duration
	Shown  bool // the preview shows a site: this one or, if it failed, an earlier one
}

// tidyTimeout is how long Run may take after its context is done to remove what
// only a running server needs. The next Publish removes the rest.
const tidyTimeout = 700 * time.Millisecond

// Run watches, builds and serves until the context ends, and then returns nil.
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

// follower is the state of [Run].
type follower struct {
	options Options
	spare   *publish.Spare

	// Used by look and changed, which never run at the same time.
	builder *pipeline.Builder
	tree    *source.Tree // found by the last look
	built   *source.Tree // of the last build
	kept    bool         // a build has been kept for the next process

	finish chan *pipeline.Result // the newest result, for finishAll

	mu        sync.Mutex
	shown     *pipeline.Result   // the newest without errors
	shownTree *source.Tree       // the tree of shown
	searched  *pipeline.Snapshot // the newest with a search index
}

// tidy removes what only a running server needs.
func (f *follower) tidy() {
	ctx, cancel := context.WithTimeout(context.Background(), tidyTimeout)
	defer cancel()
	if f.options.Output.Dir != "" {
		if err := publish.RemoveSpare(ctx, f.options.Output); err != nil {
			f.options.Notify(err.Error())
		}
		if f.searched != nil { // the listing is that of the folder after a publish
			_ = pipeline.KeepOutput(f.options.Pipeline.Cache, f.options.Output.Listing) // if this fails, the next start reads the files
		}
	}
	f.keep(ctx)
	if err := f.builder.Close(); err != nil {
		f.options.Notify(err.Error())
	}
}
