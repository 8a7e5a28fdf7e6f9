// The letters of a file of text.

package importing

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode returns a file of text in UTF-8, without a byte order mark. It knows
// UTF-8, UTF-16 with a mark, and Windows-1252.
func (i *Import) decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", errLetters
		}
		data = decoded
		i.add("letters", Mapped, "read as UTF-16")
	case bytes.IndexByte(data, 0) >= 0:
		return "", errLetters
	case !utf8.Valid(data):
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if err != nil {
			return "", errLetters
		}
		data = decoded
		i.add("letters", Mapped, "read as Windows-1252; if accents are wrong, save it as UTF-8")
	}
	return string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), nil
}

var errLetters = errors.New("its letters cannot be read: save it as UTF-8 (in Excel, \"CSV UTF-8\")")
