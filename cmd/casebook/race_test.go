//go:build race

package main

// raceDetector is true with the race detector, which multiplies time and memory.
const raceDetector = true
