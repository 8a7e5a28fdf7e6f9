//go:build sweep

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/corpus"
)

// TestSearchOf10000OnASlowLineSweep checks what the first search of one, two or three words loads among 10,000 case
// studies, on average over words from the bodies of case studies, and logs when results show. A busy machine delays them, so
// the limit of time is wide.
func TestSearchOf10000OnASlowLineSweep(t *testing.T) {
	const queries = 5 // of each number of words
	word := regexp.MustCompile(`\b[a-z]{5,}\b`)
	source := t.TempDir()
	if err := corpus.New(10_000).Write(source); err != nil {
		t.Fatal(err)
	}
	l := newLineTest(t, source)
	for i, most := range []int{36_000, 42_000, 48_500} {
		words := i + 1
		var times []time.Duration
		total := 0
		for n := range queries {
			data, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(corpus.CaseFile(500*n+words))))
			if err != nil {
				t.Fatal(err)
			}
			_, body, _ := strings.Cut(string(data[4:]), "\n---\n")
			bytes, shown := l.search(t, strings.Join(word.FindAllString(body, words), " "), firstSearch{requests: 7, shift: "0.02"})
			times, total = append(times, shown), total+bytes
		}
		slices.Sort(times)
		t.Logf("%d words: %d bytes on average, results after %v to %v", words, total/queries, times[0], times[queries-1])
		if total/queries > most || times[0] > 6*time.Second {
			t.Errorf("%d words: %d bytes on average, want at most %d, results after %v", words, total/queries, most, times[0])
		}
	}
}
