package search

import (
	"bytes"
	"compress/flate"
	"context"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestShardNamesDependOnParts checks that the same bytes, divided or compressed differently, make different shards.
func TestShardNamesDependOnParts(t *testing.T) {
	s := newShardSet(nil)
	seen := map[ref][]part{}
	for _, parts := range [][]part{
		{text([]byte("ab"))},
		{column([]byte("ab"))},
		{text([]byte("a")), text([]byte("b"))},
		{text(nil), text([]byte("ab"))},
		{text([]byte("a")), column([]byte("b"))},
		{column([]byte("a")), text([]byte("b"))},
		{text([]byte("ab")), text(nil)},
	} {
		r := s.add(parts...)
		if other, ok := seen[r]; ok {
			t.Errorf("%v has the same name as %v", parts, other)
		}
		seen[r] = parts
		if s.add(parts...) != r {
			t.Errorf("%v has two names", parts)
		}
	}
	files, err := s.finish(context.Background(), nil)
	if err != nil || len(files) != len(seen) {
		t.Errorf("%d files of %d shards, %v", len(files), len(seen), err)
	}
}

// TestKeysThatBeginWithAnotherStayWithIt checks where lists are cut: between keys with few letters in common, but not between
// a key and those that begin with it unless these are large.
func TestKeysThatBeginWithAnotherStayWithIt(t *testing.T) {
	keys := []string{"care", "case", "dose", "health", "healthcare", "heart", "hub"}
	for longer, want := range map[int][]int{2: {0, 2, 3, 5}, 5: {0, 2, 3, 4}} { // by the size of "healthcare"
		sizes := []int{3, 3, 3, 12, longer, 3, 3}
		got := cutting{least: 4, most: 11}.cut(len(keys), func(i int) string { return keys[i] }, func(i int) int { return sizes[i] })
		if !slices.Equal(got, want) {
			t.Errorf("with %d bytes of %q, the chunks begin at %v, want %v", longer, keys[4], got, want)
		}
	}
}

// TestTextRepeatsPartsBefore checks that text that repeats an earlier part of its shard takes almost no room.
func TestTextRepeatsPartsBefore(t *testing.T) {
	labels := make([]byte, 1000)
	for i := range labels {
		labels[i] = byte(rand.IntN(256))
	}
	shard := newDeflater().deflate([]part{column(labels), column([]byte("between")), text(labels)})
	if most := len(labels) + 100; len(shard) > most {
		t.Errorf("the shard has %d bytes, want at most %d", len(shard), most)
	}
	inflated, err := io.ReadAll(flate.NewReader(bytes.NewReader(shard)))
	if want := string(labels) + "between" + string(labels); err != nil || string(inflated) != want {
		t.Errorf("the shard inflates to %d bytes, want %d, %v", len(inflated), len(want), err)
	}
}
