//go:build sweep

package build_test

import "testing"

func TestRandomEditsSweep(t *testing.T) { randomEditSequences(t, 20) }
