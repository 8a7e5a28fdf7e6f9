// Package parallel does the same work for many items on all processors, and work
// that nobody need wait for when the context ends.
package parallel

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Each calls work with 0 to n-1, on all processors and in no particular order,
// until work returns an error or ctx ends. It returns that error. When work
// panics, Each panics in the goroutine of its caller with a [*Panic].
func Each(ctx context.Context, n int, work func(i int) error) error {
	none := func() struct{} { return struct{}{} }
	return EachWith(ctx, n, none, func(_ struct{}, i int) error { return work(i) })
}

// EachWith is [Each] for work that needs a buffer or the like, which no two
// calls may use at once: it makes one for each of its goroutines.
func EachWith[B any](ctx context.Context, n int, newBuffer func() B, work func(buffer B, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), n) {
		group.Go(func() (err error) {
			defer func() {
				if value := recover(); value != nil {
					err = asPanic(value)
				}
			}()
			buffer := newBuffer()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := work(buffer, i); err != nil {
					return err
				}
			}
		})
	}
	err := group.Wait()
	if p := (*Panic)(nil); errors.As(err, &p) {
		panic(p)
	}
	return err
}

// Leave does work that cannot be interrupted. If ctx ends first, Leave returns
// its error immediately and leaves the work to end by itself: what the work
// changes must not be used any more. When work panics, so does Leave, with a [*Panic].
func Leave[T any](ctx context.Context, work func() (T, error)) (value T, err error) {
	if err := ctx.Err(); err != nil {
		return value, err
	}
	done := make(chan error, 1)
	var result T
	go func() {
		var err error
		defer func() {
			if value := recover(); value != nil {
				err = asPanic(value)
			}
			done <- err
		}()
		result, err = work()
	}()
	select {
	case err := <-done:
		if p := (*Panic)(nil); errors.As(err, &p) {
			panic(p)
		}
		return result, err
	case <-ctx.Done():
		return value, ctx.Err()
	}
}

// asPanic wraps what was recovered, unless Each has.
func asPanic(value any) *Panic {
	if p, ok := value.(*Panic); ok {
		return p
	}
	return &Panic{Value: value, Stack: debug.Stack()}
}

// Panic is the panic of one item's work.
type Panic struct {
	Value any
	Stack []byte // of the goroutine that panicked
}

// Error is the value and the stack, as the Go runtime prints them.
func (p *Panic) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }
