//go:build sweep

package search_test

import "testing"

func TestClientAnswersAsBleveDoesSweep(t *testing.T) {
	p, err := buildParity(150, 48)
	if err != nil {
		t.Fatal(err)
	}
	checkParity(t, p, 200)
}

func TestParityDetectsMutationsSweep(t *testing.T) { checkMutations(t, 1) }

func TestClientAnalysesAlikeSweep(t *testing.T) {
	checkAnalysis(t, 11)
}

func TestClientStemsAlikeSweep(t *testing.T) {
	checkStems(t, 1)
}

func TestEditedIndexEqualsFreshSweep(t *testing.T) {
	checkEdits(t, 25, 200, 50)
	checkEdits(t, 300, 500, 100)
}
