//go:build sweep

package main

import "testing"

// TestHostileFileCostsLittleSweep builds files of all shapes.
func TestHostileFileCostsLittleSweep(t *testing.T) { buildHostileFiles(t, 1) }
