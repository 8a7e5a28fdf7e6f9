package pipeline

import (
	"fmt"
	"io"
	"os"
	"sync"
)

// store holds the bytes of rendered pages, or of copies of pictures, in a
// temporary file, out of the way of the garbage collector: ten thousand cases are
// some 300 MB of pages. It is append-only, so what is in it may be read while more
// is put in.
type store struct {
	mu   sync.Mutex
	file *os.File
	size int64 // bytes put in
}

// newStore makes a store in a temporary file, without a name where the system
// allows that; elsewhere it stays until the system tidies its temporary files.
func newStore() (*store, error) {
	file, err := os.CreateTemp("", "casebook-pages-*")
	if err != nil {
		return nil, fmt.Errorf("keep pages: %w", err)
	}
	_ = os.Remove(file.Name())
	return &store{file: file}, nil
}

// put keeps the data and returns where it is.
func (s *store) put(data []byte) (offset int64, err error) {
	s.mu.Lock()
	offset = s.size
	s.size += int64(len(data))
	s.mu.Unlock()
	if _, err := s.file.WriteAt(data, offset); err != nil {
		return 0, fmt.Errorf("keep pages: %w", err)
	}
	return offset, nil
}

// get returns the bytes at a place.
func (s *store) get(offset, size int64) ([]byte, error) {
	data := make([]byte, size)
	if _, err := s.file.ReadAt(data, offset); err != nil && err != io.EOF {
		return nil, fmt.Errorf("read a kept page: %w", err)
	}
	return data, nil
}

// keep makes a file of the snapshot whose bytes are in the store.
func (s *store) keep(path string, data []byte) (*File, error) {
	offset, err := s.put(data)
	if err != nil {
		return nil, err
	}
	f := newFile(path, data)
	size := f.Size
	f.data, f.bytes = nil, func() ([]byte, error) { return s.get(offset, size) }
	return f, nil
}
