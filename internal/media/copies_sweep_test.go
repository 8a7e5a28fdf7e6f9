//go:build sweep

package media_test

import (
	"image"
	"testing"
	"time"

	"casebook/internal/cost"
	"casebook/internal/media"
)

// TestHostilePicturesAreCheapSweep makes copies of small files with many pixels, and
// checks the time and memory that this takes.
func TestHostilePicturesAreCheapSweep(t *testing.T) {
	black := func(width, height int) []byte { return pngOf(t, image.NewRGBA64(image.Rect(0, 0, width, height))) }
	for _, test := range []struct {
		name, file string
		data       []byte
	}{
		{"as many pixels as are decoded", "a.png", black(4000, 4000)},
		{"a wide strip", "a.png", black(400_000, 40)},
		{"a high strip", "a.png", black(600, 26_000)},
		{"many scans", "a.jpg", progressive(4000, 4000, media.MaxScans)},
	} {
		asset, err := media.Check(test.file, test.data)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		took, bytes := cost.Of(func() { _, err = asset.Copies() })
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		// The total of all allocations; the heap is never that large.
		if bytes > 600<<20 || took > 20*time.Second {
			t.Errorf("%s takes %v and %d MB", test.name, took, bytes>>20)
		} else {
			t.Logf("%s: %v, %d MB allocated", test.name, took.Round(time.Millisecond), bytes>>20)
		}
	}
}
