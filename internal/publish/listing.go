package publish

// What is known of the files of an output folder without reading them again.

import (
	"context"
	"io/fs"
	"os"
	"sync/atomic"
	"time"

	"casebook/internal/parallel"
	"casebook/internal/stamp"
)

// A Listing holds the hashes of the files of an output folder. While the stamp of a file
// stays the same, Publish and [Holds] do not read it. The zero Listing is ready for use; a
// program may keep its files for its next process.
type Listing struct {
	Files []Listed
	read  int
}

// Listed is a file of the output folder, whose content is known for certain while its
// stamp stays the same.
type Listed struct {
	Path string
	stamp.Stamp
	Hash [32]byte // SHA-256 of the content
}

// Read returns the number of files that the last Publish or Holds read or wrote.
func (l *Listing) Read() int { return l.read }

// of returns the listed files by their index in the tree; nil where there is none.
func (l *Listing) of(t *tree) []*Listed {
	known := make([]*Listed, len(t.files))
	if l == nil {
		return known
	}
	for i := range l.Files {
		if n, ok := t.index[l.Files[i].Path]; ok {
			known[n] = &l.Files[i]
		}
	}
	return known
}

// replace makes the listing hold the files that are not nil.
func (l *Listing) replace(files []*Listed, read int) {
	if l == nil {
		return
	}
	all := make([]Listed, 0, len(files))
	for _, f := range files {
		if f != nil {
			all = append(all, *f)
		}
	}
	l.Files, l.read = all, read
}

// reread is about how long the next comparison takes for a file that is not listed.
const reread = 25 * time.Microsecond

// relist lists the files of a tree that has just been published. Linking and removing
// links have changed their stamps. placed describes each file as it was when its content
// was known: when it was written, or read to compare it. A program that edits a file
// between then and now, and gives it the same size and modification time, is not noticed.
//
// The stamps of files that have just changed are not settled. If there are many,
// relist waits until they are, which takes less time than to read the files again.
func (o output) relist(ctx context.Context, t *tree, placed []fs.FileInfo) error {
	if o.listing == nil {
		return nil
	}
	files := make([]*Listed, len(t.files))
	var listed atomic.Int64
	list := func(i int) error {
		if files[i] != nil || placed[i] == nil {
			return nil
		}
		now := time.Now()
		info, err := os.Lstat(at(o.dir, t.files[i].Path))
		if err != nil || !os.SameFile(info, placed[i]) || info.Size() != placed[i].Size() || !info.ModTime().Equal(placed[i].ModTime()) {
			return nil // the next comparison reads it
		}
		if s := stamp.Of(info); s.Settled(now) {
			files[i] = &Listed{t.files[i].Path, s, t.files[i].Hash}
			listed.Add(1)
		}
		return nil
	}
	err := parallel.Each(ctx, len(files), list)
	if unlisted := len(files) - int(listed.Load()); err == nil && time.Duration(unlisted)*reread > stamp.Fine {
		select {
		case <-time.After(stamp.Fine):
			err = parallel.Each(ctx, len(files), list)
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	if err == nil {
		o.listing.replace(files, len(files))
	}
	return err
}
