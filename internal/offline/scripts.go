// The scripts of the offline site.

package offline

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"

	"casebook/internal/assets"
	"casebook/internal/publish"
)

//go:embed client/offline.ts
var runtimeSource []byte

// runtimeScript returns the script that every page of an offline site loads.
func runtimeScript() (publish.File, error) {
	data, err := assets.Classic(runtimeSource, nil)
	if err != nil {
		return publish.File{}, fmt.Errorf("the offline script: %w", err)
	}
	return publish.File{
		Path: Folder + "/offline.js", Hash: sha256.Sum256(data), Size: int64(len(data)),
		Bytes: func() ([]byte, error) { return data, nil },
	}, nil
}

// classic turns a module into a classic script that reads files with the
// function of the runtime instead of the browser's.
func classic(module []byte) ([]byte, error) {
	return assets.Classic(module, map[string]string{"fetch": "casebookFetch", "import.meta.url": "document.currentScript.src"})
}

// fetchedScript returns a script that passes the bytes of the file at the path
// to the runtime. The bytes are compressed with DEFLATE, without a header, and
// encoded in Base64.
func fetchedScript(path string, data []byte) ([]byte, error) {
	var deflated bytes.Buffer
	w, err := flate.NewWriter(&deflated, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "casebookFile(%q,%q)\n", path, base64.StdEncoding.EncodeToString(deflated.Bytes())), nil
}
