package theme_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"casebook/internal/site"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldenName returns the golden file for a page, such as "principleincountry.html".
func goldenName(page site.Page) string {
	return strings.ToLower(strings.TrimSuffix(reflect.TypeOf(page).Elem().Name(), "Page")) + ".html"
}

func TestGolden(t *testing.T) {
	loaded := loadDefault(t)
	for _, page := range samples(t) {
		got, _, err := loaded.Render(nil, page)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, asset := range loaded.Assets() {
			got = bytes.ReplaceAll(got, []byte(asset.Path), []byte("assets/HASHED"))
		}
		file := filepath.Join("testdata", "golden", goldenName(page))
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%T differs from %s: check the page, then run go test ./internal/theme -update", page, file)
		}
	}
}
