// The icon of the site, and the web manifest.

package export

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"image"

	"casebook/internal/drawing"
	"casebook/internal/media"
)

// icons writes the icon of the site in the sizes that browsers ask for, and the
// web manifest that names them. The icon is the picture that site.yaml names;
// without one, it is drawn from the title.
func (e *exporter) icons() error {
	draw, err := e.icon()
	if err != nil {
		return err
	}
	for _, file := range []struct {
		path string
		size int
	}{{"apple-touch-icon.png", 180}, {"icon-192.png", 192}, {"icon-512.png", 512}} {
		data, err := drawn(draw, file.size)
		if err != nil {
			return err
		}
		if err := e.add(file.path, data); err != nil {
			return err
		}
	}
	data, err := ico(draw, 16, 32, 48)
	if err != nil {
		return err
	}
	if err := e.add("favicon.ico", data); err != nil {
		return err
	}
	return e.manifest()
}

// icon returns a function that draws the icon of the site as a square of the
// given size in pixels.
func (e *exporter) icon() (func(size int) (image.Image, error), error) {
	lib := e.in.Library
	if lib.Favicon == "" {
		return func(size int) (image.Image, error) { return drawing.Icon(lib.Site.Title, size, e.in.Colours), nil }, nil
	}
	data, err := e.in.Favicon()
	if err != nil {
		return nil, err
	}
	asset, err := media.Check(lib.Favicon, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", lib.Favicon, err)
	}
	return asset.Square, nil
}

// drawn returns the icon as PNG.
func drawn(draw func(size int) (image.Image, error), size int) ([]byte, error) {
	picture, err := draw(size)
	if err != nil {
		return nil, err
	}
	return drawing.PNG(picture)
}

// ico returns an icon file with the icon in several sizes, each a PNG:
//
//	offset  bytes  what
//	0       2      0
//	2       2      1: an icon
//	4       2      how many pictures
//	6       16     for each: width, height, 0, 0, 1 plane, 32 bits, size, offset
//	then           the pictures
//
// Numbers are little-endian. See https://en.wikipedia.org/wiki/ICO_(file_format).
func ico(draw func(size int) (image.Image, error), sizes ...int) ([]byte, error) {
	var head, pictures bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&head, binary.LittleEndian, v) // a buffer returns no errors
		}
	}
	put(uint16(0), uint16(1), uint16(len(sizes)))
	for _, size := range sizes {
		data, err := drawn(draw, size)
		if err != nil {
			return nil, err
		}
		at := 6 + 16*len(sizes) + pictures.Len()
		put(uint8(size), uint8(size), uint16(0), uint16(1), uint16(32), uint32(len(data)), uint32(at))
		pictures.Write(data)
	}
	return append(head.Bytes(), pictures.Bytes()...), nil
}

// manifest describes the site to browsers that put it on a home screen
// (https://www.w3.org/TR/appmanifest/).
func (e *exporter) manifest() error {
	type icon struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type"`
	}
	site := e.in.Library.Site
	ground, accent := e.in.Colours.Screen()
	return e.addJSON("site.webmanifest", struct {
		Name        string `json:"name"`
		Description string `json:"description,omitempty"`
		Lang        string `json:"lang"`
		StartURL    string `json:"start_url"`
		Scope       string `json:"scope"`
		Display     string `json:"display"`
		Theme       string `json:"theme_color"`
		Background  string `json:"background_color"`
		Icons       []icon `json:"icons"`
	}{
		site.Title, site.Tagline, cmp.Or(site.Language, "en"), "./", "./", "minimal-ui", accent, ground,
		[]icon{{"icon-192.png", "192x192", "image/png"}, {"icon-512.png", "512x512", "image/png"}},
	})
}
