// The progress bar.

package main

import (
	"io"
	"sync"
	"time"

	"casebook/internal/pipeline"
	"casebook/internal/publish"

	"github.com/schollz/progressbar/v3"
)

// progress is the progress bar of a long build. It shows nothing unless the
// output is a terminal.
type progress struct {
	out io.Writer // nil shows nothing

	files int // number of content files, once it is known

	mu    sync.Mutex
	stage pipeline.Stage
	start time.Time
	bar   *progressbar.ProgressBar
}

// progressDelay is how long a build runs before it shows a bar.
const progressDelay = 500 * time.Millisecond

func newProgress(out io.Writer, quiet bool) *progress {
	p := &progress{start: time.Now()}
	if !quiet && isTerminal(out) {
		p.out = out
	}
	return p
}

// update draws the bar, or a spinner when the total is 0. Several goroutines may
// call it.
func (p *progress) update(stage pipeline.Stage, done, total int) {
	if stage == pipeline.Reading && done == 0 { // the size of the site is not known before
		p.files = total
		limitMemory(pagesMemory, total)
	}
	if p.out == nil || time.Since(p.start) < progressDelay {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil || p.stage != stage {
		p.finish()
		p.stage = stage
		if total == 0 {
			total = -1 // a spinner, which a goroutine turns until it is finished
		}
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionSetDescription(string(stage)),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionShowCount(),
		)
	}
	_ = p.bar.Set(done) // the build continues if the bar cannot be drawn
}

// publishing is like update, for the stages of package publish.
func (p *progress) publishing(stage publish.Stage, done, total int) {
	p.update(pipeline.Stage(stage), done, total)
}

// done removes the bar.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish() // clears it
		p.bar = nil
	}
}
