//go:build !race

package markdown

// slack multiplies time limits in tests, for a machine that does other work at
// the same time.
const slack = 10
