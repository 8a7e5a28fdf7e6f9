// The errors that mean that a folder cannot be locked, on Windows.

package publish

import "golang.org/x/sys/windows"

func folderLockErrors() []error {
	return []error{windows.ERROR_ACCESS_DENIED, windows.ERROR_INVALID_PARAMETER, windows.ERROR_INVALID_FUNCTION, windows.ERROR_INVALID_HANDLE}
}
