//go:build sweep

package main

import "testing"

// TestBuildKilledSweep is the longer run of TestBuildKilledAtAnyMoment.
func TestBuildKilledSweep(t *testing.T) { killBuilds(t, 300) }
