package content

// Front matter in the wrong place: below its end, or given twice.

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"casebook/internal/problem"
)

// fieldLine matches a line that is a field of front matter.
var fieldLine = regexp.MustCompile(`^([a-z_]+):(?: |$)`)

// maxBelow is the number of lines below the front matter that are searched for
// fields.
const maxBelow = 60

// checkBelow reports fields of the kind at the beginning of the body, which starts
// at the offset. Pages show them as text. Somebody has added them below the line of
// --- that ends the front matter, or has pasted the front matter twice. It returns
// the offset where the body goes on after them.
func (r *reader) checkBelow(k *kind, offset int) (end int) {
	fields, first, marked := 0, -1, -1
	at := offset
	for range maxBelow {
		line, _, more := bytes.Cut(r.file.Text[at:], []byte("\n"))
		text := bytes.TrimSpace(line)
		m := fieldLine.FindSubmatch(line)
		switch {
		case string(text) == "---" && marked < 0 && fields == 0:
			marked = at
		case string(text) == "---" && marked >= 0 && fields > 0:
			r.file.Report(r.file.Position(marked), problem.Warning, "front-matter-below", "the front matter is given twice: this second one shows as text", "delete one of the two")
			return at + len(line)
		case m != nil && k.Has(string(m[1])):
			if fields++; first < 0 {
				first = at
			}
		case len(text) > 0 && !(fields > 0 && (line[0] == ' ' || line[0] == '-')):
			more = false
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	if fields == 0 {
		return offset
	}
	key, _, _ := bytes.Cut(r.file.Text[first:], []byte(":"))
	r.file.Report(r.file.Position(first), problem.Warning, "front-matter-below",
		fmt.Sprintf("%s: is below the line of --- that ends the front matter, so it shows as text", key), "move it above that line")
	return at
}

// pastedAtEnd returns the offset of the last paragraph of the file if it is front
// matter pasted below the text: all of its lines are like fields, and at least one
// is a field of the kind. Otherwise, it returns the length of the file.
func (r *reader) pastedAtEnd(k *kind, offset int) int {
	body := bytes.TrimRight(r.file.Text[offset:], "\r\n\t ")
	start := 0
	if gap := bytes.LastIndex(body, []byte("\n\n")); gap >= 0 {
		start = gap + len("\n\n")
	}
	known := false
	for line := range bytes.Lines(body[start:]) {
		text := bytes.TrimSpace(line)
		m := fieldLine.FindSubmatch(bytes.TrimRight(line, "\r\n"))
		switch {
		case m != nil:
			known = known || k.Has(string(m[1]))
		case string(text) == "---", known && (line[0] == ' ' || line[0] == '-'):
		default:
			return len(r.file.Text)
		}
	}
	if !known || len(bytes.TrimSpace(body[:start])) == 0 {
		return len(r.file.Text)
	}
	return offset + start
}

// checkEnd reports front matter below the text, which begins at the offset.
func (r *reader) checkEnd(offset int) {
	if offset < len(r.file.Text) {
		r.file.Report(r.file.Position(offset), problem.Warning, "front-matter-below", "this is front matter, which shows as text here below the body", "move its lines to the top of the file, above the line of --- there, or delete them")
	}
}

// checkTitle reports a body that begins with the title as a heading, because the
// page would show the title twice. The body begins at the offset.
func (r *reader) checkTitle(title string, offset int) {
	if len(r.Body.Headings) == 0 || title == "" {
		return
	}
	first := r.Body.Headings[0]
	before := strings.TrimSpace(string(r.file.Text[offset : offset+first.Offset]))
	if strings.Trim(before, "#") == "" && lettersOf(first.Text) == lettersOf(title) {
		r.file.Report(r.file.Position(offset+first.Offset), problem.Advice, "title-twice", "the text begins with the title, so the page has it twice", "delete the heading")
	}
}

// lettersOf returns the letters and digits of a text in lower case, to compare
// titles without punctuation.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
