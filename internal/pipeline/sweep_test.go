//go:build sweep

package pipeline_test

import (
	"fmt"
	"testing"
)

func TestRandomEditsSweep(t *testing.T) {
	for cases, sequences := range map[int]int{0: 1, 1: 1, 2: 1, 9: 4} {
		t.Run(fmt.Sprint("from ", cases), func(t *testing.T) { randomEditSequences(t, sequences, cases, 1) })
	}
}

// TestSequenceOfEditsSweep builds after each edit.
func TestSequenceOfEditsSweep(t *testing.T) { checkSequenceOfEdits(t, 1) }

// TestMalformedFilesSweep builds with each seed of FuzzBuild.
func TestMalformedFilesSweep(t *testing.T) {
	m := newMalformed(t)
	for kind := range kinds {
		for _, text := range m.texts(kind, 1) {
			m.check(t, uint8(kind), text)
		}
	}
}

func TestEveryStageStopsSweep(t *testing.T) { checkEveryStageStops(t, 1000) }

func TestPartSweep(t *testing.T) { checkParts(t, 100) }
