package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mount mounts a small file system, or skips the test.
func mount(t *testing.T, dir, size string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("no permission to mount a file system:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
}

// mustFail runs casebook, checks that it exits with status 1, and returns its output.
func mustFail(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return string(out)
}

// TestBuildOnFullDisk builds on disks with different amounts of free space, and checks that
// the old site stays complete, and that the message gives the reason.
func TestBuildOnFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	disk := filepath.Join(t.TempDir(), "disk")
	mount(t, disk, "8m")
	source, output := t.TempDir(), filepath.Join(disk, "public")
	writeSource(t, source, "old", 20)
	mustBuild(t, source, output)
	old := tree(t, output)
	writeSource(t, source, "new", 20)
	for _, room := range []int{0, 16, 160} { // KiB
		filler := filepath.Join(disk, "filler")
		fill(t, filler, room<<10)
		said := mustFail(t, casebook(t, "build", "--source", source, "--output", output))
		if !strings.Contains(said, "no space left") || strings.Count(said, "\n") > 3 {
			t.Errorf("with %d KiB free: %s", room, said)
		}
		if !maps.Equal(tree(t, output), old) {
			t.Fatalf("with %d KiB free, the old site is not complete", room)
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
	mustBuild(t, source, output)
	if maps.Equal(tree(t, output), old) {
		t.Error("with enough space, the old site remains")
	}
}

// fill writes a file so large that leave bytes of its file system remain free.
func fill(t *testing.T, name string, leave int) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var stat syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(name), &stat); err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(f, zeros{}, int64(stat.Bavail)*stat.Bsize-int64(leave)); err != nil {
		t.Fatal(err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestBuildOfReadOnlySource builds from a read-only file system.
func TestBuildOfReadOnlySource(t *testing.T) {
	source := filepath.Join(t.TempDir(), "source")
	mount(t, source, "4m")
	writeSource(t, source, "a", 3)
	if err := syscall.Mount("", source, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("no permission to remount:", err)
	}
	output := filepath.Join(t.TempDir(), "public")
	mustBuild(t, source, output)
	if len(tree(t, output)) < 10 {
		t.Error("nothing was written")
	}
	if out, err := casebook(t, "check", "--source", source).CombinedOutput(); err != nil {
		t.Errorf("check: %v\n%s", err, out)
	}
	said := mustFail(t, casebook(t, "build", "--source", source))
	if !strings.Contains(said, "read-only file system") {
		t.Errorf("writing to the source: %s", said)
	}
}

// TestBuildWithUnreadableFiles builds as a user who may not read some files.
func TestBuildWithUnreadableFiles(t *testing.T) {
	dir, err := os.MkdirTemp("", "casebook-unreadable-") // other users may enter it, unlike t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(dir, "source")
	writeSource(t, source, "a", 6)
	for i := range 3 {
		if err := os.Chmod(filepath.Join(source, fmt.Sprintf("content/cases/a-%d.md", i)), 0); err != nil {
			t.Fatal(err)
		}
	}
	cmd := casebook(t, "build", "--source", source, "--output", filepath.Join(dir, "public"))
	if os.Getuid() == 0 { // root may read all files
		binary := filepath.Join(dir, "casebook")
		copyFile(t, binary, cmd.Path)
		cmd.Path, cmd.Dir = binary, dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	said := mustFail(t, cmd)
	for i := range 6 {
		if n := strings.Count(said, fmt.Sprintf("a-%d.md", i)); (n == 1) != (i < 3) || n > 1 {
			t.Errorf("a-%d.md is named %d times: %s", i, n, said)
		}
	}
	if !strings.Contains(said, "permission denied") || !strings.Contains(said, "3 errors") {
		t.Error(said)
	}
}

func copyFile(t *testing.T, to, from string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o755); err != nil {
		t.Fatal(err)
	}
}
