//go:build sweep

package markdown

import (
	"testing"
	"time"
)

func TestHostileTextsOfMostSizeSweep(t *testing.T) {
	checkHostile(t, 1<<20, mostTime)
}

// TestHostileTextsScaleSweep checks that the time grows little faster than the text:
// for sixteen times the text it may be 36 times as long (six times for four times).
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
			// Each try repeats the measurement more often, because a busy machine delays only some of them. A
			// text that fits in the processor's cache is faster, so that times below 20 ms count as 20 ms:
			// quadratic code would take 5 s for the large text then.
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
