// Zip archives.

package offline

import (
	"archive/zip"
	"io"
	"slices"
	"strings"
	"time"

	"casebook/internal/publish"
)

// WriteZip writes the files as a zip archive. The same files and date give the
// same bytes.
func WriteZip(to io.Writer, files []publish.File, date time.Time) error {
	files = slices.SortedFunc(slices.Values(files), func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
	z := zip.NewWriter(to)
	for _, f := range files {
		data, err := f.Bytes()
		if err != nil {
			return err
		}
		header := &zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: date.UTC()}
		header.SetMode(0o644)
		w, err := z.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return z.Close()
}
