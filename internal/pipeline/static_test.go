package pipeline_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"
	"casebook/internal/source"
)

// TestStaticFiles checks that only static files that a host reads are published, and that
// they are published unchanged.
func TestStaticFiles(t *testing.T) {
	icon := "\x00\x00\x01\x00\x01\x00"
	published := map[string]string{
		".nojekyll": "", "robots.txt": "User-agent: *\n", "_headers": "/*\n  X-Frame-Options: DENY\n", "_redirects": "/a /b 301\n", "favicon.ico": icon, "apple-touch-icon.png": plainPicture(180),
		".well-known/security.txt": "Contact: mailto:a@example.org\n", ".well-known/acme-challenge/token_1": "x", "google0123456789abcdef.html": "google-site-verification: google0123456789abcdef.html",
		"0123abcd.txt": "key", "BingSiteAuth.xml": "<users/>",
	}
	refused := map[string]string{
		"index.html": "<p>x</p>", "about/index.html": "x", "x.js": "alert(1)", "x.svg": "<svg/>", "a.css": "*{}", "google0123456789abcdef.htm": "x", "googlefedcba9876543210.html": "<script>alert(1)</script>",
		"other.ico": "<script>", "bad.png": "<svg>", "large.txt": strings.Repeat("x", 70_000), "binary.txt": "a\x00b", "CNAME": "example.org", ".well-known/x.html": "<script>", ".well-known/a.svg": "x", "sub/robots.txt": "x", "movie.mp4": "x", "x.php": "x", "feed.xml": "<x/>",
	}
	build := func(files folder) *pipeline.Result {
		t.Helper()
		dir := t.TempDir()
		files.write(t, dir)
		scanner, err := source.New(dir, source.Options{Show: pipeline.ShowsHidden})
		if err != nil {
			t.Fatal(err)
		}
		result, err := newBuilder(pipeline.Options{Theme: defaultTheme(t)}).BuildFolder(t.Context(), scanner, today)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	files := readFolder(t, goldenInput)
	for name, text := range published {
		files["content/static/"+name] = text
	}
	files["content/static/.DS_Store"], files["content/.hidden"] = canary, canary
	result := build(files)
	if result.Failed() {
		t.Fatal(result.Problems)
	}
	for name, text := range published {
		if data, err := result.Snapshot.ReadFile(name); err != nil || string(data) != text {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	checkNoCanary(t, result.Snapshot)

	for name, text := range refused {
		files["content/static/"+name] = text
	}
	found := errorsOf(build(files))
	for name := range refused {
		if found["content/static/"+name] == "" {
			t.Errorf("%s is not refused", name)
		}
		delete(found, "content/static/"+name)
	}
	if len(found) > 0 {
		t.Errorf("other files are refused: %q", slices.Sorted(maps.Keys(found)))
	}
}
