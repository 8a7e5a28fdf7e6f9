package pipeline_test

import (
	"os"
	"runtime/debug"
	"testing"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // small sites leave much to collect and little to keep
	os.Exit(m.Run())
}
