//go:build !unix

package publish_test

import "io/fs"

// inode returns nothing on systems where files have no number.
func inode(fs.FileInfo) string { return "" }
