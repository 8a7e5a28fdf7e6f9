package search

import (
	"context"
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
