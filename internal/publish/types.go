// The media types of a site's files.

package publish

import (
	"cmp"
	"path"
	"strings"
)

// ContentType returns the media type of a file of the site by its name. It does
// not use [mime.TypeByExtension], whose results differ between operating systems.
func ContentType(name string) string {
	switch {
	case path.Base(name) == "linkset.json":
		return "application/linkset+json"
	case strings.HasSuffix(name, ".schema.json"):
		return "application/schema+json"
	}
	return cmp.Or(mediaTypes[strings.ToLower(path.Ext(name))], "application/octet-stream")
}

// mediaTypes holds the media types by extension.
var mediaTypes = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".jsonld":      "application/ld+json",
	".xml":         "application/xml",
	".atom":        "application/atom+xml",
	".rss":         "application/rss+xml",
	".csv":         "text/csv; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".bib":         "text/plain; charset=utf-8",
	".ris":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".png":         "image/png",
	".jpg":         "image/jpeg",
	".jpeg":        "image/jpeg",
	".gif":         "image/gif",
	".webp":        "image/webp",
	".avif":        "image/avif",
	".svg":         "image/svg+xml",
	".ico":         "image/vnd.microsoft.icon",
	".woff2":       "font/woff2",
	".zip":         "application/zip",
	".epub":        "application/epub+zip",
	".pdf":         "application/pdf",
	".docx":        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx":        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":         "application/vnd.oasis.opendocument.text",
	".ods":         "application/vnd.oasis.opendocument.spreadsheet",
	".odp":         "application/vnd.oasis.opendocument.presentation",
}
