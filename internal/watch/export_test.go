package watch

import "context"

// Notifier lets tests replace the operating system's notifier.
type Notifier = notifier

// OpenNotifier opens the operating system's notifier.
var OpenNotifier = openNotifier

// RunWith is Run with another notifier.
func RunWith(ctx context.Context, options Options, open func() (Notifier, error)) error {
	return run(ctx, options, open)
}
