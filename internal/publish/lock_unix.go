//go:build unix

// The errors that mean that a folder cannot be locked, on Unix.

package publish

import "golang.org/x/sys/unix"

func folderLockErrors() []error {
	return []error{unix.EBADF, unix.EISDIR, unix.EINVAL, unix.ENOLCK}
}
