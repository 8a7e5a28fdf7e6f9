//go:build sweep

package main

import "testing"

// TestHostileFilesSweep builds files of all shapes.
func TestHostileFilesSweep(t *testing.T) { buildHostileFiles(t, 1) }
