package source

import (
	"io/fs"
	"time"
)

// granularity is how coarse the times of a file system may be: 2 s on FAT, 1 s
// on HFS+, milliseconds elsewhere. A file that changed less than this before
// it was read may change again without its times showing it.
const granularity = 2 * time.Second

// stamp is what can be told about a file without reading it. Equal stamps, the
// earlier one settled, mean equal content: Git's rule for "racily clean"
// entries (https://git-scm.com/docs/racy-git).
type stamp struct {
	size     int64
	modified int64  // in nanoseconds since 1970; anybody can set it
	changed  int64  // the same for the change of the inode, which nobody can set; modified where unknown
	inode    uint64 // 0 where unknown
}

func stampOf(info fs.FileInfo) stamp {
	s := stamp{size: info.Size(), modified: info.ModTime().UnixNano()}
	s.changed, s.inode = identity(info)
	return s
}

// settled reports whether a change after the moment of reading must show in
// the stamp.
func (s stamp) settled(read time.Time) bool {
	return read.UnixNano()-s.changed > int64(granularity)
}
