package watch_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"casebook/internal/watch"
)

// TestStop cancels the context during each activity of a watch, and checks that no
// goroutine remains.
func TestStop(t *testing.T) {
	type functions struct {
		look    func(context.Context) (watch.State, error)
		changed func(context.Context) error
	}
	wait := func(at chan struct{}, ctx context.Context) error {
		close(at)
		<-ctx.Done()
		return ctx.Err()
	}
	stages := map[string]func(at chan struct{}) functions{
		"looking": func(at chan struct{}) functions {
			return functions{
				look:    func(ctx context.Context) (watch.State, error) { return watch.State{}, wait(at, ctx) },
				changed: func(context.Context) error { return nil },
			}
		},
		"building": func(at chan struct{}) functions {
			return functions{
				look:    func(context.Context) (watch.State, error) { return watch.State{}, nil },
				changed: func(ctx context.Context) error { return wait(at, ctx) },
			}
		},
		"waiting for a state to settle": func(at chan struct{}) functions {
			looks := 0
			return functions{
				look: func(context.Context) (watch.State, error) {
					if looks++; looks == 2 {
						close(at)
					}
					return watch.State{Unsettled: true}, nil
				},
				changed: func(context.Context) error { return errors.New("not settled") },
			}
		},
		"waiting for a change": func(at chan struct{}) functions {
			return functions{
				look:    func(context.Context) (watch.State, error) { return watch.State{}, nil },
				changed: func(context.Context) error { close(at); return nil },
			}
		},
	}
	for name, stage := range stages {
		for _, poll := range []time.Duration{0, time.Hour} {
			t.Run(fmt.Sprint(name, " ", poll), func(t *testing.T) {
				before := runtime.NumGoroutine()
				at := make(chan struct{})
				f := stage(at)
				ctx, cancel := context.WithCancel(context.Background())
				done := make(chan error, 1)
				go func() {
					done <- watch.Run(ctx, watch.Options{
						Dirs: []string{t.TempDir()}, Poll: poll, Changed: f.changed,
						Look:   func(ctx context.Context, _ []string) (watch.State, error) { return f.look(ctx) },
						Notify: func(message string) { t.Errorf("message: %s", message) },
					})
				}()
				<-at
				cancel()
				select {
				case err := <-done:
					if !errors.Is(err, context.Canceled) {
						t.Errorf("Run: %v", err)
					}
				case <-time.After(deadline):
					t.Fatal("still running")
				}
				for end := time.Now().Add(deadline); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
					if time.Now().After(end) {
						stacks := make([]byte, 1<<16)
						t.Fatalf("%d goroutines, want %d as before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
					}
				}
			})
		}
	}
}
