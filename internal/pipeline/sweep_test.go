//go:build sweep

package pipeline_test

import (
	"fmt"
	"testing"
)

func TestRandomEditsSweep(t *testing.T) {
	for cases, sequences := range map[int]int{0: 1, 1: 1, 2: 1, 9: 4} {
		t.Run(fmt.Sprint("from ", cases), func(t *testing.T) { randomEditSequences(t, sequences, cases) })
	}
}

func TestEveryStageStopsSweep(t *testing.T) { checkEveryStageStops(t, 1000) }
