package source_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"casebook/internal/source"
)

func TestDiff(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	scanner, err := source.New(dir, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	scan := func() *source.Tree {
		t.Helper()
		tree, err := scanner.Scan(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return tree
	}
	for _, name := range []string{"a.md", "b.md", "d.md"} {
		write(name, name)
	}
	before := scan()
	write("a.md", "a.md") // unchanged
	write("b.md", "changed")
	write("c.md", "new")
	if err := os.Remove(filepath.Join(dir, "d.md")); err != nil {
		t.Fatal(err)
	}
	after := scan()
	if got := after.Diff(before); !slices.Equal(got, []string{"b.md", "c.md", "d.md"}) {
		t.Errorf("got %q", got)
	}
	if got := after.Diff(after); got != nil {
		t.Errorf("a tree differs from itself at %q", got)
	}
}

func TestSubIsAFileSystem(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a/x.md": "x", "a/b/y.css": "yy", "a/b/c/z.html": "z", "other/o.md": "o"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	scanner, err := source.New(dir, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := scanner.Scan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	sub := tree.Sub("a")
	if err := fstest.TestFS(sub, "x.md", "b/y.css", "b/c/z.html"); err != nil {
		t.Error(err)
	}
	if _, err := sub.Open("../other/o.md"); err == nil {
		t.Error("a file outside the folder can be opened")
	}
}
