//go:build sweep

package pipeline_test

import (
	"fmt"
	"testing"

	"casebook/internal/pipeline"
)

// TestPayloadsInWholeFilesSweep puts each payload in each position.
func TestPayloadsInWholeFilesSweep(t *testing.T) { checkHostileSite(t, payloads(t), 1) }

// TestPayloadsInSettingsSweep puts each payload into site.yaml.
func TestPayloadsInSettingsSweep(t *testing.T) { checkHostileSettings(t, payloads(t)) }

// TestHostileSiteInBrowserSweep loads the case study of each payload.
func TestHostileSiteInBrowserSweep(t *testing.T) {
	all := payloads(t)
	pages := []string{"resources/", "organisations/", "disciplines/", "cases/"}
	for i := range all {
		pages = append(pages, fmt.Sprintf("cases/p%04d/", i))
	}
	for i := 0; i < len(all); i += 50 {
		pages = append(pages, fmt.Sprintf("principles/third-%d/", i/50))
	}
	checkInBrowser(t, newHostileSite(t, all, 4).fix(t).Snapshot, pages)
	benign := buildDir(t, goldenInput, pipeline.Options{}).Snapshot
	checkInBrowser(t, benign, []string{"", "404.html", "cases/shared-ward/", "principles/listen-first/", "cases/gone/", "resources/", "countries/"})
}
