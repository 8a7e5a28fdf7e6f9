//go:build sweep

package pipeline_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
)

func TestRandomEditsSweep(t *testing.T) {
	for cases, count := range map[int]int{0: 1, 1: 1, 2: 1, 9: 4} {
		t.Run(fmt.Sprint("from ", cases), func(t *testing.T) { sequences{count: count, cases: cases, group: 1}.check(t) })
	}
}

// TestRandomProcessesSweep builds with a new process after each of a few edits. The
// variable CASEBOOK_SEQUENCES says how many sequences there are.
func TestRandomProcessesSweep(t *testing.T) {
	count, err := strconv.Atoi(os.Getenv("CASEBOOK_SEQUENCES"))
	if err != nil {
		count = 20
	}
	for cases := range 4 {
		t.Run(fmt.Sprint("from ", cases), sequences{count: (count + 3) / 4, cases: cases, group: 1, length: 6, arm: newProcesses}.check)
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
