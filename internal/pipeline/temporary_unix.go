//go:build unix && !linux

package pipeline

import "os"

// temporaryFile opens a file that has no name any more, so that the system frees
// it when it is closed.
func temporaryFile() (*os.File, error) {
	file, err := os.CreateTemp("", "casebook-*")
	if err != nil {
		return nil, err
	}
	return file, os.Remove(file.Name())
}
