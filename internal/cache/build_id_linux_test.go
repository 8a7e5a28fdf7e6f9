package cache

import (
	"os"
	"strings"
	"testing"
)

// TestBuildID checks that a program is told apart by its build ID if it has one.
func TestBuildID(t *testing.T) {
	file, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if len(buildID(file)) < 20 {
		t.Error("this program has no build ID")
	}
	if id := buildID(strings.NewReader("#!/bin/sh\n")); id != nil {
		t.Errorf("a script has the build ID %q", id)
	}
}
