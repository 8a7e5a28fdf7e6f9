package theme_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/site"
)

// compressed is the size of the data as hosts send it.
func compressed(t testing.TB, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestWeight(t *testing.T) {
	const (
		maxStyle  = 6 * 1024
		maxScript = 2 * 1024
		maxPage   = 14 * 1024 // with its stylesheets
	)
	loaded := loadDefault(t)
	for _, page := range samples(t) {
		source := render(t, loaded, page)
		style := 0
		for _, asset := range loaded.Assets() {
			if strings.HasSuffix(asset.Path, ".css") && strings.Contains(source, `rel="stylesheet" href="`+site.Of(page).Root+asset.Path) {
				style += compressed(t, asset.Data)
			}
		}
		if style == 0 || style > maxStyle {
			t.Errorf("the stylesheets of %T weigh %d bytes, not up to %d", page, style, maxStyle)
		}
		script := 0
		for _, asset := range loaded.Assets() {
			if strings.Contains(source, `src="`+site.Of(page).Root+asset.Path) {
				script += compressed(t, asset.Data)
			}
		}
		switch page.(type) {
		case *site.SearchPage, *site.CoveragePage, *site.ComparePage, *site.HealthCheckPage: // their own scripts have budgets of their own
		default:
			if script == 0 || script > maxScript {
				t.Errorf("the scripts of %T weigh %d bytes, not up to %d", page, script, maxScript)
			}
		}
		if n := style + compressed(t, []byte(source)); n > maxPage {
			t.Errorf("%T weighs %d bytes with its stylesheets, more than %d", page, n, maxPage)
		}
	}
}

// TestContrast holds every colour of text to 4.5:1 and every line that says
// something to 3:1 on every ground, in light and in dark
// (https://www.w3.org/TR/WCAG22/#contrast-minimum, #non-text-contrast).
func TestContrast(t *testing.T) {
	css, err := fs.ReadFile(defaultLayer(t).FS, "assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	screen, _, _ := strings.Cut(string(css), "@media print")
	blocks := regexp.MustCompile(`(?s):root \{.*?\}`).FindAllString(screen, -1)
	if len(blocks) != 2 {
		t.Fatalf("there are %d sets of colours, want light and dark", len(blocks))
	}
	for _, block := range blocks {
		colours := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z]+): #([0-9a-f]{6});`).FindAllStringSubmatch(block, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for least, names := range map[float64][]string{4.5: {"ink", "quiet", "accent"}, 3: {"thread", "strand"}} {
			grounds := []string{"ground", "raised"}
			if least == 4.5 {
				grounds = append(grounds, "mark")
			}
			for _, name := range names {
				for _, ground := range grounds {
					light, dark := max(colours[name], colours[ground]), min(colours[name], colours[ground])
					if ratio := (light + 0.05) / (dark + 0.05); ratio < least || colours[name] == 0 && colours[ground] == 0 {
						t.Errorf("%s on %s has a contrast of %.2f, less than %v", name, ground, ratio, least)
					}
				}
			}
		}
	}
}

// luminance is that of https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
func luminance(t testing.TB, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, weight := range []float64{0.0722, 0.7152, 0.2126} {
		c := float64(n>>(8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
