// The service worker of the hosted site.

package offline

import (
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"casebook/internal/assets"
	"casebook/internal/publish"
)

// WorkerPath is the file of the service worker. It must never change, because
// browsers keep its address.
const WorkerPath = "sw.js"

// mostAhead is how many bytes of the search a reader's browser loads in
// advance. Of a larger search it stores only what the reader has used.
const mostAhead = 3_000_000

//go:embed client/worker.ts
var workerSource []byte

//go:embed client/retired.ts
var retiredSource []byte

var (
	worker  = sync.OnceValues(func() ([]byte, error) { return assets.Classic(workerSource, nil) })
	retired = sync.OnceValues(func() ([]byte, error) { return assets.Classic(retiredSource, nil) })
)

// Retired returns the service worker of a site without offline reading. Such a
// site must have it too, because readers may have the worker of an earlier
// version, which requests this file.
func Retired() ([]byte, error) { return retired() }

// Worker returns the service worker of a hosted site. With it, readers'
// browsers store the pages that they read, and the search, to use without a
// connection.
func Worker(site []publish.File) ([]byte, error) {
	script, err := worker()
	if err != nil {
		return nil, fmt.Errorf("the service worker: %w", err)
	}
	files := ahead(site)
	h := sha256.New()
	h.Write(script)
	var list struct {
		Version string   `json:"version"`
		Files   []string `json:"files"`
	}
	for _, f := range files {
		fmt.Fprintf(h, "%q %x\n", f.Path, f.Hash)
		list.Files = append(list.Files, strings.TrimSuffix(f.Path, index))
	}
	list.Version = fmt.Sprintf("%x", h.Sum(nil)[:8])
	data, err := json.Marshal(list)
	return slices.Concat([]byte("const SITE="), data, []byte(";\n"), script), err
}

// ahead returns the files that a browser loads before they are requested,
// sorted: the home page, the stylesheets and scripts, and the search.
func ahead(site []publish.File) []publish.File {
	var files, shards []publish.File
	size := int64(0)
	for _, f := range site {
		switch dir := path.Dir(f.Path); {
		case f.Path == index, f.Path == "search/"+index, f.Path == "saved/"+index,
			dir == "assets" && (path.Ext(f.Path) == ".css" || path.Ext(f.Path) == ".js"):
			files = append(files, f)
		case dir == "search":
			shards = append(shards, f)
			size += f.Size
		}
	}
	if size <= mostAhead {
		files = append(files, shards...)
	}
	slices.SortFunc(files, func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
	return files
}
