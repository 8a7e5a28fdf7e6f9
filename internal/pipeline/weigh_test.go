package pipeline

import (
	"bytes"
	"compress/gzip"
	"math/rand/v2"
	"strings"
	"testing"

	"casebook/internal/site"
)

// TestLoadIsExact compares the size that load finds, often without compressing, with that
// of gzip.
func TestLoadIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	assets := weights{"assets/site.css": 5000}
	over := 0
	for i := range 300 {
		var b strings.Builder
		b.WriteString(`<link href="assets/site.css">`)
		letters, size := 2+random.IntN(200), random.IntN(60_000)
		for b.Len() < size {
			b.WriteByte(byte(random.IntN(letters)))
			if random.IntN(4) == 0 {
				b.WriteString("<li><a href=\"../cases/\">")
			}
		}
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, _ = w.Write([]byte(b.String()))
		_ = w.Close()
		want := 0
		if out.Len()+5000 > pageBudget {
			want = out.Len() + 5000
			over++
		}
		if got := assets.load(&site.CasePage{}, []byte(b.String()), []string{"assets/site.css"}).Whole; got != want {
			t.Errorf("page %d of %d bytes: load %d, want %d", i, b.Len(), got, want)
		}
	}
	if over < 20 || over > 250 {
		t.Errorf("%d pages are over their budget, want some over and some within", over)
	}
}

// BenchmarkLoad measures how long it takes to find that a page of 15 KB, the usual size, is
// within its budget.
func BenchmarkLoad(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	var text strings.Builder
	for text.Len() < 15_000 {
		text.WriteString([]string{"partnership ", "hospital ", "<p class=\"name\">", "midwives ", "learned ", "</p>\n", "training "}[random.IntN(7)])
	}
	page := []byte(text.String())
	for b.Loop() {
		weights{}.load(&site.CasePage{}, page, nil)
	}
	b.SetBytes(int64(len(page)))
}
