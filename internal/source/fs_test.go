package source_test

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestDiff(t *testing.T) {
	root := t.TempDir()
	scanner := newScanner(t, root)
	for _, name := range []string{"a.md", "b.md", "d.md"} {
		write(t, root, name, name)
	}
	before := mustScan(t, scanner)
	write(t, root, "a.md", "a.md") // unchanged
	write(t, root, "b.md", "changed")
	write(t, root, "c.md", "new")
	remove(t, root, "d.md")
	after := mustScan(t, scanner)
	if got := after.Diff(before); !slices.Equal(got, []string{"b.md", "c.md", "d.md"}) {
		t.Errorf("got %q", got)
	}
	if got := after.Diff(after); got != nil {
		t.Errorf("a tree differs from itself at %q", got)
	}
}

func TestSubIsAFileSystem(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{"a/x.md": "x", "a/b/y.css": "yy", "a/b/c/z.html": "z", "other/o.md": "o"} {
		write(t, root, name, text)
	}
	scanner, next := newScanner(t, root), newScanner(t, root)
	sub := mustScan(t, scanner).Sub("a")
	if err := fstest.TestFS(sub, "x.md", "b/y.css", "b/c/z.html"); err != nil {
		t.Error(err)
	}
	scanner.Settle()
	next.Recall(scanner.Listing())
	if err := fstest.TestFS(mustScan(t, next).Sub("a"), "x.md", "b/y.css", "b/c/z.html"); err != nil {
		t.Errorf("without reading the files: %v", err)
	}
	if next.Read() > 0 {
		t.Errorf("%d files were read", next.Read())
	}
	if _, err := sub.Open("../other/o.md"); err == nil {
		t.Error("a file outside the folder can be opened")
	}
}
