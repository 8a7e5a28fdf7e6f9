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

// ListPath is the file that tells the service worker what to keep.
const ListPath = "sw.json"

// mostAhead is how many bytes of the search a reader's browser loads in
// advance. Of a larger search it stores only what the reader has used.
const mostAhead = 3_000_000

//go:embed client/worker.ts
var workerSource []byte

var worker = sync.OnceValues(func() ([]byte, error) { return assets.Classic(workerSource, nil) })

// Worker returns the service worker, the same for all sites. With it, readers'
// browsers store the pages that they read, and the files of the list, to use without
// a connection. A site without offline reading must have it too, with an empty list:
// readers may have the worker of an earlier version of the site.
func Worker() ([]byte, error) { return worker() }

// List returns the list of files of a hosted site that browsers store in advance.
// If there are no files, it tells them to remove what they store, and the worker.
func List(site []publish.File) ([]byte, error) {
	list := struct {
		Version string   `json:"version"` // empty if browsers store nothing
		Files   []string `json:"files"`
	}{Files: []string{}}
	if len(site) > 0 {
		h := sha256.New()
		for _, f := range ahead(site) {
			fmt.Fprintf(h, "%q %x\n", f.Path, f.Hash)
			list.Files = append(list.Files, strings.TrimSuffix(f.Path, index))
		}
		list.Version = fmt.Sprintf("%x", h.Sum(nil)[:8])
	}
	data, err := json.Marshal(list)
	return append(data, '\n'), err
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
