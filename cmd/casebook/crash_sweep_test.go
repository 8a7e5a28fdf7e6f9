//go:build sweep

package main

import "testing"

// TestBuildKilledSweep is TestBuildKilledAtAnyMoment with more kills.
func TestBuildKilledSweep(t *testing.T) { killBuilds(t, 300) }
