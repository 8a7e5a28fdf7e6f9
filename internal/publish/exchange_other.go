//go:build !linux && !darwin

// The systems without an atomic exchange of two folders.

package publish

import "errors"

// exchange returns [errors.ErrUnsupported]: this system cannot swap two paths
// atomically.
func exchange(string, string) error { return errors.ErrUnsupported }
