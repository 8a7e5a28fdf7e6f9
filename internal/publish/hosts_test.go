package publish_test

import (
	"fmt"
	"slices"
	"testing"

	"casebook/internal/publish"
)

func TestHostLimits(t *testing.T) {
	site := func(files int, size int64) []publish.File {
		all := make([]publish.File, files)
		for i := range all {
			all[i] = publish.File{Path: fmt.Sprintf("%d.html", i), Size: size}
		}
		return all
	}
	for name, test := range map[string]struct {
		files []publish.File
		want  []string
	}{
		"small":      {site(15_000, 10_000), nil},
		"many files": {site(15_001, 10), []string{"Azure Static Web Apps does not take this site: it has 15001 files; at most 15000 (limit of November 2026)"}},
		"large file": {site(1, 26<<20+1), []string{"Cloudflare Pages does not take this site: 0.html has 27.3 MB; at most 26.2 MB a file (limit of November 2026)"}},
		"large site": {site(101, 10_000_000), []string{"GitHub Pages does not take this site: it has 1010.0 MB; at most 1000.0 MB (limit of November 2026)"}},
	} {
		if got := publish.Outgrown(test.files); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
