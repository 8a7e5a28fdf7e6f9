// Package wordpress reads exports of WordPress (WXR, "WordPress eXtended RSS"),
// which WordPress writes under Tools, Export. It turns the HTML, blocks and
// shortcodes of their posts into Markdown.
//
// An export is untrusted: its size, depth and number of posts are limited, it may
// not define entities or name a document type, and nothing in it is executed or
// fetched.
package wordpress

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Limits of an export.
const (
	maxBytes = 64 << 20
	maxPosts = 50_000
	maxDepth = 16      // levels of nested elements
	maxText  = 2 << 20 // bytes of the text of one post
)

// Export is the content of an export.
type Export struct {
	Address string // of the site, "https://example.org"
	Posts   []Post

	Replaced int            // characters that XML does not allow, which were replaced with spaces
	Others   map[string]int // elements that are not read, by name
}

// Post is a post, a page, a file of the media library, or anything else that a
// plugin stores as a post.
type Post struct {
	ID       string
	Type     string // "post", "page", "attachment"
	Status   string // "publish", "draft", "private"
	Title    string
	Slug     string
	Address  string
	Author   string // the name that readers see
	Date     string // "2018-01-02 10:00:00"; "" if it has none
	Modified string
	Excerpt  string
	Password string
	File     string // address of the file of an attachment
	Terms    []Term
	Fields   []Field
	Comments int

	Line     int    // in the export
	Text     string // HTML, with blocks and shortcodes
	TextLine int    // line in the export on which the text begins
}

// ReusableBlock is the type of a post that other posts show as part of their
// text.
const ReusableBlock = "wp_block"

// Term is a term of a taxonomy: "category", "post_tag", or one of a plugin's
// own.
type Term struct{ Taxonomy, Name string }

// Field is a custom field of a post.
type Field struct{ Key, Value string }

// Read reads an export.
func Read(data []byte) (*Export, error) {
	if len(data) > maxBytes {
		return nil, fmt.Errorf("it has more than %d MB: export the posts of a year at a time", maxBytes>>20)
	}
	e := &Export{Others: map[string]int{}}
	r := reader{decoder: xml.NewDecoder(bytes.NewReader(e.clean(data))), export: e, authors: map[string]string{}}
	r.decoder.Entity = xml.HTMLEntity
	r.decoder.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("it is written in %s: save it as UTF-8", charset)
	}
	if err := r.read(); err != nil {
		var syntax *xml.SyntaxError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("it is incomplete or damaged at line %d (%s): export it again", syntax.Line, syntax.Msg)
		}
		return nil, err
	}
	if !r.isExport {
		return nil, errors.New("it is no export of WordPress: in WordPress, choose Tools, Export, All content")
	}
	for i := range e.Posts {
		if name := r.authors[e.Posts[i].Author]; name != "" {
			e.Posts[i].Author = name
		}
	}
	return e, nil
}

// clean replaces characters that XML does not allow, but that plugins write.
func (e *Export) clean(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if at := bytes.Index(data, []byte("<?xml")); at > 0 && len(bytes.TrimSpace(data[:at])) == 0 {
		// Blank lines before the declaration stay, so that lines keep their
		// numbers.
		end := at + bytes.IndexByte(data[at:], '>') + 1
		data = append(bytes.Clone(data[:at]), data[end:]...)
	}
	return bytes.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			e.Replaced++
			return ' '
		}
		return r
	}, data)
}

// reader is the state of reading an export.
type reader struct {
	decoder  *xml.Decoder
	export   *Export
	authors  map[string]string // names by login
	isExport bool
}

// read reads the whole export.
func (r *reader) read() error {
	for {
		token, err := r.decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			return errors.New("it names a document type or defines entities, which no export of WordPress does")
		case xml.StartElement:
			if t.Name.Local == "rss" || t.Name.Local == "channel" {
				continue
			}
			line, _ := r.decoder.InputPos()
			e, err := r.element(t, 1)
			if err != nil {
				return err
			}
			e.line = line
			if err := r.channel(e); err != nil {
				return err
			}
		}
	}
}

// element is an element of the export with its content.
type element struct {
	name     string // "title"; of WordPress itself, "wp:post_id"; "excerpt:encoded"
	domain   string // attribute
	text     string
	line     int // where its text begins; where the element begins, for an item
	children []element
}

// element reads the element whose start tag was just read.
func (r *reader) element(start xml.StartElement, depth int) (element, error) {
	e := element{name: elementName(start.Name)}
	if depth > maxDepth {
		return e, fmt.Errorf("it has more than %d elements within one another", maxDepth)
	}
	for _, a := range start.Attr {
		if a.Name.Local == "domain" {
			e.domain = a.Value
		}
	}
	e.line, _ = r.decoder.InputPos()
	var text []byte
	for {
		token, err := r.decoder.Token()
		if err != nil {
			return e, err
		}
		switch t := token.(type) {
		case xml.CharData:
			if len(text)+len(t) > maxText {
				return e, fmt.Errorf("the element %s at line %d has more than %d MB of text", e.name, e.line, maxText>>20)
			}
			text = append(text, t...)
		case xml.Directive:
			return e, errors.New("it defines entities, which no export of WordPress does")
		case xml.StartElement:
			child, err := r.element(t, depth+1)
			if err != nil {
				return e, err
			}
			e.children = append(e.children, child)
		case xml.EndElement:
			e.text = string(text)
			return e, nil
		}
	}
}

// elementName returns the name of an element with the prefix that exports use.
// The addresses of the namespaces end in the version of the format.
func elementName(name xml.Name) string {
	switch {
	case strings.Contains(name.Space, "/excerpt") || name.Space == "excerpt":
		return "excerpt:" + name.Local
	case strings.Contains(name.Space, "wordpress.org/export") || name.Space == "wp":
		return "wp:" + name.Local
	}
	return name.Local
}

// get returns the text of the child with the name.
func (e *element) get(name string) string {
	for i := range e.children {
		if e.children[i].name == name {
			return strings.TrimSpace(e.children[i].text)
		}
	}
	return ""
}

// channel reads an element of the channel.
func (r *reader) channel(e element) error {
	r.isExport = r.isExport || strings.HasPrefix(e.name, "wp:")
	switch e.name {
	case "link":
		if r.export.Address == "" {
			r.export.Address = strings.TrimSpace(e.text)
		}
	case "wp:base_blog_url":
		r.export.Address = strings.TrimSpace(e.text)
	case "wp:author":
		r.authors[e.get("wp:author_login")] = plain(e.get("wp:author_display_name"))
	case "item":
		if len(r.export.Posts) == maxPosts {
			return fmt.Errorf("it has more than %d posts: export the posts of a year at a time", maxPosts)
		}
		p := post(e)
		r.isExport = r.isExport || p.Type != ""
		r.export.Posts = append(r.export.Posts, p)
	case "title", "description", "pubDate", "language", "generator", "wp:wxr_version", "wp:base_site_url", "image", "site", "cloud":
	default:
		r.export.Others[strings.TrimPrefix(e.name, "wp:")]++
	}
	return nil
}

// post returns the post that an item describes.
func post(item element) Post {
	p := Post{
		ID: item.get("wp:post_id"), Type: item.get("wp:post_type"), Status: item.get("wp:status"), Title: plain(item.get("title")),
		Slug: item.get("wp:post_name"), Address: item.get("link"), Author: item.get("creator"), Date: date(item.get("wp:post_date")),
		Modified: date(item.get("wp:post_modified")), Excerpt: plain(item.get("excerpt:encoded")), Password: item.get("wp:post_password"),
		File: item.get("wp:attachment_url"), Line: item.line,
	}
	for _, child := range item.children {
		switch child.name {
		case "encoded":
			p.Text, p.TextLine = child.text, child.line
		case "category":
			if child.domain != "" {
				p.Terms = append(p.Terms, Term{child.domain, plain(child.text)})
			}
		case "wp:postmeta":
			p.Fields = append(p.Fields, Field{child.get("wp:meta_key"), child.get("wp:meta_value")})
		case "wp:comment":
			p.Comments++
		}
	}
	return p
}

// date returns a date of an export, or "" for "0000-00-00 00:00:00", the date
// of a draft.
func date(text string) string {
	if strings.HasPrefix(text, "0000") {
		return ""
	}
	return text
}
