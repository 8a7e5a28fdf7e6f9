//go:build sweep

package pipeline_test

import "testing"

func TestRandomEditsSweep(t *testing.T) { randomEditSequences(t, 20) }
