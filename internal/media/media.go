// Package media decides what of one contributed file may be published: bytes
// in, the same picture or document out, without what its author did not mean
// to publish.
//
// A file passes when its extension is on the list and its content is of that
// kind. Pictures lose their metadata (places, names, serial numbers,
// thumbnails), comments and anything behind their end, without being encoded
// again; colour profiles, orientation and animation stay. Documents and text
// are published byte for byte: their properties are not removed, but macros,
// scripts and files that are two formats at once are refused as far as they
// can be told without opening every stream.
//
// It reads and writes no disk, and the result depends on nothing but the
// arguments.
package media

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Limits on one file.
const (
	MaxImage     = 2 << 20     // bytes of a picture
	MaxDownload  = 10 << 20    // bytes of a document
	MaxPixels    = 40_000_000  // of one picture
	MaxAnimation = 200_000_000 // pixels of all frames of a picture together
)

// Kind is how an asset is used.
type Kind string

const (
	Image    Kind = "image"
	Download Kind = "download"
)

// Asset is a file that may be published.
type Asset struct {
	Kind          Kind
	Type          string // media type: "image/png"
	Data          []byte // what to publish
	Width, Height int    // of a picture as it is shown, in pixels
}

// Error says why a file is not published, and what to do about it.
type Error struct {
	Code    string // "asset-type", "asset-content", "asset-size" or "asset-active"
	Message string
	Hint    string
}

func (e *Error) Error() string { return e.Message }

// format is a kind of file that may be published.
type format struct {
	kind  Kind
	media string
	// clean returns what to publish; it fills in the asset's size.
	clean func(data []byte, asset *Asset) error
}

func formats() map[string]format {
	return map[string]format{
		"png":  {Image, "image/png", cleanPNG},
		"jpg":  {Image, "image/jpeg", cleanJPEG},
		"jpeg": {Image, "image/jpeg", cleanJPEG},
		"gif":  {Image, "image/gif", cleanGIF},
		"webp": {Image, "image/webp", cleanWebP},
		"pdf":  {Download, "application/pdf", checkPDF},
		"docx": {Download, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", checkOOXML("wordprocessingml.document.main+xml")},
		"xlsx": {Download, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", checkOOXML("spreadsheetml.sheet.main+xml")},
		"pptx": {Download, "application/vnd.openxmlformats-officedocument.presentationml.presentation", checkOOXML("presentationml.presentation.main+xml")},
		"odt":  {Download, "application/vnd.oasis.opendocument.text", checkODF("application/vnd.oasis.opendocument.text")},
		"ods":  {Download, "application/vnd.oasis.opendocument.spreadsheet", checkODF("application/vnd.oasis.opendocument.spreadsheet")},
		"odp":  {Download, "application/vnd.oasis.opendocument.presentation", checkODF("application/vnd.oasis.opendocument.presentation")},
		"csv":  {Download, "text/csv", checkCSV},
		"txt":  {Download, "text/plain", checkText},
	}
}

// Extensions are the extensions that may be published, without dot, sorted.
func Extensions() []string {
	var extensions []string
	for extension := range formats() {
		extensions = append(extensions, extension)
	}
	slices.Sort(extensions)
	return extensions
}

// Check returns what may be published of the file, whose name matters only for
// its extension. Its error is always an [*Error].
func Check(name string, data []byte) (*Asset, error) {
	extension := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	f, known := formats()[extension]
	if !known {
		hint := "publish one of " + strings.Join(Extensions(), ", ")
		if extension == "svg" {
			hint = "an SVG can hold a script: save the picture as PNG"
		}
		return nil, &Error{"asset-type", fmt.Sprintf("files with the extension %q are not published", extension), hint}
	}
	limit, smaller := MaxDownload, "make it smaller, or link to the place that offers it"
	if f.kind == Image {
		limit, smaller = MaxImage, "save it with fewer pixels: 1600 across is enough for any page"
	}
	if len(data) > limit {
		return nil, &Error{"asset-size", fmt.Sprintf("the file has %d bytes; %d are allowed", len(data), limit), smaller}
	}
	asset := &Asset{Kind: f.kind, Type: f.media, Data: data}
	if err := f.clean(data, asset); err != nil {
		if _, ok := err.(*Error); ok {
			return nil, err
		}
		return nil, &Error{"asset-content", fmt.Sprintf("this is no %s file: %v", strings.ToUpper(extension), err), "save it again as " + strings.ToUpper(extension) + ", or give it the extension of what it is"}
	}
	return asset, nil
}

// setSize notes the size of a picture; frames counts the pixels of all frames.
func (a *Asset) setSize(width, height, frames int) error {
	switch {
	case width <= 0 || height <= 0:
		return fmt.Errorf("its size is %d × %d", width, height)
	case width > MaxPixels || height > MaxPixels/width:
		return &Error{"asset-size", fmt.Sprintf("the picture has %d × %d pixels; %d are allowed", width, height, MaxPixels), "save it with fewer pixels"}
	case frames > MaxAnimation:
		return &Error{"asset-size", fmt.Sprintf("the frames of the picture have %d pixels; %d are allowed", frames, MaxAnimation), "save it with fewer frames"}
	}
	a.Width, a.Height = width, height
	return nil
}
