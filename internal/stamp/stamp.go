// Package stamp tells whether a file may have changed since it was read, without
// reading it again.
package stamp

import (
	"io/fs"
	"time"
)

// Stamp is what can be told about a file without reading it. Equal stamps, the
// earlier one settled, mean equal content: Git's rule for "racily clean"
// entries (https://git-scm.com/docs/racy-git).
type Stamp struct {
	Size     int64
	Modified int64  // in nanoseconds since 1970; anybody can set it
	Changed  int64  // the same for the change of the inode, which nobody can set; Modified where unknown
	Inode    uint64 // 0 where unknown
}

// Of returns the stamp of a file.
func Of(info fs.FileInfo) Stamp {
	s := Stamp{Size: info.Size(), Modified: info.ModTime().UnixNano()}
	s.Changed, s.Inode = identity(info)
	return s
}

// How coarse the times of a file system may be. A file that changed less than this
// before it was read may change again without its times showing it.
const (
	coarse = 2 * time.Second       // of a time in whole seconds: HFS+ has 1 s, FAT 2 s
	Fine   = 50 * time.Millisecond // of other times: exFAT has 10 ms, the clocks of Linux and Windows tick every 4 to 16 ms
)

// Settled reports whether a change after the moment of reading must show in the stamp.
func (s Stamp) Settled(read time.Time) bool {
	granularity := Fine
	if s.Changed%int64(time.Second) == 0 {
		granularity = coarse
	}
	return read.UnixNano()-s.Changed > int64(granularity)
}
