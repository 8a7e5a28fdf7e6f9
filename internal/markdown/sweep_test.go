//go:build sweep

package markdown

import (
	"testing"
	"time"
)

func TestHostileTextsOfMostSizeSweep(t *testing.T) {
	checkHostile(t, 1<<20, mostTime)
}

// TestHostileTextsScaleSweep checks that four times the text takes at most six times
// as long, so sixteen times the text at most 36 times.
func TestHostileTextsScaleSweep(t *testing.T) {
	best := func(g generator, n, tries int) time.Duration {
		src := []byte(g.make(n))
		src = src[:min(len(src), n)]
		least := time.Hour
		for range tries {
			_, took, _ := measured(src)
			least = min(least, took)
		}
		return least
	}
	for _, g := range hostile() {
		t.Run(g.name, func(t *testing.T) {
			// Quadratic time repeats; a busy machine does not. A text that fits the processor's cache is
			// faster: less than 20 ms counts as 20, since quadratic time makes 5 s of them.
			var small, large time.Duration
			for tries := 1; tries <= 4; tries++ {
				if small, large = best(g, 64<<10, tries), best(g, 1<<20, tries); large <= 36*max(small, 20*time.Millisecond) {
					return
				}
			}
			t.Errorf("64 KiB took %v, 1 MiB %v", small, large)
		})
	}
}
