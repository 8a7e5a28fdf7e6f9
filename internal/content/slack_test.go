//go:build !race

package content_test

// slack is how much longer than promised a test lets things take, for a machine
// that does other work at the same time.
const slack = 10

// bombMemory is what a bomb may allocate, in bytes.
const bombMemory = 64 << 20
