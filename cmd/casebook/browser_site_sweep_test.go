//go:build sweep

package main

import "testing"

func TestEveryKindOfPageAtOtherSizesSweep(t *testing.T) { lookAtPages(t, phone, zoomed, desktop) }
