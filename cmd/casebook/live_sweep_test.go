//go:build sweep

package main

import "testing"

func TestServeFollowsScriptsSweep(t *testing.T) { serveScripts(t, 20, 30) }
