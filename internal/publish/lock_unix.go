//go:build unix

package publish

import "golang.org/x/sys/unix"

func folderLockErrors() []error {
	return []error{unix.EBADF, unix.EISDIR, unix.EINVAL, unix.ENOLCK}
}
