// Package cost measures what a piece of work costs the process that does it. It is
// for tests alone: the time on the clock depends on what else the machine does.
package cost

import (
	"runtime"
	"testing"
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

// Limit is the most that work on an input may cost: a part that does not depend on the
// input, and a part for each byte of it.
type Limit struct {
	Time, TimePerByte     time.Duration
	Memory, MemoryPerByte uint64 // in bytes; both 0 mean any amount
}

// Check does work on an input of size bytes, and reports an error if it costs more than
// the limit.
func (l Limit) Check(t testing.TB, size int, work func()) {
	t.Helper()
	took, used := Of(work)
	if most := l.Time + time.Duration(size)*l.TimePerByte; took > most {
		t.Errorf("took %v for %d bytes, want at most %v", took, size, most)
	}
	if most := l.Memory + uint64(size)*l.MemoryPerByte; used > most && most > 0 {
		t.Errorf("allocated %d bytes for %d, want at most %d", used, size, most)
	}
}
