// Package offline turns a built site into one that works from a folder, for
// example on a USB stick, when a reader opens its index.html.
//
// Its input and output are files. The offline site differs from the hosted site:
//
//   - Links to a folder lead to its index.html, because there is no server to find it.
//   - Scripts are classic scripts, because browsers do not load modules from files.
//   - The files that scripts fetch are also in scripts, below [Folder], because
//     browsers do not let scripts fetch files. client/offline.ts loads them.
//   - Files that only a server or a search engine reads are left out.
//
// [Worker] returns the service worker of the hosted site, which stores what a
// reader has read.
//
// The package does not depend on kinds of pages or on the scripts of a theme. The
// site of any theme works offline if its scripts fetch only its own files.
package offline

import (
	"context"
	"crypto/sha256"
	"path"
	"strings"

	"casebook/internal/parallel"
	"casebook/internal/publish"
)

// Folder is the folder with the files that scripts fetch, each as a script:
// "offline/search/root.bin.js".
const Folder = "offline"

// kind is what a file becomes.
type kind string

const (
	page   kind = "page"   // its links change; scripts can also fetch it
	script kind = "script" // becomes a classic script
	shard  kind = "shard"  // scripts fetch it, and nothing else uses it
	asIs   kind = "as is"
	hosts  kind = "hosts" // is left out
)

// kindOf returns what the file at the path becomes.
func kindOf(name string) kind {
	switch base := path.Base(name); {
	case name == "404.html", name == "robots.txt", name == "opensearch.xml", strings.HasPrefix(name, "sitemap") && path.Ext(name) == ".xml",
		name == "site.webmanifest", name == WorkerPath, name == ListPath, base == "index.md", strings.HasPrefix(base, "_"), strings.HasPrefix(name, "."), strings.HasPrefix(name, "redirects."):
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

// made is a file of the offline site: its path, and how its bytes are made from
// those of a file of the hosted site.
type made struct {
	path string
	from publish.File
	make func(data []byte) ([]byte, error) // nil if the bytes are the same
}

// Files returns the offline site for a built site. It keeps no file in memory:
// the bytes of each file are made once for the hash, and again when they are
// read.
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

// file returns the file with its hash and size.
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
