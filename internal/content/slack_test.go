//go:build !race

package content_test

// slack multiplies the time limits of tests, for a machine that is busy with other
// work.
const slack = 10

// bombMemory is the most that a bomb may allocate, in bytes.
const bombMemory = 64 << 20
