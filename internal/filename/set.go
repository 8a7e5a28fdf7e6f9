package filename

import (
	"path"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Set holds the paths of files that can exist together on every system. Some file
// systems take names that differ only in case or Unicode form for the same, and a file
// cannot have the name of a folder.
type Set struct {
	known map[string]entry // files and folders, by folded path
}

type entry struct {
	path, owner string // of a folder: the owner of the first file below it
	isFile      bool
}

// NewSet returns an empty set with room for n paths.
func NewSet(n int) *Set { return &Set{known: make(map[string]entry, n)} }

// Clash is why a file cannot exist together with those in a set: Path, the file or a
// folder that it is in, is in the way of Other, a file or folder of Owner.
type Clash struct{ Path, Other, Owner string }

// Add adds the path of a file, and says what it is for. If the file cannot exist
// together with the others, Add leaves the set as it is and returns the clash.
func (s *Set) Add(file, owner string) *Clash {
	return s.add(entry{file, owner, true}, Fold(file))
}

func (s *Set) add(e entry, key string) *Clash {
	other, found := s.known[key]
	switch {
	case e.path == "." || found && other.path == e.path && !e.isFile && !other.isFile:
		return nil // the folders above a known folder are known, too
	case found:
		return &Clash{Path: e.path, Other: other.path, Owner: other.owner}
	}
	if clash := s.add(entry{path.Dir(e.path), e.owner, false}, path.Dir(key)); clash != nil {
		return clash
	}
	s.known[key] = e
	return nil
}

// Fold returns one path for all that some file system takes for the same, by canonical
// caseless matching (Unicode Standard, section 3.13, D145).
func Fold(path string) string {
	for i := range len(path) {
		if c := path[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return norm.NFD.String(cases.Fold().String(norm.NFD.String(path)))
		}
	}
	return path
}
