package main

import (
	"io"
	"sync"
	"time"

	"casebook/internal/pipeline"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long build is, on a terminal only.
type progress struct {
	out io.Writer // nil: shows nothing

	mu    sync.Mutex
	stage pipeline.Stage
	start time.Time
	bar   *progressbar.ProgressBar
}

// patience is how long a build may take before it shows a bar.
const patience = 500 * time.Millisecond

func newProgress(out io.Writer, quiet bool) *progress {
	p := &progress{start: time.Now()}
	if !quiet && isTerminal(out) {
		p.out = out
	}
	return p
}

// update is called by a build, from several goroutines.
func (p *progress) update(stage pipeline.Stage, done, total int) {
	if p.out == nil || time.Since(p.start) < patience {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil || p.stage != stage {
		p.finish()
		p.stage = stage
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionSetDescription(string(stage)),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionShowCount(),
		)
	}
	_ = p.bar.Set(done) // a bar that cannot be drawn is no reason to stop
}

// done takes the bar away.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}
