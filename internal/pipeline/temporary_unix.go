//go:build unix && !linux

package pipeline

// A temporary file on other Unix systems.

import "os"

// temporaryFile opens a file and removes its name, so that the system frees it when
// it is closed.
func temporaryFile() (*os.File, error) {
	file, err := os.CreateTemp("", "casebook-*")
	if err != nil {
		return nil, err
	}
	return file, os.Remove(file.Name())
}
