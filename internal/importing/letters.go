// The letters of a file of text.

package importing

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode returns a file of text in UTF-8, without a byte order mark, and reports
// the letters that it was written in.
func (i *Import) decode(data []byte) (string, error) {
	text, letters, err := decode(data)
	if letters != "" {
		i.add("letters", Mapped, letters)
	}
	return text, err
}

// decode returns a file of text in UTF-8, without a byte order mark, and how it
// was read; "" means as UTF-8. It knows UTF-8, UTF-16 with a mark, and
// Windows-1252.
func decode(data []byte) (text, letters string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		letters = "read as UTF-16"
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	case bytes.IndexByte(data, 0) >= 0:
		err = errLetters
	case !utf8.Valid(data):
		letters = "read as Windows-1252; if accents are wrong, save it as UTF-8"
		data, err = charmap.Windows1252.NewDecoder().Bytes(data)
	}
	if err != nil {
		return "", "", errLetters
	}
	return string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), letters, nil
}

var errLetters = errors.New("its letters cannot be read: save it as UTF-8 (in Excel, \"CSV UTF-8\")")
