//go:build !unix

package cost

import "time"

var start = time.Now()

// Processor returns the time since the program began, which is at least the
// processor time of its work on one processor.
func Processor() time.Duration { return time.Since(start) }
