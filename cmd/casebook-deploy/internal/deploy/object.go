// Objects: the files of the site as they are stored at the target.

package deploy

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"casebook/internal/publish"
)

// Encoding says how the texts of a site are stored at the target.
type Encoding string

const (
	Plain Encoding = ""
	Gzip  Encoding = "gzip" // compressed, for hosts that do not compress what they send
)

// object is a file as it is stored at the target, with its headers.
type object struct {
	file         publish.File // with the bytes that are stored
	contentType  string
	cacheControl string
	encoding     Encoding
}

// newObjects returns the objects of a site.
func newObjects(ctx context.Context, site []publish.File, encoding Encoding) ([]object, error) {
	objects := make([]object, len(site))
	err := each(ctx, indices(site), func(_ context.Context, i int) (err error) {
		objects[i] = newObject(site[i])
		if encoding == Gzip && objects[i].isText() {
			objects[i], err = objects[i].compressed()
		}
		return err
	})
	return objects, err
}

func newObject(f publish.File) object {
	o := object{file: f, contentType: publish.ContentType(f.Path), cacheControl: "public, max-age=0, must-revalidate"}
	if strings.HasPrefix(f.Path, "assets/") { // the name contains a hash of the content
		o.cacheControl = "public, max-age=31536000, immutable"
	}
	return o
}

// isText reports whether compression makes such a file much smaller. The files of
// the search and most pictures are compressed already.
func (o object) isText() bool {
	kind, _, _ := strings.Cut(o.contentType, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml")
}

// compressed returns the object with its bytes compressed or, if that does not make
// it smaller, as it is. The compressed bytes are made again when they are uploaded,
// so that a large site is not held in memory.
func (o object) compressed() (object, error) {
	plain := o.file
	read := func() ([]byte, error) {
		data, err := plain.Bytes()
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails for unknown levels only
		_, _ = w.Write(data)                                  // a buffer returns no errors
		_ = w.Close()
		return b.Bytes(), nil
	}
	data, err := read()
	if err != nil || int64(len(data)) >= plain.Size {
		return o, err
	}
	o.file = publish.File{Path: plain.Path, Hash: sha256.Sum256(data), Size: int64(len(data)), Bytes: read}
	o.encoding = Gzip
	return o, nil
}

func (o object) path() string { return o.file.Path }

// entry returns the entry of the object in the manifest after it was uploaded.
func (o object) entry() entry {
	headers := o.contentType + "\n" + o.cacheControl + "\n"
	if o.encoding != Plain {
		headers += string(o.encoding) + "\n"
	}
	id := sha256.Sum256(fmt.Appendf(nil, "%x\n%s", o.file.Hash, headers))
	return entry{ID: hex.EncodeToString(id[:16]), Size: o.file.Size}
}
