//go:build sweep

package main

import "testing"

// TestWorkerInABrowserSweep strands no reader over 20 versions.
func TestWorkerInABrowserSweep(t *testing.T) { readVersions(t, findChrome(t), 20) }
