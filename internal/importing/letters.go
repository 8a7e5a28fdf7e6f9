// The letters of a file of text.

package importing

import (
	"bytes"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

// decode returns a file of text in UTF-8, without a byte order mark. It knows UTF-8,
// UTF-16 with a mark, and Windows-1252, and reports a file that is not in UTF-8 under the
// name what. A file in other letters is refused, since its words would be wrong.
func (i *Import) decode(what string, data []byte) (text string, err error) {
	letters := ""
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		letters = "read as UTF-16"
		data, err = utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM).NewDecoder().Bytes(data)
	case bytes.IndexByte(data, 0) >= 0:
		err = errLetters
	case !utf8.Valid(data):
		letters = "read as Windows-1252; if accents are wrong, save it as UTF-8"
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err == nil && isGarbled(string(data)) {
			err = errLetters
		}
	}
	if err != nil {
		return "", errLetters
	}
	if letters != "" {
		i.add(what, Mapped, letters)
	}
	return string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), nil
}

// isGarbled reports whether a text that was read as Windows-1252 is in other letters: a
// quarter of its letters beyond ASCII are where no language of western Europe has
// them, three in a row, a capital behind a small letter, or a character without meaning.
func isGarbled(text string) bool {
	all, wrong, row := 0, 0, 0
	before := ' '
	for _, r := range text {
		if r < utf8.RuneSelf || strings.ContainsRune("\u00a0«»“”‘’–—…", r) {
			row, before = 0, r
			continue
		}
		all++
		row++
		if row > 2 || unicode.IsUpper(r) && unicode.IsLower(before) || r == utf8.RuneError || unicode.IsControl(r) || strings.ContainsRune("ˆ˜", r) {
			wrong++
		}
		before = r
	}
	return wrong > 0 && wrong*4 >= all
}

var errLetters = errors.New("its letters cannot be read: save it as UTF-8 (in Excel, \"CSV UTF-8\")")
