//go:build race

package main

// raceDetector is on: a process takes many times the time and memory of casebook.
const raceDetector = true
