//go:build sweep

package main

import "testing"

// TestBuildKilledSweep kills more builds than TestWholeSites.
func TestBuildKilledSweep(t *testing.T) { newPair(t).killBuilds(t, 300) }
