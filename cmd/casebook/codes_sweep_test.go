//go:build sweep

package main

import (
	"strings"
	"testing"
)

// TestCodeExamplesOfThemesSweep is TestCodeExamples for themes, each of which is
// loaded anew.
func TestCodeExamplesOfThemesSweep(t *testing.T) {
	testCodeExamples(t, func(code string) bool { return strings.HasPrefix(code, "theme-") })
}
