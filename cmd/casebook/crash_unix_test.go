//go:build unix

package main

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestBuildUnderUmask builds with other umasks, and checks that the bytes are the same, and
// that the files have only the permissions that the umask allows.
func TestBuildUnderUmask(t *testing.T) {
	source := t.TempDir()
	writeSource(t, source, "a", 2)
	clean := filepath.Join(t.TempDir(), "public")
	mustBuild(t, source, clean)
	for umask, mask := range map[string]fs.FileMode{"000": 0, "077": 0o077} {
		output := filepath.Join(t.TempDir(), "public")
		cmd := casebook(t, "build", "--quiet", "--source", source, "--output", output)
		shell := exec.CommandContext(t.Context(), "/bin/sh", append([]string{"-c", "umask " + umask + ` && exec "$0" "$@"`, linkTo(t, cmd.Path)}, cmd.Args[1:]...)...)
		shell.Env = cmd.Env
		if out, err := shell.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if !maps.Equal(tree(t, output), tree(t, clean)) {
			t.Errorf("umask %s: the bytes differ", umask)
		}
		err := filepath.WalkDir(output, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if want := map[bool]fs.FileMode{true: 0o755, false: 0o644}[d.IsDir()] &^ mask; err == nil && info.Mode().Perm() != want {
				t.Errorf("umask %s: %s has mode %v", umask, name, info.Mode())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// linkTo returns the path of a link named casebook to the binary.
func linkTo(t *testing.T, binary string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "casebook")
	if err := os.Symlink(binary, name); err != nil {
		t.Fatal(err)
	}
	return name
}
