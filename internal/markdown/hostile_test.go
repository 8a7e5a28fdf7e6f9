package markdown

import (
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"casebook/internal/cost"
)

// The limits for any input of up to 1 MiB.
const (
	mostTime   = time.Second
	mostMemory = 256 << 20
)

// measured parses and renders src, and returns the processor time it took and by how much
// the heap grew at most, garbage included.
func measured(src []byte) (problems []Problem, took time.Duration, memory uint64) {
	runtime.GC()
	before := heap()
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most := before
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				most = max(most, heap())
			case <-stop:
				peak <- max(most, heap())
				return
			}
		}
	}()
	took, _ = cost.Of(func() {
		var doc *Document
		doc, problems = Parse(src)
		_ = doc.HTML(written)
	})
	close(stop)
	return problems, took, <-peak - before
}

func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func checkHostile(t *testing.T, n int, most time.Duration) {
	t.Helper()
	for _, g := range hostile() {
		t.Run(g.name, func(t *testing.T) {
			src := []byte(g.make(n))
			src = src[:min(len(src), n)]
			problems, took, memory := measured(src)
			if took > most*slack || memory > mostMemory {
				t.Errorf("%d bytes took %v and %d MB", n, took, memory>>20)
			}
			for _, p := range problems {
				if p.Code == "markdown-internal" {
					t.Error(p.Message)
				}
				if p.Offset > len(src) {
					t.Errorf("%s at offset %d, after the end of the text", p.Code, p.Offset)
				}
			}
		})
	}
}

func TestHostileTexts(t *testing.T) {
	size := 32 << 10
	if testing.Short() {
		size = 8 << 10
	}
	checkHostile(t, size, mostTime/10)
}

// TestLimits parses a text at each limit, which must have no problem, and a text
// over it, which must be reported at the right offset.
func TestLimits(t *testing.T) {
	tests := []struct {
		name   string
		fine   string
		beyond string
		code   string
		at     int
	}{
		{"nested lists", repeated("- ", MaxNesting) + "a", repeated("- ", MaxNesting+1) + "a", "markdown-nesting", 2 * MaxNesting},
		{"nested quotes", repeated("> ", MaxNesting) + "a", repeated("> ", MaxNesting+1) + "a", "markdown-nesting", 2 * MaxNesting},
		{"emphasis", repeated("*a ", 90) + "b" + repeated("*", 90), repeated("*a ", 120) + "b" + repeated(" c*", 120), "markdown-nesting", -1},
		{"table cells", table(256, 255), table(256, 256), "markdown-table-cells", 256*3 + 2},
		{"tables together", table(200, 200) + "\n" + table(100, 200), table(200, 200) + "\n" + table(100, 300), "markdown-table-cells", -1},
		{"footnotes", numberedTo(MaxFootnotes), numberedTo(MaxFootnotes + 1), "markdown-footnotes", -1},
		{"footnote marks", repeated("[^a] ", MaxFootnotes) + "\n\n[^a]: b", repeated("[^a] ", MaxFootnotes+1) + "\n\n[^a]: b", "markdown-footnotes", 5 * MaxFootnotes},
		{"unused footnotes", repeated("[^a]: b\n\n", MaxFootnotes), repeated("[^a]: b\n\n", MaxFootnotes+1), "markdown-footnotes", 9 * MaxFootnotes},
		{"references", repeated("[a]: b\n", MaxReferences), repeated("[a]: b\n", MaxReferences+1), "markdown-references", 0},
		{"links", repeated("[a](b)\n\n", MaxLinks), repeated("[a](b)\n\n", MaxLinks+1), "markdown-links", 8*MaxLinks + 4},
		{"expansion", "[a]: /" + repeated("x", 9_000) + "\n\n" + repeated("[a] ", 10), "[a]: /" + repeated("x", 9_000) + "\n\n" + repeated("[a] ", 100), "markdown-references", -1},
		{"short items", repeated("- a\n", 3_000), repeated("-\n", 20_000), "markdown-blocks", -1},
		{"headings", repeated("# a\n", 3_000), repeated("#\n", 20_000), "markdown-blocks", -1},
		{"blank lines in lists", "- - a" + repeated("\n", 20_000) + "    b", repeated("- ", 90) + "a" + repeated("\n", 20_000) + "b", "markdown-blocks", -1},
		{"marks", repeated("*a* _b_ [c](d) ", 70), repeated("*a_ ", 20_000), "markdown-marks", -1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if p := only(tt.code, tt.fine); len(p) > 0 {
				t.Errorf("at the limit: %+v", p)
			}
			p := only(tt.code, tt.beyond)
			if len(p) != 1 {
				t.Fatalf("over the limit: %d problems, want one", len(p))
			}
			if tt.at >= 0 && p[0].Offset != tt.at {
				t.Errorf("offset %d, want %d", p[0].Offset, tt.at)
			}
		})
	}
}

// only returns the problems with a code.
func only(code, src string) []Problem {
	_, problems := Parse([]byte(src))
	var found []Problem
	for _, p := range problems {
		if p.Code == code {
			found = append(found, p)
		}
	}
	return found
}
