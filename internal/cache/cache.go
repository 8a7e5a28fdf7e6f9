// Package cache stores the results of a build in a folder, for the next process
// that builds the same source folder.
//
// A value is stored under a name, with a key that is the hash of its input. Reading
// returns the same value or nothing. A damaged or missing file counts as no value,
// and if the folder cannot be written, nothing is stored. In both cases the build
// only takes longer.
//
// The cache folder has one workspace for each combination of program, source folder
// and settings. A program never reads what another program wrote, so values need no
// version. Processes share a workspace without locks: a value is written to a
// temporary file, which then replaces the old one in one system call, and each value
// has the key of its own input.
//
//	<cache>/CACHEDIR.TAG            tells backup programs to leave the folder out
//	<cache>/<workspace>/about       two lines: the source folder and the settings
//	<cache>/<workspace>/<name>      a value
//
// The file of a value has this format:
//
//	offset  bytes  content
//	0       32     SHA-256 of the rest
//	32      32     key: hash of the input
//	64             the value
package cache

import (
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unsafe"

	"casebook/internal/changeset"
)

// A Cache is one workspace. A nil Cache stores nothing.
type Cache struct {
	dir string
}

// Use identifies what a workspace is for.
type Use struct {
	Source   string // required: the source folder
	Settings string // everything else that affects the build, on one line
}

const (
	aboutFile = "about"
	tagFile   = "CACHEDIR.TAG"
	// tag begins with the signature that the specification of such files requires
	// (https://bford.info/cachedir/).
	tag = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds what casebook keeps to build faster. It may be removed.\n"
)

// Open opens the workspace for a use in a cache folder, and creates both if they do
// not exist. It removes old workspaces, and the least recently used ones if all
// together are too large.
func Open(folder string, use Use) (*Cache, error) {
	program, err := program()
	if err != nil {
		return nil, fmt.Errorf("tell this program from others: %w", err)
	}
	use.Source, err = filepath.Abs(use.Source)
	if err != nil {
		return nil, err
	}
	about := fmt.Appendf(nil, "%q\n%q\n", use.Source, use.Settings)
	id := sha256.Sum256(append(about, program[:]...))
	c := &Cache{filepath.Join(folder, hex.EncodeToString(id[:16]))}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(folder, tagFile)); errors.Is(err, os.ErrNotExist) {
		if err := os.WriteFile(filepath.Join(folder, tagFile), []byte(tag), 0o600); err != nil {
			return nil, err
		}
	}
	// The modification time of this file is the time of the last use.
	if err := os.WriteFile(filepath.Join(c.dir, aboutFile), about, 0o600); err != nil {
		return nil, err
	}
	return c, tidy(folder, c.dir)
}

// program returns what tells the running program from every other build: the hash of
// its build ID or, if it has none, of its file. A version number would not do, because
// it stays the same when the source code changes.
var program = sync.OnceValues(func() (sum [32]byte, err error) {
	file, err := os.Open("/proc/self/exe") // on Linux, the running program, even if its file has been replaced
	if err != nil {
		path, err := os.Executable()
		if err != nil {
			return sum, err
		}
		if file, err = os.Open(path); err != nil {
			return sum, err
		}
	}
	defer file.Close()
	if id := buildID(file); id != nil {
		return sha256.Sum256(id), nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return sum, err
	}
	return [32]byte(h.Sum(nil)), nil
})

// buildID returns the note in which the go command writes a hash of everything that a
// program was linked from, or nil if there is none. Only ELF files have the note.
// Hashing the whole file would take a third of the time of a check that finds nothing
// changed.
func buildID(program io.ReaderAt) []byte {
	file, err := elf.NewFile(program)
	if err != nil {
		return nil
	}
	section := file.Section(".note.go.buildid")
	if section == nil {
		return nil
	}
	const header = 16 // three lengths and the name "Go"
	note, err := section.Data()
	if err != nil || len(note) <= header {
		return nil
	}
	return note
}

// Key is the hash of the input that a value depends on.
type Key = [32]byte

const headerSize = 64

// Load returns the value with the name if it has the key. ok is false if there is
// none.
func (c *Cache) Load(name string, key Key) (value string, ok bool) {
	found, value, ok := c.Newest(name)
	return value, ok && found == key
}

// Newest returns the value with the name and its key, whatever that is. It is for
// values whose parts each contain the key of their own input.
func (c *Cache) Newest(name string) (key Key, value string, ok bool) {
	if c == nil {
		return key, "", false
	}
	data, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil || len(data) < headerSize {
		return key, "", false
	}
	if sum := sha256.Sum256(data[32:]); !bytes.Equal(sum[:], data[:32]) {
		return key, "", false
	}
	// Nothing else holds the bytes. A conversion would copy them, some 180 MB for 10,000 case studies.
	text := unsafe.String(unsafe.SliceData(data), len(data))
	return Key(data[32:headerSize]), text[headerSize:], true
}

// Save stores a value. It replaces an earlier value with the same name.
func (c *Cache) Save(name string, key Key, value []byte) error {
	if c == nil {
		return nil
	}
	h := sha256.New()
	h.Write(key[:])
	h.Write(value)
	return changeset.ReplaceFile(filepath.Join(c.dir, name), 0o600, func(to io.Writer) error {
		if _, err := to.Write(append(h.Sum(nil), key[:]...)); err != nil {
			return err
		}
		_, err := to.Write(value)
		return err
	})
}

// Retain removes the values for which keep returns false.
func (c *Cache) Retain(keep func(name string) bool) error {
	if c == nil {
		return nil
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if name := e.Name(); name != aboutFile && !strings.HasPrefix(name, changeset.Unfinished) && !keep(name) {
			errs = append(errs, os.Remove(filepath.Join(c.dir, name)))
		}
	}
	return errors.Join(errs...)
}
