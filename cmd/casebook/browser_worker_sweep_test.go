//go:build sweep

package main

import "testing"

// TestWorkerInABrowserSweep reads a site offline through 20 versions. See readVersions.
func TestWorkerInABrowserSweep(t *testing.T) { readVersions(t, findChrome(t), 20) }
