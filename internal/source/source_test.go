package source_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/source"
)

func TestScanListsBytesAsTheyAre(t *testing.T) {
	root := t.TempDir()
	contents := map[string]string{
		"site.yaml":           "\xef\xbb\xbftitle: With a BOM\r\n",
		"cases/a.md":          "---\r\ntitle: A\r\n---\r\n",
		"cases/a-b.md":        "",
		"cases/a/index.md":    "not \xff UTF-8, \x00 neither",
		"cases/a/ward.jpg":    "\xff\xd8\xff\xe0",
		"cases/Łódź and ኢ.md": "names may be in any script",
	}
	for name, content := range contents {
		write(t, root, name, content)
	}
	tree := mustScan(t, newScanner(t, root))
	if len(tree.Problems()) > 0 {
		t.Errorf("problems: %v", tree.Problems())
	}
	var paths []string
	for _, f := range tree.Files() {
		paths = append(paths, f.Path)
		data, err := f.Data()
		if err != nil {
			t.Fatal(err)
		}
		want := contents[f.Path]
		if string(data) != want || f.Size != int64(len(want)) || f.Hash != sha256.Sum256([]byte(want)) {
			t.Errorf("%s: %q, %d bytes, hash %x", f.Path, data, f.Size, f.Hash)
		}
		if tree.File(f.Path) != f {
			t.Errorf("File(%q) is not the listed file", f.Path)
		}
	}
	if len(paths) != len(contents) || !slices.IsSorted(paths) {
		t.Errorf("paths: %q", paths)
	}
	if tree.File("cases") != nil || tree.File("cases/c.md") != nil {
		t.Error("File returns a file for a folder or a missing path")
	}
}

func TestScanSkipsWhatIsNotInput(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{
		".git/config", ".DS_Store", "cases/.a.md.swp", "cases/.#a.md", "cases/#a.md#", "cases/a.md~", "cases/4913",
		"cases/.goutputstream-X1Y2", "cases/a.md___jb_tmp___", "cases/a.md___jb_old___", "cases/~$a.docx", "cases/a.md.tmp",
		"cases/.~lock.a.md#", "Thumbs.db", "public/index.html", "draft.md~/index.md",
	} {
		write(t, root, name, "x")
	}
	write(t, root, "cases/a.md", "x")
	write(t, root, "cases/public.md", "x")
	if err := os.Symlink("someone@host.1234", filepath.Join(root, ".#b.md")); err != nil {
		t.Log(err) // no symbolic links: an Emacs lock is a dangling link
	}
	s, err := source.New(root, source.Options{Skip: func(path string) bool { return path == "public" }})
	if err != nil {
		t.Fatal(err)
	}
	if got := paths(mustScan(t, s)); !slices.Equal(got, []string{"cases/a.md", "cases/public.md"}) {
		t.Errorf("files: %q", got)
	}
	if problems := mustScan(t, s).Problems(); len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	tree := look(t, s, "public/index.html", ".git/config", "cases/a.md~", "draft.md~/index.md")
	if got := paths(tree); !slices.Equal(got, []string{"cases/a.md", "cases/public.md"}) {
		t.Errorf("files after Look with skipped paths: %q", got)
	}
}

func TestUnchangedTreeIsReused(t *testing.T) {
	root := t.TempDir()
	write(t, root, "a.md", "a")
	write(t, root, "b/c.md", "c")
	write(t, root, "b.md", "b")
	s := newScanner(t, root)
	first := mustScan(t, s)
	touch(t, root, "a.md", time.Now().Add(time.Hour))
	if err := os.Chmod(filepath.Join(root, "b.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	if second := mustScan(t, s); second != first {
		t.Error("new times and modes give another tree")
	}
	write(t, root, "b/c.md", "d")
	third := mustScan(t, s)
	if third == first || third.Hash() == first.Hash() {
		t.Error("an edit gives the same tree")
	}
	if third.File("a.md") != first.File("a.md") || third.File("b/c.md") == first.File("b/c.md") {
		t.Error("want the same pointer for an unchanged file, and another for an edited one")
	}
	if data, _ := first.File("b/c.md").Data(); string(data) != "c" {
		t.Errorf("the first tree changed: %q", data)
	}
	write(t, root, "b/c.md", "c")
	if fourth := mustScan(t, s); fourth.Hash() != first.Hash() {
		t.Error("the hash differs after an edit and its reversal")
	}
}

// TestSameSizeSameTime edits files without changing their size and modification time:
// files that changed recently, and files that have settled.
func TestSameSizeSameTime(t *testing.T) {
	const edits = 100
	root := t.TempDir()
	s := newScanner(t, root)
	old := time.Now().Add(-time.Hour)
	for i := range edits {
		name := fmt.Sprintf("%03d.md", i)
		write(t, root, name, "before")
		touch(t, root, name, old)
	}
	mustScan(t, s)
	for i := range edits {
		name := fmt.Sprintf("%03d.md", i)
		write(t, root, name, "after!")
		touch(t, root, name, old)
		if i%2 == 0 {
			look(t, s, name)
		} else {
			mustScan(t, s)
		}
		data, err := mustScan(t, s).File(name).Data()
		if err != nil || string(data) != "after!" {
			t.Fatalf("edit %d was not seen: %q, %v", i, data, err)
		}
	}
}

func TestLookUpdatesNamedPaths(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a.md", "a/1.md", "a/2.md", "a/b/3.md", "a-c.md", "a0.md", "z.md"} {
		write(t, root, name, "old")
	}
	s := newScanner(t, root)
	mustScan(t, s)
	for _, name := range []string{"a.md", "a/1.md", "a/b/3.md", "a/b/new.md", "a-c.md", "a0.md", "z.md"} {
		write(t, root, name, "new")
	}
	remove(t, root, "a/2.md")

	changed := func(tree *source.Tree) string {
		var names []string
		for _, f := range tree.Files() {
			if data, err := f.Data(); err != nil || string(data) == "new" {
				names = append(names, f.Path)
			}
		}
		return strings.Join(names, " ")
	}
	if got := changed(look(t, s, "a.md")); got != "a.md" {
		t.Errorf("Look at a file: changed %s", got)
	}
	if got := changed(look(t, s, "a/b", "a/b/3.md", "gone.md", "gone/too.md")); got != "a.md a/b/3.md a/b/new.md" {
		t.Errorf("Look at a folder: changed %s", got)
	}
	tree := look(t, s, "a")
	if got := changed(tree); got != "a.md a/1.md a/b/3.md a/b/new.md" || tree.File("a/2.md") != nil {
		t.Errorf("Look at the parent folder: changed %s", got)
	}
	if got := changed(look(t, s, ".")); got != "a-c.md a.md a/1.md a/b/3.md a/b/new.md a0.md z.md" {
		t.Errorf("Look at all: changed %s", got)
	}

	remove(t, root, "a")
	write(t, root, "a", "a file now")
	tree = look(t, s, "a/b/3.md") // the only path that an event may name
	if got := paths(tree); !slices.Equal(got, []string{"a", "a-c.md", "a.md", "a0.md", "z.md"}) {
		t.Errorf("a folder that became a file: %q", got)
	}
	if _, err := s.Look(context.Background(), []string{"../outside.md"}); err == nil {
		t.Error("Look accepts a path outside the folder")
	}
}

// TestLooksAgreeWithScan makes random edits, calls Look with their paths, and compares
// the tree with that of a new scanner.
func TestLooksAgreeWithScan(t *testing.T) {
	root := t.TempDir()
	s := newScanner(t, root)
	random := rand.New(rand.NewPCG(1, 2))
	name := func() string {
		parts := []string{"a", "b", "a-b", "c.md", "d.png", "CON", ".hidden"}
		all := make([]string, 1+random.IntN(3))
		for i := range all {
			all[i] = parts[random.IntN(len(parts))]
		}
		return strings.Join(all, "/")
	}
	for step := range 300 {
		var named []string
		for range 1 + random.IntN(4) {
			p := name()
			full := filepath.Join(root, filepath.FromSlash(p))
			switch random.IntN(4) {
			case 0:
				os.RemoveAll(full)
			case 1:
				q := name()
				os.Rename(full, filepath.Join(root, filepath.FromSlash(q)))
				named = append(named, q)
			default:
				os.MkdirAll(filepath.Dir(full), 0o755)
				os.WriteFile(full, []byte{byte(random.IntN(3))}, 0o644)
				// A watcher reports only the topmost folder of those that are created.
				named = append(named, strings.Split(p, "/")[0])
			}
			named = append(named, p)
		}
		got, want := look(t, s, named...), mustScan(t, newScanner(t, root))
		if got.Hash() != want.Hash() || !slices.Equal(paths(got), paths(want)) || !slices.Equal(got.Problems(), want.Problems()) {
			t.Fatalf("step %d, Look(%q):\n%q %v\nwant\n%q %v", step, named, paths(got), got.Problems(), paths(want), want.Problems())
		}
	}
}

func TestAssetsAndForgottenTextsAreReadAgain(t *testing.T) {
	for _, name := range []string{"a.png", "a.md"} {
		root := t.TempDir()
		write(t, root, name, "one")
		s := newScanner(t, root)
		before := mustScan(t, s).File(name)
		before.Forget()
		if data, err := before.Data(); err != nil || string(data) != "one" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		for _, content := range []string{"two", "", "three and more"} {
			write(t, root, name, content)
			if _, err := before.Data(); !errors.Is(err, source.ErrChanged) {
				t.Errorf("%s: %q instead of %q: error %v, want ErrChanged", name, content, "one", err)
			}
			after := look(t, s, name).File(name)
			if data, err := after.Data(); err != nil || string(data) != content {
				t.Errorf("%s: %q, %v", name, data, err)
			}
		}
		remove(t, root, name)
		if _, err := before.Data(); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s, removed: %v", name, err)
		}
		withText := mustScan(t, s).With(map[string][]byte{name: []byte("four")}).File(name)
		withText.Forget()
		if data, err := withText.Data(); err != nil || string(data) != "four" {
			t.Errorf("%s, not on disk: %q, %v", name, data, err)
		}
	}
}

func TestFolderItself(t *testing.T) {
	root := filepath.Join(t.TempDir(), "content")
	s := newScanner(t, root)
	if _, err := s.Scan(context.Background()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that does not exist: %v", err)
	}
	write(t, root, "a.md", "1")
	mustScan(t, s)
	if err := os.Rename(root, root+".old"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Scan(context.Background()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a removed folder: %v", err)
	}
	write(t, root, "b.md", "2")
	if got := paths(mustScan(t, s)); !slices.Equal(got, []string{"b.md"}) {
		t.Errorf("a new folder at the same path: %q", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Scan(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled scan: %v", err)
	}
}

func TestRel(t *testing.T) {
	root := t.TempDir()
	s := newScanner(t, root)
	for name, want := range map[string]string{
		root:                                   ".",
		filepath.Join(root, "cases", "a.md"):   "cases/a.md",
		filepath.Join(root, "..", "other"):     "",
		root + "-other":                        "",
		filepath.Join(root, "x", "..", "a.md"): "a.md",
	} {
		if got, ok := s.Rel(name); got != want || ok != (want != "") {
			t.Errorf("Rel(%q) = %q, %v", name, got, ok)
		}
	}
}

func newScanner(tb testing.TB, root string) *source.Scanner {
	tb.Helper()
	s, err := source.New(root, source.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func mustScan(tb testing.TB, s *source.Scanner) *source.Tree {
	tb.Helper()
	tree, err := s.Scan(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return tree
}

func look(tb testing.TB, s *source.Scanner, paths ...string) *source.Tree {
	tb.Helper()
	tree, err := s.Look(context.Background(), paths)
	if err != nil {
		tb.Fatal(err)
	}
	return tree
}

func paths(tree *source.Tree) []string {
	var paths []string
	for _, f := range tree.Files() {
		paths = append(paths, f.Path)
	}
	return paths
}

func write(tb testing.TB, root, name, content string) {
	tb.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		tb.Fatal(err)
	}
}

func remove(tb testing.TB, root, name string) {
	tb.Helper()
	if err := os.RemoveAll(filepath.Join(root, filepath.FromSlash(name))); err != nil {
		tb.Fatal(err)
	}
}

func touch(tb testing.TB, root, name string, at time.Time) {
	tb.Helper()
	if err := os.Chtimes(filepath.Join(root, filepath.FromSlash(name)), at, at); err != nil {
		tb.Fatal(err)
	}
}

// TestWith checks that With returns the same tree as a scan after the files are written.
func TestWith(t *testing.T) {
	root := t.TempDir()
	write(t, root, "content/a.md", "one")
	write(t, root, "content/b.md", "two")
	scanner := newScanner(t, root)
	with := mustScan(t, scanner).With(map[string][]byte{"content/b.md": []byte("three"), "content/aa.md": []byte("four")})
	write(t, root, "content/b.md", "three")
	write(t, root, "content/aa.md", "four")
	after := mustScan(t, scanner)
	if with.Hash() != after.Hash() || len(with.Diff(after)) > 0 {
		t.Errorf("differs in %v", with.Diff(after))
	}
	if data, err := with.File("content/aa.md").Data(); err != nil || string(data) != "four" {
		t.Errorf("got %q, %v", data, err)
	}
}

// TestRecall checks that a scanner which knows what an earlier one listed reads only what
// has changed since, and finds the same tree.
func TestRecall(t *testing.T) {
	root := t.TempDir()
	for i := range 20 {
		write(t, root, fmt.Sprintf("%d.md", i), fmt.Sprintf("---\ntitle: Case %d\n---\n", i))
	}
	earlier := newScanner(t, root)
	mustScan(t, earlier)
	earlier.Settle()
	next := func(reads int) *source.Tree {
		t.Helper()
		s := newScanner(t, root)
		s.Recall(earlier.Listing())
		got, want := mustScan(t, s), mustScan(t, newScanner(t, root))
		if got.Hash() != want.Hash() || s.Read() != reads {
			t.Errorf("read %d files, want %d; the tree is the same: %v", s.Read(), reads, got.Hash() == want.Hash())
		}
		return got
	}
	unchanged := next(0).Files()[0]
	data, err := unchanged.Data()
	if onDisk, _ := os.ReadFile(filepath.Join(root, unchanged.Path)); err != nil || string(data) != string(onDisk) {
		t.Errorf("the data of a file that was not read: %q, %v", data, err)
	}
	write(t, root, unchanged.Path, strings.Repeat("x", len(data)))
	next(1)
	if _, err := unchanged.Data(); !errors.Is(err, source.ErrChanged) {
		t.Errorf("the data of a file that has changed since: %v", err)
	}
	remove(t, root, unchanged.Path)
	write(t, root, "new/a.md", "1")
	next(1)
}
