// Package cost measures what a piece of work costs the process that does it. It is
// for tests alone: the time on the clock depends on what else the machine does.
package cost

import (
	"runtime"
	"time"
)

// Of does the work and returns the processor time of the process meanwhile, and
// how many bytes it allocated. Processor time includes that of the garbage
// collector and of all goroutines.
func Of(work func()) (took time.Duration, allocated uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := Processor()
	work()
	took = Processor() - start
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}
