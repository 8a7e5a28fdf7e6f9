// Raw HTML, which is shown as text, and HTML comments, which are not shown.

package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

var (
	commentOpen  = []byte("<!--")
	commentClose = []byte("-->")
)

// visibleHTML returns the part of raw HTML that is shown, which is everything
// after the comments at its start. A comment that is never closed is shown, so
// that it does not hide the rest of the page.
func visibleHTML(raw []byte) []byte {
	rest := raw
	for {
		rest = bytes.TrimSpace(rest)
		if !bytes.HasPrefix(rest, commentOpen) {
			return rest
		}
		body := rest[len(commentOpen):]
		switch {
		case bytes.HasPrefix(body, []byte(">")): // <!--> and <!---> are whole comments
			rest = body[1:]
		case bytes.HasPrefix(body, []byte("->")):
			rest = body[2:]
		default:
			_, after, closed := bytes.Cut(body, commentClose)
			if !closed {
				return rest
			}
			rest = after
		}
	}
}

// rawBlock returns the source of an HTML block.
func rawBlock(n *ast.HTMLBlock, src []byte) []byte {
	raw := n.Lines().Value(src)
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(src)...)
	}
	return raw
}

// rawInline returns the source of an HTML tag or comment in a paragraph.
func rawInline(n *ast.RawHTML, src []byte) []byte {
	return joined(n.Segments, src)
}

func joined(s *text.Segments, src []byte) []byte {
	if s.Len() == 1 {
		first := s.At(0)
		return first.Value(src)
	}
	return s.Value(src)
}

// tag collects an HTML tag or comment in a line. In a table cell, <br> is a line
// break, since a cell has no other way to write one.
func (c *collector) tag(n *ast.RawHTML) {
	raw := rawInline(n, c.src)
	if c.inCell && lineBreak.Match(raw) {
		c.index[n] = 0
		c.text = append(c.text, ' ')
		return
	}
	c.rawHTML(visibleHTML(raw), n.Segments.At(0).Start)
}

var lineBreak = regexp.MustCompile(`(?i)^<br\s*/?>$`)

// rawHTML collects raw HTML, which is shown as text. A start tag is reported; its
// end tag is not reported again.
func (c *collector) rawHTML(visible []byte, offset int) {
	c.text = append(c.text, visible...)
	switch {
	case len(visible) == 0:
	case bytes.HasPrefix(visible, []byte("</")) && c.openTags > 0:
		c.openTags--
	case bytes.HasPrefix(visible, commentOpen):
		c.state.report(offset, "raw-html", "the comment is never closed, so it is shown", "write --> at its end")
	case visible[0] != '<':
		c.state.report(offset, "raw-html", "text on the last line of a comment is not read as Markdown", "begin it on a line of its own")
	default:
		c.openTags++
		tag, _, _ := bytes.Cut(visible, []byte("\n"))
		c.state.report(offset, "raw-html", fmt.Sprintf("%q is HTML, which is shown as text", shorten(string(tag))), insteadOf(string(visible)))
	}
}

const (
	pictureHint = `write ![what the picture shows](picture.jpg "Caption. Credit: name") in a paragraph of its own`
	noteHint    = `write "> [!NOTE]" on a line of its own, and "> " before each line of the note`
	deleteHint  = "delete the tag and its end tag"
)

var (
	// tagName matches the name of the first tag of raw HTML.
	tagName = regexp.MustCompile(`^</?([a-zA-Z][a-zA-Z0-9-]*)`)
	// tagAddress matches the address in the first tag of raw HTML.
	tagAddress = regexp.MustCompile(`(?i)^<[a-z]+\s[^<>]*?\b(?:href|src)\s*=\s*["']?([^\s"'<>]+)`)
	// tagID matches the id in an <a> element that may be the target of a link.
	tagID = regexp.MustCompile(`(?i)^<a\s[^<>]*?\b(?:name|id)\s*=\s*["']?([^\s"'<>]+)`)
)

// htmlTags are the tags that people type, as alternatives of a pattern.
const htmlTags = `a|abbr|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video`

// insteadOf says what to type instead of raw HTML.
func insteadOf(html string) string {
	name := tagName.FindStringSubmatch(html)
	if name == nil {
		return "delete it"
	}
	address := "address"
	if m := tagAddress.FindStringSubmatch(html); m != nil {
		address = shorten(m[1])
	}
	switch tag := strings.ToLower(name[1]); tag {
	case "figure", "figcaption", "img", "picture", "svg":
		if address != "address" {
			return strings.Replace(pictureHint, "picture.jpg", address, 1)
		}
		return pictureHint
	case "br":
		return `end the line with a backslash (\); in a cell of a table, <br> is a line break`
	case "sub":
		return "write ~ on both sides: H~2~O"
	case "sup":
		return "write ^ on both sides: m^2^"
	case "iframe", "video", "audio", "embed", "object", "source", "canvas":
		return "link to it: [title](" + address + ")"
	case "details", "summary":
		return "write the summary as a heading, ## Summary, and the rest below it"
	case "a":
		if m := tagID.FindStringSubmatch(html); m != nil && address == "address" {
			return "give the heading an id, ## Heading {#" + shorten(m[1]) + "}, and link to #" + shorten(m[1])
		}
		return "write [text](" + address + ")"
	case "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col":
		return "write the table with | between its cells, and |---|---| below its headings"
	case "blockquote":
		return `write "> " before each line of the quotation`
	case "p":
		return "leave a blank line between paragraphs, and delete the tags"
	case "b", "strong", "mark":
		return "write **text**"
	case "i", "em", "cite", "q", "dfn", "var":
		return "write *text*"
	case "del", "s", "strike":
		return "write ~~text~~"
	case "code", "kbd", "pre", "tt", "samp":
		return "write `text`, or put ``` on a line before and after it"
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "write ## and the words of the heading"
	case "ul", "ol", "li", "dl", "dt", "dd":
		return `begin each item of the list with "- " or "1. "`
	case "hr":
		return "write --- between two blank lines"
	case "aside":
		return noteHint
	case "script", "style", "link", "meta", "form", "input", "button", "select", "textarea", "noscript", "html", "head", "body", "title":
		return "delete it, with its end tag and what is between them"
	case "div", "span", "section", "article", "center", "font", "u", "small", "big", "ins", "main", "header", "footer", "nav", "abbr", "time", "wbr":
		return deleteHint
	}
	return "write Markdown; for the character < itself type \\<, or put the tag between backticks"
}
