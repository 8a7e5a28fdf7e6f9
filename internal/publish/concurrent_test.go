package publish_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"casebook/internal/publish"
)

func TestReadersSeeOneSite(t *testing.T) {
	if testing.Short() {
		readWhileSwapping(t, 10, 1)
	} else {
		readWhileSwapping(t, 40, 1)
	}
}

// readWhileSwapping publishes several generations. Meanwhile one reader opens pages by
// path, and another reads all pages through a handle of the folder, until the first has
// opened atLeast pages.
func readWhileSwapping(t *testing.T, swaps int, atLeast int64) {
	const pages = 12
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, generation(1, pages))
	var stop atomic.Bool
	var opened, held atomic.Int64
	var readers sync.WaitGroup
	readers.Go(func() {
		latest := 1
		for page := 0; !stop.Load(); page = (page + 1) % pages {
			gen, err := readPage(os.DirFS(dir), page)
			if err != nil {
				t.Errorf("by path, after %d pages: %v", opened.Load(), err)
				return
			}
			// The whole site is swapped at once: after the new one appears, the old one must not.
			if gen < latest {
				t.Errorf("by path: generation %d appears after generation %d", gen, latest)
				return
			}
			latest = gen
			opened.Add(1)
		}
	})
	readers.Go(func() {
		for !stop.Load() {
			if err := readThroughHandle(dir, pages); err != nil {
				t.Errorf("through a handle, after %d sites: %v", held.Load(), err)
				return
			}
			held.Add(1)
		}
	})
	started := time.Now()
	for gen := 2; gen <= swaps+1 && !t.Failed(); gen++ {
		mustPublish(t, dir, generation(gen, pages))
		// Spread the swaps over all reads, at least one for each.
		for (opened.Load() < max(atLeast*int64(gen)/int64(swaps+1), int64(gen)) || held.Load() == 0) && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
	}
	stop.Store(true)
	readers.Wait()
	t.Logf("%d swaps in %v; %d pages opened by path, %d sites read through a handle", swaps, time.Since(started), opened.Load(), held.Load())
}

// readThroughHandle opens the folder and reads all pages of the site that it holds then.
// It stops early without an error if that site is removed.
func readThroughHandle(dir string, pages int) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	first := 0
	for page := range pages {
		gen, err := readPage(root.FS(), page)
		if errors.Is(err, fs.ErrNotExist) && replaced(root, dir) {
			return nil
		}
		if err != nil {
			return err
		}
		if first == 0 {
			first = gen
		}
		if gen != first {
			return fmt.Errorf("generations %d and %d in one site", first, gen)
		}
	}
	return nil
}

// replaced reports whether dir is no longer the folder that root opened.
func replaced(root *os.Root, dir string) bool {
	held, err1 := root.Stat(".")
	now, err2 := os.Stat(dir)
	return err1 == nil && err2 == nil && !os.SameFile(held, now)
}

// readPage reads one page and checks that it is complete.
func readPage(site fs.FS, page int) (gen int, err error) {
	path := fmt.Sprintf("cases/c%03d/index.html", page)
	f, err := site.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return 0, err
	}
	if _, err := fmt.Sscanf(string(data), "generation %d", &gen); err != nil {
		return 0, fmt.Errorf("%s: %q: %w", path, data, err)
	}
	if want := generation(gen, page+1)[path]; string(data) != want {
		return 0, fmt.Errorf("%s: %q, want %q", path, data, want)
	}
	return gen, nil
}

func TestManyBuildsAtOnce(t *testing.T) {
	const builders, rounds, pages = 6, 5, 10
	dir := filepath.Join(t.TempDir(), "public")
	var wait sync.WaitGroup
	for b := range builders {
		wait.Go(func() {
			if b%3 == 0 {
				if out, err := child(t, dir, b*100, b*100+rounds, pages).CombinedOutput(); err != nil {
					t.Errorf("process %d: %v: %s", b, err, out)
				}
				return
			}
			for round := range rounds {
				files := textSite(generation(b*100+round, pages))
				if _, err := publish.Publish(context.Background(), files, publish.Options{Dir: dir}); err != nil {
					t.Errorf("builder %d: %v", b, err)
				}
			}
		})
	}
	wait.Wait()
	checkWholeGeneration(t, dir, pages)
	checkNothingBeside(t, dir)
}

func TestWaitingEndsWithTheContext(t *testing.T) { synctest.Test(t, waitingEndsWithTheContext) }

func waitingEndsWithTheContext(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, generation(1, 1))
	holding, release := make(chan struct{}), make(chan struct{})
	slow := text("slow.html", "slow")
	slow.Bytes = func() ([]byte, error) { close(holding); <-release; return []byte("slow"), nil }
	done := make(chan error)
	go func() {
		_, err := publish.Publish(context.Background(), []publish.File{slow}, publish.Options{Dir: dir})
		done <- err
	}()
	<-holding
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err := publish.Publish(ctx, textSite(generation(2, 1)), publish.Options{Dir: dir})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "another build") {
		t.Errorf("error %v", err)
	}
	checkSiteOnly(t, dir, generation(1, 1))
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
	checkSite(t, dir, map[string]string{"slow.html": "slow"})
}
