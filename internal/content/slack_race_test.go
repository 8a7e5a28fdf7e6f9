//go:build race

package content_test

// slack multiplies the time limits of tests: the race detector makes a program up
// to twenty times slower
// (https://go.dev/doc/articles/race_detector#Runtime_Overheads).
const slack = 100

// bombMemory is the most that a bomb may allocate, in bytes. With the race detector,
// a sync.Pool drops many of its values, so that each use of a regular expression
// allocates again.
const bombMemory = 640 << 20
