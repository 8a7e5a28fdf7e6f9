//go:build sweep

package theme_test

import "testing"

func TestHostileTextAddsNoElementsSweep(t *testing.T) { checkHostileTexts(t, 1) }
