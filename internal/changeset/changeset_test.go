package changeset_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"casebook/internal/changeset"
)

// changes are one of each kind, in a folder that start has filled.
var changes = []func(*changeset.Changes) error{
	func(c *changeset.Changes) error { return c.Create(filepath.FromSlash("a/b/new.md"), []byte("new")) },
	func(c *changeset.Changes) error { return c.Edit("old.yaml", add) },
	func(c *changeset.Changes) error { return c.Edit("other.yaml", add) },
	func(c *changeset.Changes) error {
		return c.Move(filepath.FromSlash("from/x.md"), filepath.FromSlash("to/x.md"))
	},
}

func add(before []byte) ([]byte, error) { return append(before, "+"...), nil }

// start returns a folder with two files, whose permissions are not those of new files.
func start(t *testing.T) string {
	folder := t.TempDir()
	for _, name := range []string{"old.yaml", "from/x.md"} {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(name), 0o600), os.Chmod(file, 0o606)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// read returns the folders and files below a folder, by path, with the permissions of
// those that start made.
func read(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			all[path+"/"] = ""
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
		all[path] = string(text)
		if info, err := d.Info(); err == nil && info.Mode().Perm() == 0o606 {
			all[path] += " 606"
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAllOrNothing checks that all changes are made, and that the folder is as it was if
// the change after any number of them fails.
func TestAllOrNothing(t *testing.T) {
	exists := func(c *changeset.Changes) error { return c.Create("old.yaml", nil) }
	taken := func(c *changeset.Changes) error { return c.Move("old.yaml", "old.yaml") }
	outside := func(c *changeset.Changes) error { return c.Create(filepath.FromSlash("../x"), nil) }
	dies := func(*changeset.Changes) error { panic(io.EOF) }
	for name, fails := range map[string]func(*changeset.Changes) error{"exists": exists, "taken": taken, "outside": outside, "dies": dies} {
		for n := range len(changes) + 1 {
			t.Run(fmt.Sprint(name, n), func(t *testing.T) {
				folder := start(t)
				want := read(t, folder)
				defer func() {
					recover()
					if got := read(t, folder); !maps.Equal(got, want) {
						t.Errorf("got %q, want %q", got, want)
					}
				}()
				if err := changeset.Apply(folder, all(append(changes[:n:n], fails)...)); err == nil {
					t.Error("no error")
				}
			})
		}
	}
	folder := start(t)
	if err := changeset.Apply(folder, all(changes...)); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"./": "", "a/": "", "a/b/": "", "a/b/new.md": "new", "old.yaml": "old.yaml+ 606", "other.yaml": "+", "to/": "", "to/x.md": "from/x.md 606",
	}
	if got := read(t, folder); runtime.GOOS != "windows" && !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// all makes changes one after another.
func all(changes ...func(*changeset.Changes) error) func(*changeset.Changes) error {
	return func(c *changeset.Changes) error {
		for _, change := range changes {
			if err := change(c); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestReplaceFile checks that a file is replaced when all of it is written, and stays as
// it is, alone in its folder, if that fails.
func TestReplaceFile(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "file")
	for text, fails := range map[string]error{"whole": nil, "half": io.ErrShortWrite} {
		if err := os.WriteFile(name, []byte("before"), 0o644); err != nil {
			t.Fatal(err)
		}
		err := changeset.ReplaceFile(name, 0o644, func(to io.Writer) error {
			io.WriteString(to, text)
			if got, err := os.ReadFile(name); err != nil || string(got) != "before" {
				t.Errorf("while it is written: %q, %v", got, err)
			}
			return fails
		})
		want := map[error]string{nil: "whole", io.ErrShortWrite: "before"}[fails]
		if got := read(t, folder); !errors.Is(err, fails) || len(got) != 2 || got["file"] != want {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
}
