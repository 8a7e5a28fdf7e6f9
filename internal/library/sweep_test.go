//go:build sweep

package library_test

import "testing"

func TestHostileShapesSweep(t *testing.T) { checkHostileShapes(t) }
