package publish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestSwapByRenames stops, after each of its steps, the swap that is used where
// folders cannot be exchanged, and looks at what settle makes of it.
func TestSwapByRenames(t *testing.T) {
	steps := []struct {
		name string
		do   func(o output) error
		want string // the site after settle
	}{
		{"nothing", func(output) error { return nil }, "old"},
		{"old moved away", func(o output) error { return os.Rename(o.dir, o.last) }, "old"},
		{"new moved in", func(o output) error {
			return errors.Join(os.Rename(o.dir, o.last), os.Rename(o.next, o.dir))
		}, "new"},
		{"all", output.swapByRenames, "new"},
		{"new is missing", func(o output) error {
			if err := os.RemoveAll(o.next); err != nil {
				return err
			}
			if o.swapByRenames() == nil {
				return errors.New("swapped with nothing")
			}
			return nil
		}, "old"},
		{"keeper's place cleared", func(o output) error {
			return errors.Join(o.swapByRenames(), os.Remove(filepath.Join(o.dir, ".git")))
		}, "new"},
		{"output removed by hand", func(o output) error {
			return errors.Join(o.swapByRenames(), os.RemoveAll(o.dir))
		}, ""},
	}
	for _, placeholder := range []bool{true, false} {
		for _, step := range steps {
			t.Run(step.name, func(t *testing.T) {
				parent := t.TempDir()
				o := newOutput(parent, "public")
				writeAll(t, map[string]string{
					filepath.Join(o.dir, "index.html"):  "old",
					filepath.Join(o.dir, ".git/HEAD"):   "head",
					filepath.Join(o.next, "index.html"): "new",
					filepath.Join(o.work, workIgnore):   "*\n",
				})
				if placeholder {
					if err := os.Symlink(o.placeholder(".git"), filepath.Join(o.next, ".git")); err != nil {
						t.Skip("no symbolic links here:", err)
					}
				} else if step.name == "keeper's place cleared" {
					t.Skip("there is no link to clear")
				}
				if err := step.do(o); err != nil {
					t.Fatal(err)
				}
				if err := o.settle(nil); err != nil {
					t.Fatal(err)
				}
				if got, err := os.ReadFile(filepath.Join(o.dir, "index.html")); string(got) != step.want {
					t.Errorf("site is %q, want %q (%v)", got, step.want, err)
				}
				if got, err := os.ReadFile(filepath.Join(o.dir, ".git/HEAD")); string(got) != "head" {
					t.Errorf(".git/HEAD is %q (%v)", got, err)
				}
				if info, err := os.Lstat(filepath.Join(o.dir, ".git")); err != nil || !info.IsDir() {
					t.Errorf(".git is not the folder: %v", err)
				}
				if entries, err := os.ReadDir(parent); err != nil || len(entries) != 1 {
					t.Errorf("left beside the output: %v, %v", entries, err)
				}
			})
		}
	}
}

// TestGitIsInReachAfterTheSwap looks at the moment, or the state after a crash,
// when the .git folder is still in the old tree.
func TestGitIsInReachAfterTheSwap(t *testing.T) {
	o := newOutput(t.TempDir(), "public")
	writeAll(t, map[string]string{
		filepath.Join(o.dir, "index.html"): "old",
		filepath.Join(o.dir, ".git/HEAD"):  "head",
	})
	site, err := newTree(nil)
	if err != nil {
		t.Fatal(err)
	}
	found, err := o.compare(context.Background(), site)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.stage(context.Background(), site, found, nil); err != nil {
		t.Fatal(err)
	}
	if err := o.swap(); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		t.Skip("making symbolic links takes a right of its own here")
	}
	if got, err := os.ReadFile(filepath.Join(o.dir, ".git/HEAD")); string(got) != "head" {
		t.Errorf(".git/HEAD is %q (%v)", got, err)
	}
}

func writeAll(t *testing.T, files map[string]string) {
	t.Helper()
	for path, content := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
