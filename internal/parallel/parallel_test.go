package parallel_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"casebook/internal/parallel"
)

func TestEachDoesAllOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		done := make([]atomic.Int32, n)
		if err := parallel.Each(t.Context(), n, func(i int) error { done[i].Add(1); return nil }); err != nil {
			t.Fatal(err)
		}
		for i := range done {
			if times := done[i].Load(); times != 1 {
				t.Errorf("item %d of %d is done %d times, want once", i, n, times)
			}
		}
	}
}

func TestEachStops(t *testing.T) {
	const endless = math.MaxInt - 1000 // ends only if Each stops early
	failure := errors.New("item 10")
	err := parallel.Each(t.Context(), endless, func(i int) error {
		if i == 10 {
			return failure
		}
		return nil
	})
	if !errors.Is(err, failure) {
		t.Errorf("after an error: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err = parallel.Each(ctx, endless, func(i int) error {
		if i == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after the context is cancelled: %v", err)
	}
}

func TestEachWithSharesNoBuffer(t *testing.T) {
	type buffer struct{ busy atomic.Bool }
	err := parallel.EachWith(t.Context(), 10_000, func() *buffer { return new(buffer) }, func(b *buffer, _ int) error {
		if !b.busy.CompareAndSwap(false, true) {
			return errors.New("two calls share a buffer")
		}
		b.busy.Store(false)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestPanicsReachTheCaller(t *testing.T) {
	defer func() {
		p, ok := recover().(*parallel.Panic)
		if !ok || p.Value != "boom" || !strings.Contains(p.Error(), "TestPanicsReachTheCaller") {
			t.Errorf("recovered %v", p)
		}
	}()
	_ = parallel.Each(t.Context(), 100, func(i int) error {
		if i == 50 {
			panic("boom")
		}
		return nil
	})
	t.Error("no panic")
}

func TestLeave(t *testing.T) {
	if n, err := parallel.Leave(t.Context(), func() (int, error) { return 3, nil }); n != 3 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
	release := make(chan struct{})
	ended := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	n, err := parallel.Leave(ctx, func() (int, error) {
		cancel()
		<-release
		close(ended)
		return 3, nil
	})
	if n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("abandoned work returns %d, %v", n, err)
	}
	close(release)
	<-ended
	called := false
	if _, err := parallel.Leave(ctx, func() (int, error) { called = true; return 0, nil }); !errors.Is(err, context.Canceled) || called {
		t.Errorf("work begins after the context is cancelled: %v", err)
	}
}

func TestLeavePanics(t *testing.T) {
	defer func() {
		if p, ok := recover().(*parallel.Panic); !ok || p.Value != "boom" {
			t.Errorf("recovered %v", p)
		}
	}()
	_, _ = parallel.Leave(t.Context(), func() (int, error) {
		return 0, parallel.Each(t.Context(), 2, func(int) error { panic("boom") })
	})
}
