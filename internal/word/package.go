// The file: a zip archive of parts, each limited in size before it is read, and
// XML as a tree.

package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of one document. A report of 300 pages with pictures is far below
// them.
const (
	MaxFile     = 64 << 20 // bytes of the document
	maxParts    = 4_000    // files in the zip
	maxXML      = 16 << 20 // bytes of one part of text, decompressed
	maxAll      = 96 << 20 // bytes of all parts that are read, decompressed
	maxElements = 400_000  // of one part
	maxDepth    = 256      // of nested elements
)

// parts are the files of a document.
type parts struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be read
}

func openParts(data []byte) (*parts, error) {
	if len(data) > MaxFile {
		return nil, fmt.Errorf("it has more than %d MB: make its pictures smaller", MaxFile>>20)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
			return nil, errors.New("it is in the old format of Word, or has a password: open it in Word and save it as .docx without a password")
		}
		return nil, errors.New("it is not a Word document, or it is damaged: open it in Word and save it as .docx")
	}
	if len(archive.File) > maxParts {
		return nil, fmt.Errorf("it has more than %d parts: save it again from Word", maxParts)
	}
	p := &parts{files: map[string]*zip.File{}, left: maxAll}
	for _, f := range archive.File {
		p.files[strings.ToLower(strings.TrimPrefix(path.Clean(f.Name), "/"))] = f
	}
	return p, nil
}

var errTooLarge = errors.New("the document is larger inside than any real one: save it again from Word")

// read returns the bytes of a part, or nil if it does not exist. It does not
// trust the size that the archive states.
func (p *parts) read(name string, limit int64) ([]byte, error) {
	f := p.files[strings.ToLower(strings.TrimPrefix(path.Clean(name), "/"))]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("it is damaged (%s): open it in Word and save it as .docx", path.Base(name))
	}
	defer r.Close()
	limit = min(limit, p.left)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(data)) > limit:
		return nil, errTooLarge
	case err != nil:
		return nil, fmt.Errorf("it is damaged (%s): open it in Word and save it as .docx", path.Base(name))
	}
	p.left -= int64(len(data))
	return data, nil
}

// tree returns a part as a tree, or nil if it does not exist.
func (p *parts) tree(name string) (*element, error) {
	data, err := p.read(name, maxXML)
	if data == nil || err != nil {
		return nil, err
	}
	root, err := parseXML(data)
	if err != nil {
		return nil, fmt.Errorf("its part %s cannot be read: %w", path.Base(name), err)
	}
	return root, nil
}

// element is an XML element. Names have no namespace.
type element struct {
	name     string
	attrs    []xml.Attr
	children []*element
	text     string // of an element without children
}

// parseXML parses XML. It refuses document types and entities: Word never
// writes them, and they can refer to other files or expand without limit.
func parseXML(data []byte) (*element, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	root := &element{}
	open := []*element{root}
	for count := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if count++; count > maxElements || len(open) > maxDepth {
				return nil, errTooLarge
			}
			e := &element{name: token.Name.Local, attrs: token.Attr}
			parent := open[len(open)-1]
			parent.children = append(parent.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if e := open[len(open)-1]; len(e.children) == 0 && keepsText[e.name] {
				e.text += string(token)
			}
		case xml.Directive:
			return nil, errors.New("it has a document type, which is not read: save the document again from Word")
		}
	}
}

// keepsText are the elements whose text is kept.
var keepsText = map[string]bool{"t": true, "delText": true, "instrText": true, "title": true, "creator": true, "language": true, "created": true}

// attr returns an attribute by its name without namespace.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child returns the first child element with the name, or nil. It is safe to
// call the methods of element on nil.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// at follows a path of child elements.
func (e *element) at(names ...string) *element {
	for _, name := range names {
		e = e.child(name)
	}
	return e
}

// val returns the attribute "val" of a child element. Word writes most
// properties this way.
func (e *element) val(name string) string { return e.child(name).attr("val") }

// isOn reports whether a property is on: it is present and not set to off.
func (e *element) isOn(name string) bool {
	c := e.child(name)
	if c == nil {
		return false
	}
	switch c.attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// each calls f for all elements with the name below e, in order.
func (e *element) each(name string, f func(*element)) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		if c.name == name {
			f(c)
		}
		c.each(name, f)
	}
}

// words returns all text below e.
func (e *element) words() string {
	var b strings.Builder
	e.each("t", func(t *element) { b.WriteString(t.text) })
	return b.String()
}
