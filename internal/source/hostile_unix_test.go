//go:build unix

package source_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"casebook/internal/source"
)

const canary = "canary: this must never be listed"

// TestSpecialFiles checks that links and special files, which could lead outside the
// folder or block its reader, are reported and not read.
func TestSpecialFiles(t *testing.T) {
	outside := t.TempDir()
	write(t, outside, "secret.md", canary)
	shapes := []struct {
		name, code string
		make       func(root, name string) error
	}{
		{"file.md", "symlink", func(_, name string) error { return os.Symlink("real.md", name) }},
		{"absolute.md", "symlink", func(_, name string) error { return os.Symlink(filepath.Join(outside, "secret.md"), name) }},
		{"folder", "symlink", func(_, name string) error { return os.Symlink("real", name) }},
		{"outside", "symlink", func(_, name string) error { return os.Symlink(outside, name) }},
		{"parent", "symlink", func(_, name string) error { return os.Symlink("..", name) }},
		{"itself", "symlink", func(_, name string) error { return os.Symlink(".", name) }},
		{"loop", "symlink", func(_, name string) error { return os.Symlink("loop", name) }},
		{"dangling.md", "symlink", func(_, name string) error { return os.Symlink("nothing", name) }},
		{"zero.md", "symlink", func(_, name string) error { return os.Symlink("/dev/zero", name) }},
		{"hidden.md", "symlink", func(_, name string) error { return os.Symlink(".git/config", name) }},
		{"pipe.md", "special-file", func(_, name string) error { return syscall.Mkfifo(name, 0o644) }},
		{"socket.md", "special-file", func(_, name string) error { return socket(name) }},
	}
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			root := t.TempDir()
			write(t, root, "real.md", "real")
			write(t, root, "real/real.md", "real")
			write(t, root, ".git/config", canary)
			if err := shape.make(root, filepath.Join(root, shape.name)); err != nil {
				t.Skip(err)
			}
			s := newScanner(t, root)
			for range 2 {
				for _, target := range []string{".", shape.name, shape.name + "/secret.md", shape.name + "/real.md"} {
					done := make(chan *source.Tree, 1)
					go func() {
						tree, err := s.Look(context.Background(), []string{"real.md", "real", target})
						if err != nil {
							t.Error(err)
						}
						done <- tree
					}()
					var tree *source.Tree
					select {
					case tree = <-done:
					case <-time.After(time.Minute):
						t.Fatal("Look does not return")
					}
					if got := paths(tree); !slices.Equal(got, []string{"real.md", "real/real.md"}) {
						t.Errorf("Look(%s): files %q", target, got)
					}
					if p := tree.Problems(); len(p) != 1 || p[0].Path != shape.name || p[0].Code != shape.code || p[0].Hint == "" {
						t.Errorf("Look(%s): problems %v", target, p)
					}
				}
			}
		})
	}
}

func socket(name string) error {
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	return syscall.Bind(fd, &syscall.SockaddrUnix{Name: name})
}

// TestSwappedWhileScanning replaces a file and a folder by links and by a pipe, again
// and again, while they are scanned. No scan may read through a link or block.
func TestSwappedWhileScanning(t *testing.T) {
	outside := t.TempDir()
	write(t, outside, "index.md", canary)
	root := t.TempDir()
	write(t, root, ".git/index.md", canary)

	rounds := 600
	if testing.Short() {
		rounds = 120
	}
	swapped := make(chan struct{})
	var met atomic.Bool // scans have found both files and problems
	go func() {
		defer close(swapped)
		file, folder, next := filepath.Join(root, "a.md"), filepath.Join(root, "b"), filepath.Join(root, ".next")
		// The last round is odd, so that a file and a folder remain.
		for round := 0; round%2 != 0 || round < rounds || !met.Load() && round < 100*rounds; round++ {
			os.RemoveAll(next)
			switch round % 6 {
			case 0:
				os.Symlink(filepath.Join(outside, "index.md"), next)
			case 2:
				os.Symlink(".git/index.md", next)
			case 4:
				syscall.Mkfifo(next, 0o644)
			default:
				os.WriteFile(next, []byte("real"), 0o644)
			}
			os.Rename(next, file)

			os.RemoveAll(folder)
			switch round % 6 {
			case 0:
				os.Symlink(outside, folder)
			case 2:
				os.Symlink(".git", folder)
			case 4:
				syscall.Mkfifo(folder, 0o644)
			default:
				os.Mkdir(folder, 0o755)
				os.WriteFile(filepath.Join(folder, "index.md"), []byte("real"), 0o644)
			}
		}
	}()
	s := newScanner(t, root)
	files, problems := 0, 0
	for swapping := true; swapping; {
		select {
		case <-swapped:
			swapping = false
		default:
		}
		tree := mustScan(t, s)
		problems += len(tree.Problems())
		for _, f := range tree.Files() {
			files++
			if data, err := f.Data(); err != nil || strings.Contains(string(data), "canary") {
				t.Fatalf("%s: %q, %v", f.Path, data, err)
			}
		}
		met.Store(files > 0 && problems > 0)
	}
	if files == 0 || problems == 0 {
		t.Errorf("%d files and %d problems found, want some of both", files, problems)
	}
	if got := paths(mustScan(t, s)); !slices.Equal(got, []string{"a.md", "b/index.md"}) {
		t.Errorf("after the last swap: %q", got)
	}
}

func TestUnreadable(t *testing.T) {
	root := t.TempDir()
	var want []string
	for i := range 20 {
		name := string(rune('a'+i)) + ".md"
		write(t, root, name, "x")
		if err := os.Chmod(filepath.Join(root, name), 0); err != nil {
			t.Fatal(err)
		}
		want = append(want, name)
	}
	write(t, root, "locked/a.md", "x")
	if err := os.Chmod(filepath.Join(root, "locked"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(root, "locked"), 0o755) })
	want = append(want, "locked")
	slices.Sort(want)
	write(t, root, "readable.md", "x")
	if os.Geteuid() == 0 {
		unprivileged(t, root)
	}

	s := newScanner(t, root)
	tree := mustScan(t, s)
	var got []string
	for _, p := range tree.Problems() {
		if p.Code != "unreadable" || !strings.Contains(p.Message, "permission denied") {
			t.Errorf("problem: %+v", p)
		}
		got = append(got, p.Path)
	}
	if !slices.Equal(got, want) {
		t.Errorf("problems at %q, want %q", got, want)
	}
	if files := paths(tree); !slices.Equal(files, []string{"readable.md"}) {
		t.Errorf("files: %q", files)
	}
	if err := os.Chmod(filepath.Join(root, "c.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	if f := mustScan(t, s).File("c.md"); f == nil {
		t.Error("a file that has become readable is not listed")
	}
}

// unprivileged makes the process run as the user nobody until the test ends, and makes
// nobody the owner of the folder.
func unprivileged(t *testing.T, root string) {
	t.Helper()
	const nobody = 65534
	if err := os.Chmod(filepath.Dir(root), 0o755); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(root, func(name string, _ os.DirEntry, _ error) error {
		return os.Chown(name, nobody, nobody)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setreuid(-1, nobody); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		if err := syscall.Setreuid(-1, 0); err != nil {
			panic(err)
		}
	})
}
