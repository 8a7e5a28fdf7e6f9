package pipeline

// A temporary file on Linux.

import (
	"os"

	"golang.org/x/sys/unix"
)

// temporaryFile opens a file without a name, so that the system frees it when it is
// closed.
func temporaryFile() (*os.File, error) {
	if file, err := os.OpenFile(os.TempDir(), os.O_RDWR|unix.O_TMPFILE, 0o600); err == nil {
		return file, nil
	}
	// Some file systems do not support O_TMPFILE: create a file with a name, and
	// remove the name.
	file, err := os.CreateTemp("", "casebook-*")
	if err != nil {
		return nil, err
	}
	return file, os.Remove(file.Name())
}
