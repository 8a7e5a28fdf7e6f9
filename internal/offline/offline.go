// Package offline turns a built site into one that works from a folder, such as
// that of a USB stick, by double-click on its index.html.
//
// Input and output are files, path → bytes. What differs from the hosted site:
//
//   - Links to a folder lead to its index.html: there is no server to find it.
//   - Scripts are classic ones: browsers refuse modules from files.
//   - What scripts fetch is in scripts too, below [Folder], since browsers refuse
//     to read files. client/offline.ts loads these.
//   - Files that only a server or a search engine reads are left out.
//
// [Worker] makes the service worker of the hosted site, which keeps what a reader
// has read.
//
// The package knows no kind of page and no script of a theme, so that the site of
// any theme works offline as long as its scripts read nothing but its own files.
package offline

import (
	"context"
	"crypto/sha256"
	"path"
	"strings"

	"casebook/internal/parallel"
	"casebook/internal/publish"
)

// Folder holds what scripts fetch, each file as a script: "offline/search/root.bin.js".
const Folder = "offline"

// kind is what becomes of a file.
type kind string

const (
	page   kind = "page"   // its links change, and it is fetched as well
	script kind = "script" // becomes a classic script
	shard  kind = "shard"  // is only fetched
	asIs   kind = "as is"
	hosts  kind = "hosts" // is left out
)

// kindOf says what becomes of the file at the path.
func kindOf(name string) kind {
	switch base := path.Base(name); {
	case name == "404.html", name == "robots.txt", name == "opensearch.xml", strings.HasPrefix(name, "sitemap") && path.Ext(name) == ".xml",
		name == "site.webmanifest", name == WorkerPath, base == "index.md", strings.HasPrefix(base, "_"), strings.HasPrefix(name, "."), strings.HasPrefix(name, "redirects."):
		return hosts
	case path.Ext(name) == ".html":
		return page
	case path.Ext(name) == ".js":
		return script
	case path.Ext(name) == ".bin":
		return shard
	default:
		return asIs
	}
}

// made is a file of the offline site: its path, and how its bytes come from those
// of a file of the hosted site.
type made struct {
	path string
	from publish.File
	make func(data []byte) ([]byte, error) // nil: they are the same
}

// Files returns the offline site of a built one. No file is kept in memory: the
// bytes of each are made once for their hash, and again when they are read.
func Files(ctx context.Context, site []publish.File) ([]publish.File, error) {
	runtime, err := runtimeScript()
	if err != nil {
		return nil, err
	}
	links := newLinks(site, runtime.Path)
	var all []made
	for _, f := range site {
		fetched := made{path.Join(Folder, f.Path+".js"), f, func(data []byte) ([]byte, error) { return fetchedScript(f.Path, data) }}
		switch kindOf(f.Path) {
		case page:
			all = append(all, made{f.Path, f, func(data []byte) ([]byte, error) { return links.rewrite(f.Path, data) }}, fetched)
		case script:
			all = append(all, made{f.Path, f, classic})
		case shard:
			all = append(all, fetched)
		case asIs:
			all = append(all, made{path: f.Path, from: f})
		}
	}
	files := make([]publish.File, len(all), len(all)+1)
	err = parallel.Each(ctx, len(all), func(i int) (err error) {
		files[i], err = all[i].file()
		return err
	})
	return append(files, runtime), err
}

// file makes the file, its hash and size included.
func (m made) file() (publish.File, error) {
	if m.make == nil {
		return publish.File{Path: m.path, Hash: m.from.Hash, Size: m.from.Size, Bytes: m.from.Bytes}, nil
	}
	bytes := func() ([]byte, error) {
		data, err := m.from.Bytes()
		if err != nil {
			return nil, err
		}
		return m.make(data)
	}
	data, err := bytes()
	if err != nil {
		return publish.File{}, err
	}
	return publish.File{Path: m.path, Hash: sha256.Sum256(data), Size: int64(len(data)), Bytes: bytes}, nil
}
