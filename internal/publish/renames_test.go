package publish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestSwapByRenames stops a swap by renames, for systems that cannot exchange folders,
// after each of its steps, and checks the site after settle.
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
				return errors.New("swapByRenames reports no error without a new site")
			}
			return nil
		}, "old"},
		{".git moved", func(o output) error { return moveGit(o.dir, o.next) }, "old"},
		{".git and old moved away", func(o output) error {
			return errors.Join(moveGit(o.dir, o.next), os.Rename(o.dir, o.last))
		}, "old"},
		{".git moved, new moved in", func(o output) error {
			return errors.Join(moveGit(o.dir, o.next), os.Rename(o.dir, o.last), os.Rename(o.next, o.dir))
		}, "new"},
		{"output removed by hand", func(o output) error {
			return errors.Join(o.swapByRenames(), os.RemoveAll(o.dir))
		}, ""},
	}
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
			if err := step.do(o); err != nil {
				t.Fatal(err)
			}
			if err := o.settle(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(filepath.Join(o.dir, "index.html")); string(got) != step.want {
				t.Errorf("the site is %q, want %q (%v)", got, step.want, err)
			}
			if got, err := os.ReadFile(filepath.Join(o.dir, ".git/HEAD")); string(got) != "head" {
				t.Errorf(".git/HEAD is %q (%v)", got, err)
			}
			if entries, err := os.ReadDir(parent); err != nil || len(entries) != 1 {
				t.Errorf("files remain beside the output: %v, %v", entries, err)
			}
		})
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
