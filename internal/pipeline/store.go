package pipeline

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
)

// store holds the bytes of rendered pages, or of attachments, in a
// temporary file, where the garbage collector does not see them: the pages of
// ten thousand cases are some 300 MB. It only grows, so what is in it may be
// read while more is put in.
type store struct {
	mu   sync.Mutex
	file *os.File
	size int64 // bytes put in
}

// newStore makes a store in a temporary file that the system removes when it is
// closed or the process ends, however it ends.
func newStore() (*store, error) {
	file, err := temporaryFile()
	if err != nil {
		return nil, fmt.Errorf("make a file in the temporary folder: %w", err)
	}
	s := &store{file: file}
	// Earlier snapshots may still read it when the builder has another.
	runtime.AddCleanup(s, func(f *os.File) { f.Close() }, file)
	return s, nil
}

// closeStores closes those that are not nil.
func closeStores(stores ...*store) error {
	var errs []error
	for _, s := range stores {
		if s != nil {
			errs = append(errs, s.file.Close())
		}
	}
	return errors.Join(errs...)
}

// minSlack is how many outdated bytes are not worth a new store.
const minSlack = 64 << 20

// outdated reports whether most of what is in the store is no longer used.
func (s *store) outdated(used, slack int64) bool { return s.size > 2*used+slack }

// keep puts the bytes of a file of the site into the store.
func (s *store) keep(path string, data []byte) (*File, error) {
	s.mu.Lock()
	offset := s.size
	s.size += int64(len(data))
	s.mu.Unlock()
	if _, err := s.file.WriteAt(data, offset); err != nil {
		return nil, fmt.Errorf("keep %q in the temporary folder: %w", path, err)
	}
	f := newFile(path, data)
	f.data, f.store, f.offset = nil, s, offset
	return f, nil
}

// keepWritten is keep for a file that is written bit by bit, with nothing else being
// kept meanwhile.
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

// get returns the bytes at an offset.
func (s *store) get(offset, size int64) ([]byte, error) {
	data := make([]byte, size)
	if _, err := s.file.ReadAt(data, offset); err != nil && err != io.EOF {
		return nil, fmt.Errorf("read from the temporary folder: %w", err)
	}
	return data, nil
}
