package publish_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"casebook/internal/publish"
)

// mountTmpfs mounts a small file system at path, or skips the test.
func mountTmpfs(t *testing.T, path, size string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", path, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("no permission to mount a file system:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(path, 0); err != nil {
			t.Error(err)
		}
	})
}

func TestFullDiskLeavesTheOldSite(t *testing.T) {
	disk := filepath.Join(t.TempDir(), "disk")
	mountTmpfs(t, disk, "1m")
	dir := filepath.Join(disk, "public")
	repository(t, dir)
	old := generation(1, 30)
	mustPublish(t, dir, old)
	for fill := range 12 {
		site := generation(2+fill, 30)
		for i := range 100 {
			site[fmt.Sprintf("big/%03d.html", i)] = strings.Repeat("x", 16<<10+fill<<12)
		}
		_, err := publish.Publish(context.Background(), textSite(site), publish.Options{Dir: dir})
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("error %v, want a full disk", err)
		}
		checkSite(t, dir, old)
		checkRepository(t, dir)
	}
	mustPublish(t, dir, generation(2, 30))
	checkSite(t, dir, generation(2, 30))
}

func TestMountPointIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mountTmpfs(t, dir, "1m")
	_, err := publish.Publish(context.Background(), textSite(generation(1, 1)), publish.Options{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "mount point") {
		t.Errorf("error %v", err)
	}
	checkSite(t, dir, nil)
}

func TestUnwritableParentIsRefused(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "parent")
	dir := filepath.Join(parent, "public")
	mountTmpfs(t, parent, "1m")
	mustPublish(t, dir, generation(1, 1))
	if err := syscall.Mount("", parent, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("no permission to remount:", err)
	}
	mustPublish(t, dir, generation(1, 1))
	_, err := publish.Publish(context.Background(), textSite(generation(2, 1)), publish.Options{Dir: dir})
	if !errors.Is(err, syscall.EROFS) || !strings.Contains(err.Error(), "must be writable") {
		t.Errorf("error %v", err)
	}
	checkSite(t, dir, generation(1, 1))
}
