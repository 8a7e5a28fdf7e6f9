// Noticing that the build date has changed.

package live

import (
	"context"
	"time"
)

// midnights ticks whenever the date in UTC, which is the build date, changes. It
// checks the clock every minute, because a timer for the whole night would be
// late by as long as the machine slept.
func midnights(ctx context.Context, now func() time.Time, after func(time.Duration) <-chan time.Time) <-chan struct{} {
	ticks := make(chan struct{})
	date := func() string { return now().UTC().Format(time.DateOnly) }
	go func() {
		for last := date(); ; {
			left := now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour).Sub(now())
			select {
			case <-ctx.Done():
				return
			case <-after(min(left, time.Minute)):
			}
			if date() == last {
				continue
			}
			last = date()
			select {
			case <-ctx.Done():
				return
			case ticks <- struct{}{}:
			}
		}
	}()
	return ticks
}
