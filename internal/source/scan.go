package source

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"casebook/internal/stamp"
)

// Default limits of size, in bytes.
const (
	DefaultMaxText  = 1 << 20
	DefaultMaxAsset = 32 << 20
)

// Options say what belongs to the folder.
type Options struct {
	// Skip reports a slash-separated path, of a file or a folder, that is not
	// part of the input, such as the output folder. [Ignored] ones never are.
	Skip func(path string) bool

	// Show reports a path that is part of the input although a name in it begins
	// with a dot, such as that of a file which a web host reads.
	Show func(path string) bool

	MaxText  int64 // bytes of one text file, picture or font of a theme; 0: DefaultMaxText
	MaxAsset int64 // bytes of any other file; 0: DefaultMaxAsset
}

// ignores reports a path of no file of a tree.
func (o Options) ignores(path string) bool {
	return Ignored(path) && !o.Show(path) || o.Skip(path)
}

// Scanner looks at one folder again and again. It may be used by several
// goroutines; their looks follow each other.
type Scanner struct {
	root    string
	options Options

	mu      sync.Mutex
	entries []*entry // sorted by path
	tree    *Tree    // of these entries
	read    int      // number of files read so far
}

// entry is what the last look found at one path.
type entry struct {
	path    string
	stamp   stamp.Stamp
	settled bool     // an equal stamp means equal content
	file    *File    // nil if there is a problem
	problem *Problem // nil if there is a file
}

// New returns a scanner of the folder, which must exist at each look. The
// folder itself may be a symbolic link, since its user named it.
func New(root string, options Options) (*Scanner, error) {
	absolute, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("scan %q: %w", root, err)
	}
	if options.Skip == nil {
		options.Skip = func(string) bool { return false }
	}
	if options.Show == nil {
		options.Show = func(string) bool { return false }
	}
	if options.MaxText == 0 {
		options.MaxText = DefaultMaxText
	}
	if options.MaxAsset == 0 {
		options.MaxAsset = DefaultMaxAsset
	}
	return &Scanner{root: absolute, options: options, tree: newTree(nil, nil)}, nil
}

// Rel turns a path of the operating system into one of the tree. It reports
// false if the path is outside the folder.
func (s *Scanner) Rel(name string) (string, bool) {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(s.root, absolute)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Ignores reports whether a path of the operating system is outside the folder,
// or of no file that the tree holds: an event there needs no look.
func (s *Scanner) Ignores(name string) bool {
	rel, ok := s.Rel(name)
	return !ok || s.options.ignores(rel)
}

// Scan looks at the whole folder. What is wrong with single files is in the
// tree's problems; the error is that of the folder or of the context.
func (s *Scanner) Scan(ctx context.Context) (*Tree, error) {
	return s.Look(ctx, []string{"."})
}

// Look reads the named files and folders, with all below them, and takes the
// rest from the last scan. A file that is named itself is read even if its time
// is unchanged. Paths are slash-separated and relative to the root;
// they need not exist.
func (s *Scanner) Look(ctx context.Context, paths []string) (*Tree, error) {
	s.mu.Lock()
	defer s.mu.Unlock()

	root, err := os.OpenRoot(s.root)
	if err != nil {
		return nil, fmt.Errorf("scan %q: %w", s.root, err)
	}
	defer root.Close()
	w := &walk{root: root, rootPath: s.root, options: s.options, known: s.entries}
	targets, err := w.targets(paths)
	if err != nil {
		return nil, fmt.Errorf("scan %q: %w", s.root, err)
	}
	found, err := w.entries(ctx, targets)
	if err != nil {
		return nil, fmt.Errorf("scan %q: %w", s.root, err)
	}
	s.replace(targets, found)
	s.read += int(w.read.Load())
	return s.tree, nil
}

// replace replaces the entries that the targets cover by those found.
func (s *Scanner) replace(targets []string, found []*entry) {
	s.entries = merge(uncovered(s.entries, targets), found)

	files := make([]*File, 0, len(s.entries))
	var problems []Problem
	for _, e := range s.entries {
		if e.file != nil {
			files = append(files, e.file)
		} else {
			problems = append(problems, *e.problem)
		}
	}
	if !slices.Equal(files, s.tree.files) || !slices.Equal(problems, s.tree.problems) {
		s.tree = newTree(files, problems)
	}
}

// uncovered returns the entries that no target covers by being their path or a
// folder above it.
func uncovered(entries []*entry, targets []string) []*entry {
	type span struct{ from, to int }
	var spans []span
	position := func(path string) int {
		i, _ := slices.BinarySearchFunc(entries, path, byPath)
		return i
	}
	for _, target := range targets {
		if target == "." {
			return nil
		}
		if i, found := slices.BinarySearchFunc(entries, target, byPath); found {
			spans = append(spans, span{i, i + 1})
		}
		// "0" follows "/", so these are the paths that start with "target/".
		spans = append(spans, span{position(target + "/"), position(target + "0")})
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	kept := make([]*entry, 0, len(entries))
	end := 0
	for _, s := range spans {
		if s.from == s.to {
			continue
		}
		kept = append(kept, entries[end:s.from]...)
		end = s.to
	}
	return append(kept, entries[end:]...)
}

// merge joins two sorted lists that have no path in common.
func merge(a, b []*entry) []*entry {
	merged := make([]*entry, 0, len(a)+len(b))
	for _, e := range b {
		i, _ := slices.BinarySearchFunc(a, e.path, byPath)
		merged = append(append(merged, a[:i]...), e)
		a = a[i:]
	}
	return append(merged, a...)
}

func byPath(e *entry, path string) int { return strings.Compare(e.path, path) }

// targets returns where to look for the paths: sorted, none below another,
// none ignored, and a folder that is gone or was never one in the place of
// what is said to be below it.
func (w *walk) targets(paths []string) ([]string, error) {
	var targets []string
	folders := map[string]bool{".": true}
	for _, name := range paths {
		name = path.Clean(name)
		if path.IsAbs(name) || name == ".." || strings.HasPrefix(name, "../") {
			return nil, fmt.Errorf("look at %q: not below the folder", name)
		}
		if name == "." {
			return []string{"."}, nil
		}
		if target, ok := w.target(name, folders); ok {
			targets = append(targets, target)
		}
	}
	slices.Sort(targets)
	return dropBelow(slices.Compact(targets)), nil
}

// target returns the topmost part of the path that is not a folder to descend
// into, or the path itself; folders remembers those that are.
func (w *walk) target(name string, folders map[string]bool) (string, bool) {
	for end := 0; ; {
		i := strings.IndexByte(name[end:], '/')
		if i < 0 {
			break
		}
		above := name[:end+i]
		end += i + 1
		if folders[above] {
			continue
		}
		if w.skip(above) {
			return "", false
		}
		info, err := w.root.Lstat(above)
		if err != nil || !info.IsDir() || w.problem(above, info) != nil {
			return above, true
		}
		folders[above] = true
	}
	return name, !w.skip(name)
}

// dropBelow removes the paths that are below another of the list.
func dropBelow(sorted []string) []string {
	present := make(map[string]bool, len(sorted))
	for _, name := range sorted {
		present[name] = true
	}
	return slices.DeleteFunc(sorted, func(name string) bool {
		for above := path.Dir(name); above != "."; above = path.Dir(above) {
			if present[above] {
				return true
			}
		}
		return false
	})
}
