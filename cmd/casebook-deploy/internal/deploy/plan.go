// The plan of a deployment: what to upload and what to delete.

package deploy

import (
	"maps"
	"regexp"
	"slices"
	"time"
)

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
// not write, but keeps them until their unfinished files are deleted. Assets that have been unused since before keepFrom are outdated.
func newPlan(site []object, m *manifest, there map[string]found, keepFrom time.Time) plan {
	p := plan{uploads: map[Stage][]object{}}
	inSite := map[string]bool{}
	for _, o := range site {
		inSite[o.path()] = true
		stage, e := stageOf(o.path()), m.Files[o.path()]
		if at, ok := there[o.path()]; ok && at.size == o.file.Size && e.ID == o.entry().ID {
			p.unchanged = append(p.unchanged, o)
		} else {
			p.uploads[stage] = append(p.uploads[stage], o)
		}
	}
	started := map[string]bool{}
	for path := range there {
		name := unfinished.ReplaceAllString(path, "")
		if _, ours := m.Files[name]; name != path && (ours || name == manifestPath || name == lockPath) {
			p.outdated, started[name] = append(p.outdated, path), true
		}
	}
	maps.DeleteFunc(m.Files, func(path string, _ entry) bool {
		_, ok := there[path]
		return !ok && !inSite[path] && !started[path]
	})
	for path, e := range m.Files {
		if _, ok := there[path]; !ok && !inSite[path] {
			continue
		}
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
