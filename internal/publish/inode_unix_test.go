//go:build unix

package publish_test

import (
	"fmt"
	"io/fs"
	"syscall"
)

// inode is what tells a file from its copy, and when either was last touched.
func inode(info fs.FileInfo) string {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return fmt.Sprint(stat.Ino, stat.Nlink, stat.Uid, stat.Gid)
}
