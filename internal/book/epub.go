// Books as EPUB.

package book

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"net/url"
	"path"
	"strings"
	"time"

	"casebook/internal/publish"

	"golang.org/x/net/html"
)

//go:embed book.css
var stylesheet []byte

// Names of files in an EPUB.
const (
	packageName = "EPUB/package.opf"
	navName     = "nav.xhtml"
	titleName   = "title.xhtml"
	styleName   = "book.css"
)

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="` + packageName + `" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

// WriteEPUB writes the book as EPUB 3 (https://www.w3.org/TR/epub-33/). The same
// book gives the same bytes.
func (b *Book) WriteEPUB(w io.Writer) error {
	z := &archive{zip.NewWriter(w), time.Date(b.Date.Year, time.Month(b.Date.Month), b.Date.Day, 0, 0, 0, 0, time.UTC)}
	if err := z.mimetype(); err != nil {
		return err
	}
	if err := z.file("META-INF/container.xml", []byte(container)); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		data []byte
	}{
		{packageName, b.packageFile()},
		{"EPUB/" + navName, b.navigation()},
		{"EPUB/" + titleName, b.titlePage()},
		{"EPUB/" + styleName, stylesheet},
	} {
		if err := z.file(f.name, f.data); err != nil {
			return err
		}
	}
	for _, c := range b.chapters {
		data, err := c.xhtml()
		if err != nil {
			return err
		}
		if err := z.file("EPUB/"+xhtmlName(c.path), data); err != nil {
			return err
		}
	}
	for _, f := range b.pictures {
		data, err := f.Bytes()
		if err != nil {
			return err
		}
		if err := z.file("EPUB/"+f.Path, data); err != nil {
			return err
		}
	}
	return z.Close()
}

// archive is a zip archive whose files all have the same date.
type archive struct {
	*zip.Writer
	date time.Time
}

// mimetype writes the first file, the media type. It is not compressed and has
// no extra fields, so that programs find its bytes at a fixed offset.
func (z *archive) mimetype() error {
	data := []byte("application/epub+zip")
	size := uint64(len(data))
	w, err := z.CreateRaw(&zip.FileHeader{Name: "mimetype", CRC32: crc32.ChecksumIEEE(data), CompressedSize64: size, UncompressedSize64: size})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func (z *archive) file(name string, data []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.date})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// xhtmlName returns the file name of the chapter whose page is at the path.
// Chapters stay in the folder of their page, so that the relative addresses of
// pictures stay the same.
func xhtmlName(page string) string { return strings.TrimSuffix(page, ".html") + ".xhtml" }

// packageFile returns the package document: it lists the files of the EPUB, and
// holds its metadata.
func (b *Book) packageFile() []byte {
	var p bytes.Buffer
	id := b.Address
	if id == "" {
		h := sha256.Sum256([]byte(b.name()))
		h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // a UUID of version 8 (RFC 9562)
		id = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
	}
	fmt.Fprintf(&p, `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="%[1]s">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">%[2]s</dc:identifier>
<dc:title>%[3]s</dc:title>
<dc:language>%[1]s</dc:language>
<dc:date>%[4]s</dc:date>
<meta property="dcterms:modified">%[4]sT00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
`, b.Language, escape(id), escape(b.name()), b.Date)
	if b.Licence != "" {
		fmt.Fprintf(&p, "<dc:rights>%s</dc:rights>\n", escape(b.Licence))
	}
	fmt.Fprintf(&p, `</metadata>
<manifest>
<item id="nav" href="%s" media-type="application/xhtml+xml" properties="nav"/>
<item id="title" href="%s" media-type="application/xhtml+xml"/>
<item id="style" href="%s" media-type="text/css"/>
`, navName, titleName, styleName)
	for i, c := range b.chapters {
		fmt.Fprintf(&p, `<item id="c%d" href="%s" media-type="application/xhtml+xml"/>`+"\n", i+1, escape(address(xhtmlName(c.path))))
	}
	for i, f := range b.pictures {
		fmt.Fprintf(&p, `<item id="p%d" href="%s" media-type="%s"/>`+"\n", i+1, escape(address(f.Path)), publish.ContentType(f.Path))
	}
	p.WriteString("</manifest>\n<spine>\n<itemref idref=\"title\"/>\n<itemref idref=\"nav\"/>\n")
	for i := range b.chapters {
		fmt.Fprintf(&p, `<itemref idref="c%d"/>`+"\n", i+1)
	}
	p.WriteString("</spine>\n</package>\n")
	return p.Bytes()
}

// name returns the title of a book. If the book is a part of the library, the
// title names the part.
func (b *Book) name() string {
	if b.Subtitle == "" {
		return b.Title
	}
	return b.Title + ": " + b.Subtitle
}

func (b *Book) navigation() []byte {
	var list strings.Builder
	depth := 0
	for _, c := range b.chapters {
		switch {
		case c.depth > depth:
			list.WriteString("<ol>\n")
		default:
			list.WriteString("</li>\n" + strings.Repeat("</ol></li>\n", depth-c.depth))
		}
		depth = c.depth
		fmt.Fprintf(&list, `<li><a href="%s">%s</a>`, escape(address(xhtmlName(c.path))), escape(c.title))
	}
	list.WriteString("</li>\n" + strings.Repeat("</ol></li>\n", max(depth-1, 0)) + "</ol>\n")
	return document(navName, b.Language, b.Title, `<nav epub:type="toc"><h1>`+escape(b.Title)+"</h1>\n"+list.String()+"</nav>")
}

func (b *Book) titlePage() []byte {
	return document(titleName, b.Language, b.Title, b.titleBody())
}

// titleBody returns the content of the title page.
func (b *Book) titleBody() string {
	body := `<section class="title-page"><h1>` + escape(b.Title) + "</h1>\n"
	for _, line := range []string{b.Subtitle, b.Date.String(), b.Licence} {
		if line != "" {
			body += "<p>" + escape(line) + "</p>\n"
		}
	}
	if b.Address != "" {
		body += `<p><a href="` + escape(b.Address) + `/">` + escape(b.Address) + "/</a></p>\n"
	}
	return body + "</section>"
}

// xhtml returns the chapter as a file of an EPUB.
func (c *chapter) xhtml() ([]byte, error) {
	body, err := c.render(func(n *html.Node) {
		if lang := value(n, "lang"); lang != "" {
			set(n, "xml:lang", lang)
		}
		if href, ok := strings.CutPrefix(value(n, "href"), inBook); ok {
			page, fragment, _ := strings.Cut(href, "#")
			to := relative(c.path, xhtmlName(page))
			if fragment != "" {
				to += "#" + fragment
			}
			set(n, "href", to)
		}
	})
	return document(xhtmlName(c.path), c.language, c.title, body), err
}

// render renders a copy of the chapter after change has changed its elements.
func (c *chapter) render(change func(n *html.Node)) (string, error) {
	body := copyOf(c.body)
	for n := range body.Descendants() {
		if n.Type == html.ElementNode {
			change(n)
		}
	}
	var out strings.Builder
	for n := range body.ChildNodes() {
		if err := html.Render(&out, n); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}

func copyOf(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for child := range n.ChildNodes() {
		c.AppendChild(copyOf(child))
	}
	return c
}

// document returns a complete XHTML file with the given title and body.
func document(name, language, title, body string) []byte {
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="%[1]s" xml:lang="%[1]s">
<head><title>%[2]s</title><link rel="stylesheet" href="%[3]s"/></head>
<body>
%[4]s
</body>
</html>
`, escape(language), escape(title), relative(name, styleName), body)
}

// relative returns the address of a file, relative to another.
func relative(from, to string) string {
	return strings.Repeat("../", strings.Count(path.Clean(from), "/")) + address(to)
}

// address returns a path in the form that it has in an address.
func address(path string) string {
	return strings.TrimPrefix((&url.URL{Path: path}).EscapedPath(), "./")
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder returns no errors
	return b.String()
}
