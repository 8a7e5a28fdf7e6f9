//go:build unix

package publish_test

import (
	"fmt"
	"io/fs"
	"syscall"
)

// inode returns the identity of a file, which a copy does not share, and the time of
// its last change.
func inode(info fs.FileInfo) string {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return fmt.Sprint(stat.Ino, stat.Nlink, stat.Uid, stat.Gid)
}
