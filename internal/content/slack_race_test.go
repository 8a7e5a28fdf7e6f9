//go:build race

package content_test

// slack is how much longer than promised a test lets things take: the race
// detector alone makes them up to twenty times slower
// (https://go.dev/doc/articles/race_detector#Runtime_Overheads).
const slack = 100

// bombMemory is what a bomb may allocate, in bytes. Under the race detector a
// sync.Pool drops much of what it is given, so that every regular expression
// allocates again.
const bombMemory = 640 << 20
