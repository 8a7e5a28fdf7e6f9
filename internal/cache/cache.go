// Package cache keeps what a build has made in a folder, for the next process
// that builds the same thing.
//
// In: named values and the inputs that they were made of. Out: the same values,
// or nothing. A value is lost when its file is damaged or missing, and a folder
// that cannot be written keeps nothing: that costs time, and nothing else.
//
// The cache folder holds one workspace for each program, source folder and
// settings. Nothing that another program made is ever read, so no value needs a
// version. Processes share a workspace without a lock: a value is written to a
// file of its own, which then takes the place of the old one in one system call,
// and each value names the inputs that it was made of.
//
//	<cache>/CACHEDIR.TAG            tells backup programs to leave the folder out
//	<cache>/<workspace>/about       a line for the source folder, one for the settings
//	<cache>/<workspace>/<name>      a value:
//
//	offset  bytes  what
//	0       32     SHA-256 of the rest
//	32      32     key: hash of the inputs
//	64             the value
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// A Cache is one workspace. A nil Cache keeps nothing.
type Cache struct {
	dir string
}

// Use is what a workspace is for.
type Use struct {
	Source   string // required: the folder that is built
	Settings string // all else that decides what is built, on one line
}

const (
	aboutFile = "about"
	tagFile   = "CACHEDIR.TAG"
	// tag is what the specification of such files asks for (https://bford.info/cachedir/).
	tag = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds what casebook keeps to build faster. It may be removed.\n"
)

// Open opens the workspace for a use in a cache folder, and makes both if they
// are not there. It removes workspaces that are too old or too many.
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
	// Its time says when the workspace was last used.
	if err := os.WriteFile(filepath.Join(c.dir, aboutFile), about, 0o600); err != nil {
		return nil, err
	}
	return c, tidy(folder, c.dir)
}

// program is the hash of the running program: a version number would be the same
// for two builds of changed sources.
var program = sync.OnceValues(func() (sum [32]byte, err error) {
	file, err := os.Open("/proc/self/exe") // on Linux the program itself, even when its file has been replaced
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
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return sum, err
	}
	return [32]byte(h.Sum(nil)), nil
})

// Key is the hash of all inputs of a value.
type Key = [32]byte

const headerSize = 64

// Load returns the value of that name if it was made of the inputs.
func (c *Cache) Load(name string, key Key) (value []byte, ok bool) {
	found, value, ok := c.Newest(name)
	return value, ok && found == key
}

// Newest returns the value of that name, whatever its key. It is for values whose
// parts name the inputs that each was made of.
func (c *Cache) Newest(name string) (key Key, value []byte, ok bool) {
	if c == nil {
		return key, nil, false
	}
	data, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil || len(data) < headerSize {
		return key, nil, false
	}
	if sum := sha256.Sum256(data[32:]); !bytes.Equal(sum[:], data[:32]) {
		return key, nil, false
	}
	return Key(data[32:headerSize]), data[headerSize:], true
}

// Save keeps a value in the place of the one of that name.
func (c *Cache) Save(name string, key Key, value []byte) (err error) {
	if c == nil {
		return nil
	}
	file, err := os.CreateTemp(c.dir, temporary)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	h := sha256.New()
	h.Write(key[:])
	h.Write(value)
	_, err = file.Write(append(h.Sum(nil), key[:]...))
	if err == nil {
		_, err = file.Write(value)
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(c.dir, name))
}

// temporary is the pattern of the names of files that are being written.
const temporary = "~*"

// Retain removes the values that keep does not report.
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
		if name := e.Name(); name != aboutFile && name[0] != temporary[0] && !keep(name) {
			errs = append(errs, os.Remove(filepath.Join(c.dir, name)))
		}
	}
	return errors.Join(errs...)
}
