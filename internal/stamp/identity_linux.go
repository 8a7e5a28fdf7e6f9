package stamp

import (
	"io/fs"
	"syscall"
)

func identity(info fs.FileInfo) (changed int64, inode uint64) {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ctim.Nano(), stat.Ino
	}
	return info.ModTime().UnixNano(), 0
}
