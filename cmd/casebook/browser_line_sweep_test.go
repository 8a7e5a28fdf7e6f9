//go:build sweep

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/corpus"
)

// TestSearchOf10000OnASlowLineSweep checks what the first search of one, two or three words loads among 10,000 case
// studies, on average over words from the bodies of case studies.
func TestSearchOf10000OnASlowLineSweep(t *testing.T) {
	const queries = 12 // of each number of words
	source := t.TempDir()
	if err := corpus.New(10_000).Write(source); err != nil {
		t.Fatal(err)
	}
	l := newLineTest(t, source)
	for words, most := range map[int]int{1: 37_000, 2: 43_000, 3: 47_000} {
		total := 0
		for i := range queries {
			data, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(corpus.CaseFile(500*i+words))))
			if err != nil {
				t.Fatal(err)
			}
			_, body, _ := strings.Cut(string(data[4:]), "\n---\n")
			var query []string
			for _, word := range strings.Fields(body) {
				if word = strings.Trim(word, ".,"); len(word) > 4 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == "" && len(query) < words {
					query = append(query, word)
				}
			}
			total += l.search(t, strings.Join(query, " "), firstSearch{requests: 8, shift: "0.02"})
		}
		if mean := total / queries; mean > most {
			t.Errorf("%d words: %d bytes on average, want at most %d", words, mean, most)
		} else {
			t.Logf("%d words: %d bytes on average", words, mean)
		}
	}
}
