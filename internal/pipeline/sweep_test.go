//go:build sweep

package pipeline_test

import (
	"fmt"
	"testing"
)

func TestRandomEditsSweep(t *testing.T) {
	for cases, sequences := range map[int]int{0: 10, 1: 10, 2: 10, 9: 20} {
		t.Run(fmt.Sprint("from ", cases), func(t *testing.T) { randomEditSequences(t, sequences, cases) })
	}
}
