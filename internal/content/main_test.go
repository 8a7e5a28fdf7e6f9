package content_test

import (
	"runtime/debug"
	"testing"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // as the program does: most of what a test makes is garbage
	m.Run()
}
