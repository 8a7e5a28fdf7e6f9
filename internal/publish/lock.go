package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// lockPoll is how often a waiting build asks for the lock again.
const lockPoll = 10 * time.Millisecond

// lock waits until no other build writes beside the output folder, or ctx
// ends. The operating system releases the lock of a dead process.
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

// lockFile is the lock for systems where a folder cannot be locked. It is an
// empty file in the user's cache folder, and stays there.
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

// folderNotLockable reports whether err means that this system or file system
// locks files only: Windows, and NFS, where an exclusive lock needs a file
// opened for writing. Other errors must not lead to another lock, or two
// builds might each hold one.
func folderNotLockable(err error) bool {
	for _, e := range folderLockErrors() {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.Is(err, errors.ErrUnsupported)
}
