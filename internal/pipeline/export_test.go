package pipeline

import (
	"context"

	"casebook/internal/cache"
	"casebook/internal/problem"
)

// StoredPages returns the number of bytes in the builder's store of pages.
func (b *Builder) StoredPages() int64 { return b.pages.store.size }

// StoredAttachments returns the number of bytes in the builder's store of attachments.
func (b *Builder) StoredAttachments() int64 { return b.attached.size }

// SetSlack sets the number of bytes in each store that may be outdated.
func (b *Builder) SetSlack(n int64) { b.slack = n }

// KeepOutlineOf saves the outline of an input, as if all pages had been rendered and left
// much of their budget.
func KeepOutlineOf(to *cache.Cache, in Input) error {
	var results []*Result
	var found []problem.Problem
	for _, drafts := range []bool{false, true} {
		b := New(Options{Drafts: drafts})
		defer b.Close()
		r, _, err := b.read(context.Background(), in)
		if err != nil {
			return err
		}
		r.room = map[string]int{}
		for path := range r.parsed {
			r.room[path] = 1 << 20
		}
		results, found = append(results, r), append(found, r.Problems...)
	}
	return KeepOutline(to, results, found)
}

// ReadResult is Read with everything that it found.
func (b *Builder) ReadResult(ctx context.Context, in Input) (*Result, error) {
	result, _, err := b.read(ctx, in)
	return result, err
}

// Recalls reports whether the cache has the site and the theme of the pages of the last
// build, so that a process with the same ones makes no page to compare it.
func (b *Builder) Recalls() bool {
	var c pageCache
	c.recall(b.opts.Cache)
	return c.kept && c.made == b.library.key && c.theme == b.pages.theme
}
