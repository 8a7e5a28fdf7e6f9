//go:build !race

package markdown

// slack multiplies the time limits of tests, for a machine that is busy with other
// work.
const slack = 10
