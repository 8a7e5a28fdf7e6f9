// Mistakes found in the whole source before it is parsed: characters that were
// read in the wrong encoding, and marks of a merge conflict.

package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// garbled reports UTF-8 that was read as Windows-1252 or Latin-1 and saved
// again, such as "cafÃ©" for "café". It reports this once in a document,
// because it has one cause.
func (s *state) garbled(src []byte) {
	for at := 0; at < len(src); {
		next := bytes.IndexByte(src[at:], 0xc3) // the first byte of the characters from U+00C0 to U+00FF
		if next < 0 {
			return
		}
		at += next
		was, length := reread(src[at:])
		if length == 0 {
			_, size := utf8.DecodeRune(src[at:])
			at += size
			continue
		}
		before, _ := utf8.DecodeLastRune(src[:at])
		if isGarbled(was, string(src[at:at+length]), before) {
			s.reportAs(Warning, at, "garbled", fmt.Sprintf("%q stands where %q was: a program has read the text in the wrong encoding", shorten(string(src[at:at+length])), shorten(was)),
				fmt.Sprintf("type %s, and so on through the text; or paste the text again from where it comes", shorten(was)))
			return
		}
		at += length
	}
}

// reread reads the characters at the start of src as bytes of Windows-1252, and
// these bytes as UTF-8. It returns the text that they were, and how many bytes
// of src it has read: 0 if they are not UTF-8.
func reread(src []byte) (was string, length int) {
	var encoded []byte
	valid := 0
	for at := 0; at < len(src) && at < 400; {
		r, size := utf8.DecodeRune(src[at:])
		b, ok := charmap.Windows1252.EncodeRune(r)
		if r >= 0x80 && r <= 0x9f {
			b, ok = byte(r), true
		}
		if !ok || b < 0x80 {
			break
		}
		encoded = append(encoded, b)
		at += size
		if utf8.Valid(encoded) {
			was, length, valid = string(encoded), at, len(encoded)
		} else if len(encoded)-valid >= utf8.UTFMax {
			break
		}
	}
	return was, length
}

// isGarbled distinguishes text that was read in the wrong encoding from the few
// words that look the same: those with a capital before a quotation mark, such
// as CAFÉ».
func isGarbled(was, text string, before rune) bool {
	first, size := utf8.DecodeRuneInString(was)
	if size < len(was) {
		// Two or more characters of one script.
		second, _ := utf8.DecodeRuneInString(was[size:])
		return plausible(first) || first > 0x17f && first>>8 == second>>8 || size > 2
	}
	_, lead := utf8.DecodeRuneInString(text)
	closing := strings.ContainsAny(text[lead:], "»›”’…")
	return plausible(first) && !(closing && unicode.IsUpper(before))
}

// plausible reports whether a character is one of those that are most often
// read in a wrong encoding.
func plausible(r rune) bool {
	return r >= 0xa0 && r <= 0x17f || r >= 0x2010 && r <= 0x2122 || r >= 0x1f300
}

// mergeMark matches a line that marks a merge conflict.
var mergeMark = regexp.MustCompile(`(?m)^(?:<{7}|>{7}) \S.*$`)

// mergeMarks reports the marks of an unresolved merge conflict, once in a
// document.
func (s *state) mergeMarks(src []byte) {
	if !bytes.Contains(src, []byte("<<<<<<< ")) && !bytes.Contains(src, []byte(">>>>>>> ")) {
		return // true of most texts; the regular expression takes a hundred times as long
	}
	if at := mergeMark.FindIndex(src); at != nil {
		s.merge = true
		s.reportAs(Warning, at[0], "merge-mark", "two versions of the text were merged, and both are here",
			"keep one of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>")
	}
}
