//go:build !unix

package publish_test

import "io/fs"

// inode has nothing to add where a file has no number.
func inode(fs.FileInfo) string { return "" }
