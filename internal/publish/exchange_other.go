//go:build !linux && !darwin

package publish

import "errors"

// exchange would swap two paths at once, which this system cannot.
func exchange(string, string) error { return errors.ErrUnsupported }
