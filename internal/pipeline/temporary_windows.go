package pipeline

// A temporary file on Windows.

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// temporaryFile opens a file that the system deletes when it is closed.
func temporaryFile() (*os.File, error) {
	name := filepath.Join(os.TempDir(), fmt.Sprintf("casebook-%016x", rand.Uint64()))
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL|windows.FILE_FLAG_DELETE_ON_CLOSE, 0o600)
}
