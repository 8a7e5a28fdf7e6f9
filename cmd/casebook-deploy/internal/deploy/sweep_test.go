//go:build sweep

package deploy

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// TestKilledDeploymentsSweep kills deployments before and after each of their requests.
func TestKilledDeploymentsSweep(t *testing.T) {
	const requests = 40 // more than the requests of a deployment
	startS3(t).killed(t, 200, func(i int) (int, bool) { return 1 + i/2%requests, i%2 == 0 })
}

// TestKilledFolderDeploymentsSweep kills deployments to a folder after increasing times.
func TestKilledFolderDeploymentsSweep(t *testing.T) {
	address := "file://" + t.TempDir()
	target, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	deploys(t, target, build(0), at(0))
	whole := time.Now()
	if out, err := child(t, address, 1).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	duration := time.Since(whole)
	const versions = 100
	for i := 2; i <= versions; i++ {
		cmd := child(t, address, i)
		var out bytes.Buffer
		cmd.Stderr = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(duration*time.Duration(i)/versions, func() { _ = cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() != -1 { // neither killed nor complete
			t.Fatalf("version %d: %v: %s", i, err, &out)
		}
		timer.Stop()
		checkReader(t, target, fmt.Sprint("version ", i))
	}
	if out, err := child(t, address, versions+1).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	checkHolds(t, target, build(versions+1))
}
