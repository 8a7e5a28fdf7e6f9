// The plan of a deployment: what to upload and what to delete.

package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebook/internal/publish"
)

// object is a file of the site, with the headers that it should have at the
// target.
type object struct {
	file         publish.File
	contentType  string
	cacheControl string
}

func newObject(f publish.File) object {
	o := object{f, publish.ContentType(f.Path), "public, max-age=0, must-revalidate"}
	if strings.HasPrefix(f.Path, "assets/") { // the name contains a hash of the content
		o.cacheControl = "public, max-age=31536000, immutable"
	}
	return o
}

func (o object) path() string { return o.file.Path }

// entry returns the entry of the object in the manifest after it was uploaded.
func (o object) entry() entry {
	id := sha256.Sum256(fmt.Appendf(nil, "%x\n%s\n%s\n", o.file.Hash, o.contentType, o.cacheControl))
	return entry{ID: hex.EncodeToString(id[:16]), Size: o.file.Size}
}

// plan is what a deployment will do.
type plan struct {
	uploads   map[Stage][]object
	unchanged []object
	gone      []string // to be deleted, because the site does not have the file
	outdated  []string // assets to be deleted, because no recent build uses them, and unfinished files
	kept      []string // assets of earlier builds that are kept
	known     int      // files at the target that are not assets
}

// unfinished matches the ending that file:// adds to the name of a file until
// it is completely written. A deployment that was killed may leave such a file.
var unfinished = regexp.MustCompile(`\.[0-9a-f]{16}\.tmp$`)

// newPlan compares the site with the files at the target. It removes files from
// the manifest that are in neither, such as those that a killed deployment did
// not write. Assets that have been unused since before keepFrom are outdated.
func newPlan(site []publish.File, m *manifest, there map[string]found, keepFrom time.Time) plan {
	p := plan{uploads: map[Stage][]object{}}
	inSite := map[string]bool{}
	for _, f := range site {
		inSite[f.Path] = true
		o, stage := newObject(f), stageOf(f.Path)
		e := m.Files[f.Path]
		if at, ok := there[f.Path]; ok && at.size == f.Size && e.ID == o.entry().ID {
			p.unchanged = append(p.unchanged, o)
		} else {
			p.uploads[stage] = append(p.uploads[stage], o)
		}
	}
	maps.DeleteFunc(m.Files, func(path string, _ entry) bool {
		_, ok := there[path]
		return !ok && !inSite[path]
	})
	for path, e := range m.Files {
		asset := stageOf(path) == Assets
		if !asset {
			p.known++
		}
		switch {
		case inSite[path]:
		case !asset:
			p.gone = append(p.gone, path)
		case !e.Unused.IsZero() && !e.Unused.After(keepFrom):
			p.outdated = append(p.outdated, path)
		default:
			p.kept = append(p.kept, path)
		}
	}
	for path := range there {
		name := unfinished.ReplaceAllString(path, "")
		if _, ours := m.Files[name]; name != path && (ours || name == manifestPath || name == lockPath) {
			p.outdated = append(p.outdated, path)
		}
	}
	slices.Sort(p.gone)
	return p
}

// deletesMost reports whether more than half of the files that are not assets
// would be deleted. Then the site may be the wrong one, or incomplete.
func (p plan) deletesMost() bool { return 2*len(p.gone) > p.known }

func (p plan) result() Result {
	r := Result{Unchanged: len(p.unchanged), Deleted: len(p.gone) + len(p.outdated), Kept: len(p.kept)}
	for _, objects := range p.uploads {
		r.Uploaded += len(objects)
		r.Bytes += size(objects)
	}
	return r
}

// size returns the total number of bytes of the objects.
func size(objects []object) int64 {
	var n int64
	for _, o := range objects {
		n += o.file.Size
	}
	return n
}
