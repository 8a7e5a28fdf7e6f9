// The lock that lets one build at a time write to an output folder.

package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"
)

// lockPoll is how often a waiting build tries to lock.
const lockPoll = 10 * time.Millisecond

// lock waits until no other build writes to the output folder, or ctx ends. It
// locks the parent folder. The operating system releases the lock of a process
// that dies.
func (o output) lock(ctx context.Context) (unlock func(), err error) {
	l := flock.New(filepath.Dir(o.dir), flock.SetFlag(os.O_RDONLY))
	_, err = l.TryLockContext(ctx, lockPoll)
	if folderNotLockable(err) {
		if l, err = o.lockFile(); err == nil {
			_, err = l.TryLockContext(ctx, lockPoll)
		}
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("wait for another build to finish with %q: %w", o.dir, context.Cause(ctx))
	case err != nil:
		return nil, fmt.Errorf("lock %q against other builds: %w", o.dir, err)
	}
	return func() { _ = l.Close() }, nil
}

// lockFile returns the lock for systems where a folder cannot be locked: an empty
// file in the user's cache folder, which is never removed.
func (o output) lockFile() (*flock.Flock, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(cache, "casebook", "locks")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return flock.New(filepath.Join(dir, fmt.Sprintf("%x.lock", sha256.Sum256([]byte(o.dir))))), nil
}

// folderNotLockable reports whether err means that only files can be locked: on
// Windows, and on NFS, where an exclusive lock needs a file opened for writing.
// For other errors it must report false, or two builds might use two locks.
func folderNotLockable(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || slices.ContainsFunc(folderLockErrors(), func(e error) bool { return errors.Is(err, e) })
}
