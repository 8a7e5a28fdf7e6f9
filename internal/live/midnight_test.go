package live

import (
	"testing"
	"time"
)

func TestMidnights(t *testing.T) {
	clock := make(chan time.Time)
	now := time.Date(2026, 11, 24, 23, 58, 30, 0, time.UTC)
	waits := make(chan time.Duration)
	ticks := midnights(t.Context(), func() time.Time { return now }, func(d time.Duration) <-chan time.Time { waits <- d; return clock })
	for _, step := range []struct {
		wait  time.Duration // the time that the timer is set to
		to    time.Time     // the clock after this time
		ticks bool
	}{
		{time.Minute, time.Date(2026, 11, 24, 23, 59, 30, 0, time.UTC), false},
		{30 * time.Second, time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), true},
		{time.Minute, time.Date(2026, 11, 25, 0, 1, 0, 0, time.UTC), false},
		{time.Minute, time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC), true}, // the machine was asleep
	} {
		if wait := <-waits; wait != step.wait {
			t.Errorf("waits %v, want %v", wait, step.wait)
		}
		now = step.to
		clock <- now
		if step.ticks {
			select {
			case <-ticks:
			case <-time.After(time.Minute):
				t.Fatalf("no tick at %v", now)
			}
		}
	}
	<-waits
	select {
	case <-ticks:
		t.Error("one tick too many")
	default:
	}
}
