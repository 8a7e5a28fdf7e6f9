// The letters of a file of text.

package importing

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode returns a file of text in UTF-8, without a byte order mark. It knows UTF-8,
// UTF-16 with a mark, and Windows-1252, and reports a file that is not in UTF-8 under the
// name what.
func (i *Import) decode(what string, data []byte) (text string, err error) {
	letters := ""
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
		return "", errLetters
	}
	if letters != "" {
		i.add(what, Mapped, letters)
	}
	return string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), nil
}

var errLetters = errors.New("its letters cannot be read: save it as UTF-8 (in Excel, \"CSV UTF-8\")")
