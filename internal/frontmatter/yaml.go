package frontmatter

// Parsing YAML, and rejecting parts that can do harm or be misread.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// broken is the tag of a node whose value cannot be read. That has been reported,
// so nothing else is reported about the node.
const broken = "!broken"

// readYAML parses the decoder's text and returns its root, or nil if there is none.
// It reports what YAML rejects and what YAML would misread.
func (d *decoder) readYAML() *yaml.Node {
	d.replaceControls()
	root, err := parseYAML(d.text)
	if err != nil {
		root = d.recover()
	}
	if root == nil {
		return nil
	}
	dropZeroWidth(root)
	d.refuse(root, 0)
	if bytes.Contains(d.text, []byte(" #")) || bytes.Contains(d.text, []byte("\t#")) {
		d.findComments(root)
	}
	return root
}

var errSecondDocument = errors.New("a second YAML document begins")

// parseYAML parses a text with one document. For an empty text, it returns nil.
func parseYAML(text []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, next yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, err
	}
	switch err := decoder.Decode(&next); {
	case errors.Is(err, io.EOF):
		return document.Content[0], nil
	case err != nil:
		return nil, err
	default:
		return nil, errSecondDocument
	}
}

// replaceControls reports invisible characters and replaces them with spaces. YAML
// rejects some of them without saying where, and reads others as line ends, which
// editors do not show.
func (d *decoder) replaceControls() {
	if !bytes.ContainsFunc(d.text, isControl) {
		return
	}
	line, column := 1, 1
	d.setText(bytes.Map(func(r rune) rune {
		at := problem.Position{Line: d.before + line, Column: column}
		column++
		switch {
		case r == '\n':
			line, column = line+1, 1
		case isControl(r):
			fix := problem.Edit{From: at, To: problem.Position{Line: at.Line, Column: at.Column + 1}, Text: " "}
			hint, instead := "delete it, or type a space instead", ' '
			if IsZeroWidth(r) {
				fix.Text, hint, instead = "", "delete it with the characters beside it, and type these again", r // dropZeroWidth takes it out
			}
			d.Add(problem.Problem{Code: "control-character", Message: fmt.Sprintf("an invisible character, U+%04X, is here", r), Hint: hint, Fix: fix}, at)
			return instead
		}
		return r
	}, d.text))
}

// isControl reports whether a character is one that YAML does not allow
// (specification 1.2, section 5.1), or a YAML line end other than LF.
func isControl(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r < ' ' && r != '\n' && r != '\t' || r == 0x7f
	case r == '\u2028', r == '\u2029', r == '\ufffe', r == '\uffff':
		return true
	}
	return unicode.Is(unicode.Cc, r) || IsZeroWidth(r)
}

// dropZeroWidth takes characters that replaceControls has reported out of all keys
// and values.
func dropZeroWidth(n *yaml.Node) {
	if strings.ContainsFunc(n.Value, IsZeroWidth) {
		n.Value = strings.Join(strings.FieldsFunc(n.Value, IsZeroWidth), "")
	}
	for _, child := range n.Content {
		dropZeroWidth(child)
	}
}

// IsZeroWidth reports whether a character has no width and no meaning in a value:
// pasted from a page, or left by a word processor. Marks of direction have a meaning
// among Arabic and Hebrew letters, and joiners in other scripts.
func IsZeroWidth(r rune) bool {
	return r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u00ad' || r >= '\u202a' && r <= '\u202e'
}

// refuse reports anchors, aliases, tags, and nesting that only an attack needs.
// tooDeep says that n contains such nesting, so that the field around it cannot be
// read.
func (d *decoder) refuse(n *yaml.Node, depth int) (tooDeep bool) {
	switch {
	case n.Tag == broken && d.brokenLines[n.Line]:
		return false
	case depth > MaxDepth:
		d.Report(d.at(n), problem.Error, "too-deep", fmt.Sprintf("lists and mappings are more than %d deep here", MaxDepth), "write the value without so many brackets or so much indentation")
		return true
	case n.Kind == yaml.AliasNode:
		d.Report(d.at(n), problem.Error, "yaml-alias", fmt.Sprintf("*%s is a YAML alias, which is not read here", n.Value), "write the value out, or put quotes round it if the * is meant")
		n.Kind, n.Tag, n.Alias = yaml.ScalarNode, broken, nil
	case n.Anchor != "":
		d.refuseMark(n, fmt.Sprintf("&%s is a YAML anchor, which is not read here", n.Anchor))
		n.Kind, n.Tag, n.Anchor, n.Content = yaml.ScalarNode, broken, "", nil
	case n.Style&yaml.TaggedStyle != 0:
		d.refuseMark(n, fmt.Sprintf("%s is a YAML tag, which is not read here", n.Tag))
		n.Kind, n.Tag, n.Content = yaml.ScalarNode, broken, nil
	}
	for _, child := range n.Content {
		tooDeep = d.refuse(child, depth+1) || tooDeep
	}
	if tooDeep && depth == 1 {
		n.Kind, n.Tag, n.Content = yaml.ScalarNode, broken, nil
	}
	return tooDeep
}

// refuseMark reports a node that begins with & or !, which its author means as part
// of the text. The text is the rest of the line, unless the node is in brackets.
func (d *decoder) refuseMark(n *yaml.Node, message string) {
	start, rest := d.rest(n)
	lineStart := bytes.LastIndexByte(d.text[:start], '\n') + 1
	text := string(bytes.TrimRight(rest, " \t"))
	p := problem.Problem{Code: "yaml-alias", Message: message, Hint: "delete it, or put quotes round the value if it is meant"}
	if text != "" && !bytes.ContainsAny(d.text[lineStart:start], "[{") {
		p.Hint = "put quotes round it: " + Quote(text)
		p.Fix = d.edit(start, start+len(text), quoteAll(text))
	}
	d.Add(p, d.at(n))
}

// findComments reports comments that cut off the rest of a value: YAML reads
// "title: Ward #4" as "Ward".
func (d *decoder) findComments(n *yaml.Node) {
	for _, child := range n.Content {
		d.findComments(child)
	}
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Tag == broken {
		return
	}
	start := d.offset(n)
	end := start + plainLength(d.text[start:], n.Value)
	rest := bytes.TrimLeft(d.text[end:], " \t")
	comment := len(d.text) - len(rest)
	if comment == end || !bytes.HasPrefix(rest, []byte("#")) {
		return
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	lineStart := bytes.LastIndexByte(d.text[:comment], '\n') + 1
	p := problem.Problem{
		Code: "yaml-comment", Message: fmt.Sprintf("YAML takes %q for a comment and leaves it out", Shorten(string(line))),
		Hint: "put quotes round the whole value, or move the comment to a line of its own",
	}
	if start >= lineStart && !bytes.ContainsAny(d.text[lineStart:start], "[{") {
		text := string(bytes.TrimRight(d.text[start:comment+len(line)], " \t"))
		if n.Value == "" {
			text = string(bytes.TrimSpace(line))
		}
		p.Hint = "put quotes round it: " + Quote(text) + "; if it is a comment, move it to a line of its own"
		if plain := strings.TrimLeft(text, "# "); n.Value == "" && plain != "" && !strings.ContainsAny(plain[:1], "0123456789") {
			p.Hint = "write " + Shorten(Scalar(plain)) + ", without #; if it is a comment, move it to a line of its own"
		}
		p.Fix = d.edit(start, comment+len(line), quoteAll(text))
		if n.Value == "" {
			p.Fix = d.edit(comment, comment+len(line), quoteAll(text))
		}
	}
	d.Add(p, d.position(comment))
	if isEmpty(n) {
		n.Tag = broken // so that it is not reported as missing too
	}
}

// plainLength returns the number of bytes of text that the unquoted value takes.
// White space in text may differ from that in the value, because YAML folds lines.
func plainLength(text []byte, value string) int {
	length := 0
	for _, r := range value {
		if r == ' ' || r == '\n' || r == '\t' {
			continue
		}
		skipped := len(text[length:]) - len(bytes.TrimLeft(text[length:], " \t\n\u200b\u2060\ufeff\u00ad"))
		length += skipped + utf8.RuneLen(r)
		if length > len(text) {
			return 0
		}
	}
	return length
}

// Shorten shortens a quotation from a file to fit a message.
func Shorten(text string) string {
	const limit = 60
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return string(runes[:limit-1]) + "…"
}
