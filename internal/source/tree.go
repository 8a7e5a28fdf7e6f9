package source

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"os"
	"slices"
	"strings"
	"sync/atomic"
)

// ErrChanged is the error of [File.Data] when the file on disk has changed since
// it was listed. The next look lists the new one.
var ErrChanged = errors.New("the file changed while it was in use: build again")

// File is one regular file of a tree. It never changes.
type File struct {
	Path string   // slash-separated, relative to the root
	Size int64    // in bytes
	Hash [32]byte // SHA-256 of the content

	root string                 // where to read the content again
	data atomic.Pointer[[]byte] // the content; nil for an asset, for a file that Recall lists and after Forget

	digest [32]byte // of path and hash
}

// Data returns the content that was hashed. Text that the scanner has read comes
// from memory, unless Forget was called, and must not be modified. Any other file is
// read from disk again; the error wraps [ErrChanged] if its content has changed.
func (f *File) Data() ([]byte, error) {
	if data := f.data.Load(); data != nil {
		return *data, nil
	}
	root, err := os.OpenRoot(f.root)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", f.Path, err)
	}
	defer root.Close()
	opened, _, err := openRegular(root, f.Path)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", f.Path, err)
	}
	defer opened.Close()
	data, err := readAtMost(opened, f.Size, f.Size)
	if err != nil && !errors.Is(err, errTooLarge) {
		return nil, fmt.Errorf("read %q: %w", f.Path, err)
	}
	if err != nil || sha256.Sum256(data) != f.Hash {
		return nil, fmt.Errorf("read %q: %w", f.Path, ErrChanged)
	}
	return data, nil
}

// Forget lets go of text that is on disk, so that Data reads it from there again.
func (f *File) Forget() {
	if f.root != "" {
		f.data.Store(nil)
	}
}

// Tree is a folder at one moment. It never changes.
type Tree struct {
	files    []*File
	problems []Problem
	hash     [32]byte
}

func newTree(files []*File, problems []Problem) *Tree {
	return &Tree{files: files, problems: problems, hash: hashOf(files, problems)}
}

// With returns the tree with other files in it, by path: it is what the folder
// would be once they are written.
func (t *Tree) With(contents map[string][]byte) *Tree {
	files := slices.DeleteFunc(slices.Clone(t.files), func(f *File) bool {
		_, replaced := contents[f.Path]
		return replaced
	})
	for path, data := range contents {
		f := &File{Path: path, Size: int64(len(data)), Hash: sha256.Sum256(data)}
		f.data.Store(&data)
		f.digest = digest("file", f.Path, string(f.Hash[:]))
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return newTree(files, t.problems)
}

// Only returns the tree without the files that keep rejects. It has the same problems.
func (t *Tree) Only(keep func(*File) bool) *Tree {
	return newTree(slices.DeleteFunc(slices.Clone(t.files), func(f *File) bool { return !keep(f) }), t.problems)
}

// Files returns all files sorted by path; the slice must not be modified.
func (t *Tree) Files() []*File { return t.files }

// File returns the file at the path, or nil.
func (t *Tree) File(path string) *File {
	i, found := slices.BinarySearchFunc(t.files, path, func(f *File, path string) int { return strings.Compare(f.Path, path) })
	if !found {
		return nil
	}
	return t.files[i]
}

// Problems returns what is wrong with the folder, sorted by path; the slice
// must not be modified.
func (t *Tree) Problems() []Problem { return t.problems }

// Hash identifies the tree: all paths, all content and all problems. Two trees
// of equal hash give the same build.
func (t *Tree) Hash() [32]byte { return t.hash }

// Diff returns the paths whose files differ between the tree and an earlier one,
// or exist in only one of them; sorted.
func (t *Tree) Diff(earlier *Tree) []string {
	var paths []string
	a, b := t.files, earlier.files
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Path < b[0].Path:
			paths = append(paths, a[0].Path)
			a = a[1:]
		case len(a) == 0 || b[0].Path < a[0].Path:
			paths = append(paths, b[0].Path)
			b = b[1:]
		default:
			if a[0] != b[0] && a[0].Hash != b[0].Hash {
				paths = append(paths, a[0].Path)
			}
			a, b = a[1:], b[1:]
		}
	}
	return paths
}

// hashOf adds up the digests of all parts: unchanged parts cost one addition, and
// the order does not matter.
func hashOf(files []*File, problems []Problem) [32]byte {
	var total [4]uint64
	add(&total, digest("tree")) // so that no tree has the hash of nothing
	for _, f := range files {
		add(&total, f.digest)
	}
	for _, p := range problems {
		add(&total, digest("problem", p.Path, p.Code, p.Message, p.Hint))
	}
	var hash [32]byte
	for i, word := range total {
		binary.BigEndian.PutUint64(hash[8*i:], word)
	}
	return hash
}

// add is addition modulo 2^256.
func add(total *[4]uint64, digest [32]byte) {
	var carry uint64
	for i := 3; i >= 0; i-- {
		total[i], carry = bits.Add64(total[i], binary.BigEndian.Uint64(digest[8*i:]), carry)
	}
}

// digest prefixes each part with its length, so that no two lists of parts
// give the same bytes.
func digest(parts ...string) [32]byte {
	var all []byte
	for _, part := range parts {
		all = binary.AppendUvarint(all, uint64(len(part)))
		all = append(all, part...)
	}
	return sha256.Sum256(all)
}
