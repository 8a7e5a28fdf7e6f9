package markdown

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// LinkUndefined is the code of brackets that look like a link by reference,
// [text][name], for which there is no definition. They may be meant as text.
const LinkUndefined = "link-undefined"

// maxNoLink is how many bytes before and after its "](" are searched for the
// rest of what may be a link.
const maxNoLink = 300

// noLinks reports what its author takes for a link or an image in text, but
// Markdown does not: [report](my report.docx).
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
					fmt.Sprintf("write the address behind the text, %s](address), or \\[ if the brackets are meant", shorten(string(label))))
			}
		}
	}
}

var (
	// fileEnd matches what ends in the extension of a file.
	fileEnd = regexp.MustCompile(`[^ .]\.[A-Za-z][A-Za-z0-9]{1,4}$`)
	// linkTitle matches the title of a link behind its address.
	linkTitle = regexp.MustCompile(` +(?:"[^"]*"|'[^']*')$`)
	// reference matches the second brackets of a link by reference; [1] is
	// rather a note.
	reference = regexp.MustCompile(`^\[([^\[\]^]*\pL[^\[\]]*)\]`)
	letter    = regexp.MustCompile(`\pL`)
)

// spacedAddress returns the address in the brackets that text begins with, if
// it is that of a file with a space in its name, and the link's title.
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
