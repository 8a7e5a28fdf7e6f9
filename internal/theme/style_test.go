package theme_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"casebook/internal/site"
)

// compressed returns the compressed size of data, as hosts send it.
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
		maxPage   = 14 * 1024 // the page with its stylesheets
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
			t.Errorf("the stylesheets of %T have %d bytes, want 1 to %d", page, style, maxStyle)
		}
		script := 0
		for _, asset := range loaded.Assets() {
			if strings.Contains(source, `src="`+site.Of(page).Root+asset.Path) {
				script += compressed(t, asset.Data)
			}
		}
		switch page.(type) {
		case *site.SearchPage, *site.CoveragePage, *site.ComparePage, *site.SavedPage, *site.HealthCheckPage, *site.FormPage: // TestScripts checks their scripts
		default:
			if script == 0 || script > maxScript {
				t.Errorf("the scripts of %T have %d bytes, want 1 to %d", page, script, maxScript)
			}
		}
		if n := style + compressed(t, []byte(source)); n > maxPage {
			t.Errorf("%T has %d bytes with its stylesheets, want at most %d", page, n, maxPage)
		}
	}
}

// TestContrast checks that the colours of the default theme are accepted, and that a colour
// with too little contrast is reported at its line.
func TestContrast(t *testing.T) {
	tokens, err := fs.ReadFile(defaultLayer(t).FS, "assets/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, file, text string
		want             []string
	}{
		{"the default", "assets/tokens.css", string(tokens), nil},
		{"a pale accent", "assets/tokens.css", strings.Replace(string(tokens), "#2c3a94", "#c0c0c0", 1), []string{
			"--accent on --mark has a contrast of 1.4 to 1; readers need at least 4.5 to 1",
		}},
		{"in site.css", "assets/site.css", "@import './tokens.css';\n:root { --ink: #999 }\n@media print { :root { --ink: #fff } }", []string{
			"--ink on --mark has a contrast of 2.2 to 1; readers need at least 4.5 to 1",
			"--ink on --mark has a contrast of 4.1 to 1 in the dark; readers need at least 4.5 to 1",
		}},
		{"in a comment", "assets/site.css", "/* :root { --ink: #999; } */", nil},
	} {
		_, problems := over(t, map[string]string{test.file: test.text})
		var got []string
		for _, p := range problems {
			if p.Code == "theme-contrast" {
				got = append(got, p.Message)
				if p.File != "themes/ours/"+test.file || p.Line < 2 || p.Column < 2 {
					t.Errorf("%s: reported at %s", test.name, p.Position())
				}
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
