//go:build sweep

package main

import "testing"

func TestServeFollowsEditsSweep(t *testing.T) { serveScripts(t, 20, 30) }
