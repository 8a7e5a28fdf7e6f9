//go:build sweep

package main

import "testing"

func TestEveryKindOfPageAtOtherSizes(t *testing.T) { lookAtPages(t, phone, zoomed, desktop) }
