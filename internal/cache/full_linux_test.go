package cache_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"casebook/internal/cache"
)

// TestFullDisk checks that on a full disk the last value remains, and no other new file.
func TestFullDisk(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "disk")
	if err := syscall.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=256k"); err != nil {
		t.Skip("no permission to mount a file system:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, 0) })
	c := open(t, folder, "/kb")
	if err := c.Save("pages", key, []byte("small")); err != nil {
		t.Fatal(err)
	}
	before := len(files(t, folder))
	if err := c.Save("pages", key, make([]byte, 1<<20)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %v, want a full disk", err)
	}
	if got, ok := c.Load("pages", key); !ok || string(got) != "small" {
		t.Errorf("got %d bytes, %v", len(got), ok)
	}
	if after := len(files(t, folder)); after != before {
		t.Errorf("%d files, want %d as before", after, before)
	}
	if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("no permission to remount:", err)
	}
	if _, err := cache.Open(folder, cache.Use{Source: "/kb"}); err == nil {
		t.Error("Open accepts a folder that cannot be written")
	}
}
