package search

// Rebuilding bleve's index in the background.

import (
	"context"
	"errors"
	"slices"
)

// countChanges starts a rebuild when enough documents have changed, and records the changes that a running rebuild
// misses.
func (x *Index) countChanges(entries []*entry, removed []string) {
	if x.building != nil {
		for _, e := range entries {
			x.missed[e.doc.ID] = true
		}
		for _, id := range removed {
			x.missed[id] = true
		}
	}
	x.changes += len(entries) + len(removed)
	if x.changes > rebuildAfter && x.building == nil {
		x.changes = 0
		x.building, x.missed = make(chan struct{}), map[string]bool{}
		entries := x.inOrder()
		go x.rebuild(entries, x.dictionary.stemList(), x.building)
	}
}

// inOrder returns the entries that bleve holds, in the order of document ids.
func (x *Index) inOrder() []*entry {
	var entries []*entry
	for _, slot := range x.documentOrder() {
		if e := x.entries[slot]; !e.recalled {
			entries = append(entries, e)
		}
	}
	return entries
}

// rebuild replaces bleve's index with a new one, which holds the entries and the changes made meanwhile.
func (x *Index) rebuild(entries []*entry, stems []string, done chan<- struct{}) {
	defer close(done)
	fresh, err := newEngine()
	if err != nil {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.building, x.missed, x.failure = nil, nil, err
		return
	}
	ctx := context.Background() // no caller waits for the rebuild
	err = fresh.apply(ctx, change{entries: entries, stems: stems}, nil)
	x.mu.Lock()
	defer x.mu.Unlock()
	if err == nil {
		err = fresh.apply(ctx, x.catchUp(), nil)
	}
	spare := fresh
	if err == nil {
		x.engine, spare = fresh, x.engine
	}
	x.building, x.missed, x.failure = nil, nil, errors.Join(err, spare.close())
}

func (x *Index) catchUp() change {
	c := change{stems: x.dictionary.stemList()}
	for id := range x.missed {
		if slot, ok := x.slots[id]; ok {
			c.entries = append(c.entries, x.entries[slot])
		} else {
			c.removed = append(c.removed, id)
		}
	}
	slices.Sort(c.removed)
	return c
}
