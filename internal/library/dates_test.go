package library_test

import (
	"slices"
	"testing"

	"casebook/internal/library"
)

func TestFutureDates(t *testing.T) {
	const tags = "hallmarks: [clear-plans]\n"
	tests := []struct {
		front string
		want  []string
	}{
		{"start: 2027\nend: 2030\nreview_by: 2028\n", nil},
		{"published: 2026\nupdated: 2026-11\nreviewed: 2026-11-25\n", nil}, // tomorrow, which is today in other time zones
		{"updated: 2026-12\nreviewed: 2027\n", []string{"5:10 future-date", "6:11 future-date"}},
		{"indicators: [{name: N, value: 1, as_of: 2027, source: {title: T, accessed: 2027}}]\n", []string{"5:41 future-date", "5:76 future-date"}},
		{"withdrawn: {date: 2027-01-01, reason: R}\n", []string{"5:19 future-date"}},
		{"published: 2027\n", nil}, // scheduled
		{"published: 2027\ndraft: true\n", nil},
	}
	for _, test := range tests {
		_, problems := link(t, withCase(tags+test.front, ""), library.Options{})
		if got := placed(problems); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %v, want %q", test.front, problems, test.want)
		}
	}
}
