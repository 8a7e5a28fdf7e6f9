//go:build race

package markdown

// slack is how much longer than promised a test lets things take: the race
// detector alone makes them up to twenty times slower
// (https://go.dev/doc/articles/race_detector#Runtime_Overheads).
const slack = 100
