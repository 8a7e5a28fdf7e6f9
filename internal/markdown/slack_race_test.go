//go:build race

package markdown

// slack multiplies time limits in tests. The race detector makes a program up to
// twenty times slower
// (https://go.dev/doc/articles/race_detector#Runtime_Overheads).
const slack = 100
