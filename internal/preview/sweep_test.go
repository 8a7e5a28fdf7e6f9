//go:build sweep

package preview_test

import (
	"testing"
	"time"

	"casebook/internal/preview"
)

// TestStreamsOutliveTheTimeoutsSweep checks that a stream stays open for longer than the
// time limits of other requests and responses.
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
