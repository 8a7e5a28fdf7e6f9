package pipeline

// Building a folder that may change while it is read.

import (
	"context"
	"errors"

	"casebook/internal/content"
	"casebook/internal/source"
)

// attempts is how many times BuildFolder builds a folder that keeps changing.
const attempts = 3

// BuildFolder builds the contents of a folder and then lists the folder again. A
// listing that was read while files were moved or written may mix the old and the
// new state, so BuildFolder builds again if the folder has changed.
func (b *Builder) BuildFolder(ctx context.Context, folder *source.Scanner, today content.Date) (*Result, error) {
	return b.steady(ctx, folder, today, b.Build)
}

// PlanFolder is like BuildFolder, without pages: the result has no snapshot.
func (b *Builder) PlanFolder(ctx context.Context, folder *source.Scanner, today content.Date) (*Result, error) {
	return b.steady(ctx, folder, today, b.Plan)
}

func (b *Builder) steady(ctx context.Context, folder *source.Scanner, today content.Date, build func(context.Context, Input) (*Result, error)) (*Result, error) {
	b.opts.Progress(Listing, 0, 0)
	tree, err := folder.Scan(ctx)
	if err != nil {
		return nil, err
	}
	for range attempts {
		result, err := build(ctx, Input{Tree: tree, Today: today, once: true})
		if err != nil {
			return nil, err
		}
		b.opts.Progress(Listing, 0, 0)
		again, err := folder.Scan(ctx)
		if err != nil {
			return nil, err
		}
		if again.Hash() == tree.Hash() {
			return result, nil
		}
		tree = again
	}
	return nil, errors.New("the content changes while it is read: build again when no other program writes to it")
}
