package pipeline

import (
	"context"
	"errors"

	"casebook/internal/content"
	"casebook/internal/source"
)

// attempts is how often BuildFolder builds a folder that keeps changing.
const attempts = 3

// BuildFolder builds what a folder holds, and looks at the folder again
// afterwards: a listing that was read while files were moved or written may
// hold half of either state. If the folder has changed it builds again.
func (b *Builder) BuildFolder(ctx context.Context, folder *source.Scanner, today content.Date) (*Result, error) {
	b.opts.Progress(Listing, 0, 0)
	tree, err := folder.Scan(ctx)
	if err != nil {
		return nil, err
	}
	for range attempts {
		result, err := b.Build(ctx, Input{Tree: tree, Today: today})
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
