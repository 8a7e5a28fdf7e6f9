package main

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"casebook/internal/pipeline"
)

// TestSpinnerEnds checks that a stage of unknown length shows that it goes on, and that
// nothing is drawn after it.
func TestSpinnerEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out lockedBuffer
		p := &progress{out: &out, start: time.Now()}
		time.Sleep(time.Second)
		p.update(pipeline.Linking, 0, 0)
		defer p.bar.Finish() // even if done does not
		for _, elapsed := range []string{"[1s]", "[2s]"} {
			time.Sleep(1100 * time.Millisecond)
			if shown := out.String(); !strings.Contains(shown, "linking (0/-) "+elapsed) {
				t.Errorf("the spinner does not show %s: %q", elapsed, shown)
			}
		}
		p.done()
		shown := out.String()
		time.Sleep(10 * time.Second)
		if more := strings.TrimPrefix(out.String(), shown); more != "" {
			t.Errorf("after the stage, the spinner draws %q", more)
		}
	})
}

// lockedBuffer is a buffer for several goroutines.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(data)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
