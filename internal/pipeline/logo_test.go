package pipeline_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"casebook/internal/pipeline"
)

// TestLogoAndFavicon checks that pages show the pictures of site.yaml, that icons change
// with their picture, and that unsuitable pictures are reported.
func TestLogoAndFavicon(t *testing.T) {
	files := readFolder(t, goldenInput)
	settings := files["content/site.yaml"]
	builder, indexer := newBuilder(pipeline.Options{Theme: defaultTheme(t)}), new(pipeline.Indexer)
	build := func() *pipeline.Result {
		t.Helper()
		dir := t.TempDir()
		files.write(t, dir)
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	icon := func() []byte {
		t.Helper()
		result := build()
		if result.Failed() {
			t.Fatal(result.Problems)
		}
		whole, err := indexer.Index(t.Context(), result)
		if err != nil {
			t.Fatal(err)
		}
		data, err := whole.ReadFile("icon-192.png")
		if err != nil {
			t.Fatal(err)
		}
		if picture, err := png.Decode(bytes.NewReader(data)); err != nil || picture.Bounds().Dx() != 192 || picture.Bounds().Dy() != 192 {
			t.Errorf("%v, %v", picture.Bounds(), err)
		}
		page, err := whole.ReadFile("cases/index.html")
		if shows := strings.Contains(string(page), `<img src="../our%20logo.png" width="64" height="`); err != nil || shows != (files["content/our logo.png"] != "") {
			t.Errorf("the page shows the logo: %v; %v", shows, err)
		}
		return bytes.Clone(data)
	}
	drawn := icon()
	files["content/site.yaml"] = settings + "logo: our logo.png\nfavicon: icon.png\n"
	files["content/our logo.png"], files["content/icon.png"] = plainPicture(64), plainPicture(600)
	named := icon()
	if bytes.Equal(drawn, named) {
		t.Error("the icon is not made from the picture of site.yaml")
	}
	files["content/icon.png"] = whitePicture(t, 600)
	if bytes.Equal(named, icon()) {
		t.Error("the icon did not change with the picture")
	}

	files["content/icon.png"] = plainPicture(500)
	files["content/site.yaml"] = settings + "logo: none.png\nfavicon: icon.png\n"
	var found []string
	for _, p := range build().Problems {
		found = append(found, p.String())
	}
	for _, want := range []string{"there is no file \"none.png\"", "too few for a home screen"} {
		if !strings.Contains(strings.Join(found, "\n"), want) {
			t.Errorf("no problem contains %q: %q", want, found)
		}
	}
}

// whitePicture returns a white picture of the size of plainPicture.
func whitePicture(t *testing.T, width int) string {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, width, 3))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
