//go:build sweep

package preview_test

import (
	"testing"
	"time"

	"casebook/internal/preview"
)

// TestStreamsOutliveTheTimeoutsSweep keeps a stream open for longer than any request
// may take to be read or answered.
func TestStreamsOutliveTheTimeoutsSweep(t *testing.T) {
	t.Parallel()
	r := start(t, preview.Options{})
	s, _ := r.listen(t)
	if err := s.SetDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	for begin := time.Now(); time.Since(begin) < 65*time.Second; {
		s.block(t) // the heartbeat
	}
	r.Show(small(), preview.Change{})
	if got := s.block(t); got[:6] != "data: " {
		t.Errorf("got %q", got)
	}
}
