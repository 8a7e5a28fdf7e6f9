package watch

import "context"

// Notifier lets tests stand between the listener and the operating system.
type Notifier = notifier

// OpenNotifier opens the operating system's.
var OpenNotifier = openNotifier

// RunWith is Run with another notifier.
func RunWith(ctx context.Context, options Options, open func() (Notifier, error)) error {
	return run(ctx, options, open)
}
