package pipeline

// The temporary files that hold the bytes of rendered pages and attachments.

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
)

// store holds the bytes of rendered pages or of attachments in a temporary file,
// outside the memory that the garbage collector scans: the pages of ten thousand
// cases take about 300 MB. A store only grows, so its contents may be read while
// more is added.
type store struct {
	mu   sync.Mutex
	file *os.File
	size int64 // bytes written so far
}

// newStore makes a store in a temporary file. The system removes the file when it
// is closed or when the process ends for any reason.
func newStore() (*store, error) {
	file, err := temporaryFile()
	if err != nil {
		return nil, fmt.Errorf("make a file in the temporary folder: %w", err)
	}
	s := &store{file: file}
	// The file stays open while a snapshot refers to it, even after the builder has
	// moved to a new store.
	runtime.AddCleanup(s, func(f *os.File) { f.Close() }, file)
	return s, nil
}

// closeStores closes the stores that are not nil.
func closeStores(stores ...*store) error {
	var errs []error
	for _, s := range stores {
		if s != nil {
			errs = append(errs, s.file.Close())
		}
	}
	return errors.Join(errs...)
}

// minSlack is the number of outdated bytes up to which a new store is not worth the
// work.
const minSlack = 64 << 20

// outdated reports whether more than half of the store, and more than slack bytes,
// are no longer used. used is the number of bytes in use.
func (s *store) outdated(used, slack int64) bool { return s.size > 2*used+slack }

// keep writes the bytes of a file of the site to the store.
func (s *store) keep(path string, data []byte) (*File, error) {
	f, err := s.hold(path, data)
	if err != nil {
		return nil, err
	}
	f.Hash = sha256.Sum256(data)
	return f, nil
}

// hold is like keep, for bytes that are no file of the site: it does not hash them.
func (s *store) hold(path string, data []byte) (*File, error) {
	s.mu.Lock()
	offset := s.size
	s.size += int64(len(data))
	s.mu.Unlock()
	if _, err := s.file.WriteAt(data, offset); err != nil {
		return nil, fmt.Errorf("keep %q in the temporary folder: %w", path, err)
	}
	return &File{Path: path, Size: int64(len(data)), store: s, offset: offset}, nil
}

// keepWritten is like keep, for a file that write produces piece by piece. It holds
// the lock, so nothing else is stored meanwhile.
func (s *store) keepWritten(path string, write func(io.Writer) error) (*File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, to := sha256.New(), io.NewOffsetWriter(s.file, s.size)
	if err := write(io.MultiWriter(to, h)); err != nil {
		return nil, fmt.Errorf("keep %q in the temporary folder: %w", path, err)
	}
	size, err := to.Seek(0, io.SeekCurrent)
	f := &File{Path: path, Hash: [32]byte(h.Sum(nil)), Size: size, store: s, offset: s.size}
	s.size += size
	return f, err
}

// get returns size bytes from an offset.
func (s *store) get(offset, size int64) ([]byte, error) {
	data := make([]byte, size)
	if _, err := s.file.ReadAt(data, offset); err != nil && err != io.EOF {
		return nil, fmt.Errorf("read from the temporary folder: %w", err)
	}
	return data, nil
}
