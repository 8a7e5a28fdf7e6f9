// Package media checks one contributed picture or document, and returns the bytes
// that may be published.
//
// A file passes if its extension is allowed and its content is of that format.
// Pictures lose their metadata (locations, names, serial numbers, thumbnails),
// their comments and all bytes after their end, without being encoded again;
// their colours, orientation and animation stay. Documents and text are
// published byte for byte, with their properties. Macros, scripts and files in
// two formats at once are refused, as far as this can be detected without
// decompressing every stream.
//
// The package reads and writes no files. The result depends on the arguments
// only.
package media

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// Limits on one file.
const (
	MaxImage     = 2_000_000   // bytes of a picture
	MaxDownload  = 10_000_000  // bytes of a document
	MaxPixels    = 40_000_000  // of one picture
	MaxAnimation = 200_000_000 // pixels of all frames of a picture together
)

// Kind is the use of an asset: shown on a page, or offered for download.
type Kind string

const (
	Image    Kind = "image"
	Download Kind = "download"
)

// Asset is a file that may be published.
type Asset struct {
	Kind          Kind
	Type          string // media type: "image/png"
	Data          []byte // the bytes to publish
	Width, Height int    // of a picture as it is shown, in pixels
}

// Error says why a file is not published, and what its author can do.
type Error struct {
	Code    string // "asset-type", "asset-content", "asset-size" or "asset-active"
	Message string
	Hint    string
}

func (e *Error) Error() string { return e.Message }

// format is a file format that may be published.
type format struct {
	kind  Kind
	media string
	// clean checks the data and sets the data and the size of the asset.
	clean func(data []byte, asset *Asset) error
}

// formats are the formats that may be published, by file extension.
var formats = map[string]format{
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

// extensionOf returns the file extension of a name in small letters, without the dot.
func extensionOf(name string) string {
	return strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
}

// IsImage reports whether the name is that of a picture that may be published.
func IsImage(name string) bool { return formats[extensionOf(name)].kind == Image }

// IsDocument reports whether a file with the name, if it is valid, is a document to
// download.
func IsDocument(name string) bool { return formats[extensionOf(name)].kind == Download }

// Check returns the part of a file that may be published. Only the extension of
// the name matters. The error is always an [*Error].
func Check(name string, data []byte) (*Asset, error) {
	extension := extensionOf(name)
	f, known := formats[extension]
	if !known {
		message := fmt.Sprintf("files with the extension %q are not published", extension)
		if extension == "" {
			message = "a file without an extension is not published"
		}
		return nil, &Error{"asset-type", message, insteadOf(extension)}
	}
	limit, smaller := MaxDownload, "make it smaller, or link to the site that offers it"
	if f.kind == Image {
		limit, smaller = MaxImage, "save it with fewer pixels: 1600 across is enough for any page"
	}
	if len(data) > limit {
		return nil, &Error{"asset-size", fmt.Sprintf("the file has %s MB; at most %s MB", millions(len(data)), millions(limit)), smaller}
	}
	if bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) {
		return nil, &Error{"asset-content", "this is a pointer that Git LFS leaves, not the file itself", "run: git lfs pull; or add the file to the repository without Git LFS"}
	}
	asset := &Asset{Kind: f.kind, Type: f.media, Data: data}
	if err := f.clean(data, asset); err != nil {
		if _, ok := err.(*Error); ok {
			return nil, err
		}
		return nil, &Error{"asset-content", fmt.Sprintf("this is not %s file: %v", withArticle(strings.ToUpper(extension)), err), "save it again as " + strings.ToUpper(extension) + ", or give it the extension of what it is"}
	}
	return asset, nil
}

// withArticle puts "a" or "an" before an abbreviation, according to how its
// first letter is pronounced.
func withArticle(abbreviation string) string {
	if strings.ContainsRune("AEFHILMNORSX", rune(abbreviation[0])) {
		return "an " + abbreviation
	}
	return "a " + abbreviation
}

// Instead says what to do with a file that may not be published because of its
// name; "" if it may be.
func Instead(name string) string {
	extension := extensionOf(name)
	if _, known := formats[extension]; known {
		return ""
	}
	return insteadOf(extension)
}

// insteadOf says what to do with a file whose extension is not allowed.
func insteadOf(extension string) string {
	switch extension {
	case "heic", "heif", "avif", "bmp", "dib", "tif", "tiff", "jfif", "jpe", "jp2", "jxl", "raw", "cr2", "nef", "arw", "dng", "psd", "xcf", "ico":
		return "save it as JPEG, with the extension .jpg"
	case "svg", "svgz", "ai", "eps", "wmf", "emf":
		return "save it as PNG: drawings in this format can hold a program"
	case "doc", "dot", "docm", "rtf", "pages", "wps":
		return "save it as .docx or PDF"
	case "xls", "xlsm", "xlsb", "numbers":
		return "save it as .xlsx or CSV"
	case "ppt", "pps", "ppsx", "pptm", "key":
		return "save it as .pptx or PDF"
	case "mp4", "mov", "avi", "webm", "mkv", "m4v", "mp3", "wav", "m4a", "ogg":
		return "publish it on a site for films or sound, and link to it"
	case "":
		return "give it the extension of what it is, such as .pdf or .jpg; a case study has the extension .md"
	case "bak", "orig", "old", "save", "copy", "backup", "tmp", "part", "rej", "md (conflicted copy)":
		return "delete it: it is an old copy of another file; to publish it, rename it to end in .md"
	case "js", "mjs", "cjs", "ts", "jsx", "tsx", "css", "scss", "less", "py", "php", "rb", "pl", "r", "sh", "ps1", "bat", "cmd", "exe", "msi", "jar", "dll", "app", "wasm", "woff", "woff2", "ttf", "otf":
		return "delete it: programs, stylesheets and fonts belong to a theme, not to content"
	case "xml", "json", "geojson", "kml", "gpx", "sql", "db", "sqlite", "ipynb", "sav", "dta", "rds", "parquet", "tsv", "yaml", "yml", "toml", "log":
		return "save the data as CSV or .xlsx, or link to the site that offers it"
	case "msg", "eml", "url", "webloc", "lnk", "ics", "vcf", "desktop":
		return "delete it, and write what it says in the text: an address as [what it is](https://…)"
	case "tex", "epub", "mobi", "enex", "one", "pub", "indd", "xps", "html", "htm", "mht":
		return "save it as PDF"
	case "zip", "rar", "7z", "gz", "tar":
		return "publish the files in it one by one"
	}
	return "save it as PDF, or as JPEG if it is a picture, or delete it; published are " + strings.Join(slices.Sorted(maps.Keys(formats)), ", ")
}

// millions writes a number of bytes or pixels in millions: "10.9", "2".
func millions(n int) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/1e6), ".0")
}

// setSize sets the size of a picture in pixels, and checks it. frames is the
// number of pixels of all frames together.
func (a *Asset) setSize(width, height, frames int) error {
	switch {
	case width <= 0 || height <= 0:
		return fmt.Errorf("its size is %d × %d", width, height)
	case width > MaxPixels || height > MaxPixels/width:
		return &Error{"asset-size", fmt.Sprintf("the picture has %d × %d pixels; at most %s million", width, height, millions(MaxPixels)), "save it with fewer pixels: 1600 across is enough for any page"}
	case frames > MaxAnimation:
		return &Error{"asset-size", fmt.Sprintf("the frames of the picture have more than %s million pixels", millions(MaxAnimation)), "save it with fewer frames"}
	}
	a.Width, a.Height = width, height
	return nil
}
