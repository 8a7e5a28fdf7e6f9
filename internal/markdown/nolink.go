// Text that looks like a link or an image but is not one in Markdown.

package markdown

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// LinkUndefined is the code of a link by reference, [text][name], without a
// definition. The brackets may be meant as text.
const LinkUndefined = "link-undefined"

// maxNoLink is how many bytes before and after "](" are searched for the rest of
// the link.
const maxNoLink = 300

// noLinks reports text that its author means as a link or an image, but that is
// not one in Markdown: [report](my report.docx).
func (c *collector) noLinks(t *ast.Text) {
	for at := t.Segment.Start; at < t.Segment.Stop; at++ {
		next := bytes.IndexByte(c.src[at:t.Segment.Stop], ']')
		if next < 0 {
			return
		}
		at += next
		if at+1 >= len(c.src) || c.src[at+1] != '(' && c.src[at+1] != '[' {
			continue
		}
		opening := bytes.LastIndexByte(c.src[max(0, at-maxNoLink):at], '[')
		if opening < 0 || c.src[at-1] == '\\' {
			continue
		}
		label := c.src[max(0, at-maxNoLink)+opening : at]
		rest, _, _ := bytes.Cut(c.src[at+1:min(len(c.src), at+maxNoLink)], []byte("\n"))
		switch rest[0] {
		case '(':
			if address, title := spacedAddress(rest); address != nil {
				c.state.report(at+2, "link-space", fmt.Sprintf("the address %q has a space in it, so this is shown as text", shorten(string(address))),
					fmt.Sprintf("put < > round the address, (<%s>%s), or rename the file with hyphens", shorten(string(address)), title))
			}
		case '[':
			if name := reference.FindSubmatch(rest); name != nil && letter.Match(label) {
				c.state.report(at+1, LinkUndefined, fmt.Sprintf("nothing says where %q leads, so this is shown as text", shorten(string(name[1]))),
					fmt.Sprintf("write the address after the text, %s](address), or \\[ if the brackets are meant", shorten(string(label))))
			}
		}
	}
}

var (
	// fileEnd matches an address that ends in a file extension.
	fileEnd = regexp.MustCompile(`[^ .]\.[A-Za-z][A-Za-z0-9]{1,4}$`)
	// linkTitle matches the title after the address of a link.
	linkTitle = regexp.MustCompile(` +(?:"[^"]*"|'[^']*')$`)
	// reference matches the second brackets of a link by reference, but not [1],
	// which is how many authors write a note.
	reference = regexp.MustCompile(`^\[([^\[\]^]*\pL[^\[\]]*)\]`)
	letter    = regexp.MustCompile(`\pL`)
)

// spacedAddress returns the address and the title of a link to a file with a
// space in its name. text begins with the bracket before the address.
func spacedAddress(text []byte) (address, title []byte) {
	depth := 0
	for i, b := range text {
		switch b {
		case '(':
			depth++
		case ')':
			depth--
		case '<', '>':
			return nil, nil
		}
		if depth > 0 {
			continue
		}
		address = bytes.TrimSpace(text[1:i])
		if at := linkTitle.FindIndex(address); at != nil {
			address, title = address[:at[0]], address[at[0]:]
		}
		if bytes.ContainsAny(address, " \t") && fileEnd.Match(address) {
			return address, title
		}
		return nil, nil
	}
	return nil, nil
}
