package cache_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/internal/cache"
	"casebook/internal/changeset"
)

func open(t *testing.T, folder, source string) *cache.Cache {
	t.Helper()
	c, err := cache.Open(folder, cache.Use{Source: source, Settings: "drafts=false"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var key = cache.Key{1, 2, 3}

func TestValueOutlivesProcess(t *testing.T) {
	folder := t.TempDir()
	value := []byte("what was made")
	if err := open(t, folder, "/kb").Save("pages", key, value); err != nil {
		t.Fatal(err)
	}
	again := open(t, folder, "/kb")
	if got, ok := again.Load("pages", key); !ok || got != string(value) {
		t.Errorf("got %q, %v", got, ok)
	}
	if _, ok := again.Load("pages", cache.Key{4}); ok {
		t.Error("Load with another key finds a value")
	}
	if _, ok := again.Load("search", key); ok {
		t.Error("Load finds a value that was never saved")
	}
	if _, ok := open(t, folder, "/other").Load("pages", key); ok {
		t.Error("Load finds a value of another source folder")
	}
}

func TestNoCache(t *testing.T) {
	var none *cache.Cache
	if err := none.Save("pages", key, nil); err != nil {
		t.Error(err)
	}
	if _, ok := none.Load("pages", key); ok {
		t.Error("a nil cache has a value")
	}
	if err := none.Retain(func(string) bool { return false }); err != nil {
		t.Error(err)
	}
}

// files returns the files of all workspaces.
func files(t *testing.T, folder string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestDamage checks that a damaged or truncated value is not returned.
func TestDamage(t *testing.T) {
	folder := t.TempDir()
	c := open(t, folder, "/kb")
	if err := c.Save("pages", key, []byte("some bytes")); err != nil {
		t.Fatal(err)
	}
	name := ""
	for _, file := range files(t, folder) {
		if filepath.Base(file) == "pages" {
			name = file
		}
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	damage := func(data []byte) {
		t.Helper()
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := c.Load("pages", key); ok {
			t.Errorf("a damaged file of %d bytes gives %q", len(data), got)
		}
	}
	for n := range whole {
		damage(whole[:n])
		flipped := bytes.Clone(whole)
		flipped[n] ^= 4
		damage(flipped)
	}
	damage(append(bytes.Clone(whole), 0))
}

func TestRetain(t *testing.T) {
	c := open(t, t.TempDir(), "/kb")
	for _, name := range []string{"a", "b"} {
		if err := c.Save(name, key, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Retain(func(name string) bool { return name == "b" }); err != nil {
		t.Fatal(err)
	}
	_, a := c.Load("a", key)
	_, b := c.Load("b", key)
	if a || !b {
		t.Errorf("a remains: %v, b remains: %v; want only b", a, b)
	}
}

func TestListAndClean(t *testing.T) {
	folder := t.TempDir()
	if all, err := cache.List(filepath.Join(folder, "none")); err != nil || len(all) > 0 {
		t.Errorf("%v, %v", all, err)
	}
	if err := open(t, folder, "/kb").Save("pages", key, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	open(t, folder, "/other \"quoted\"\nlines")
	foreign := filepath.Join(folder, strings.Repeat("ab", 16))
	for _, dir := range []string{foreign, filepath.Join(folder, "photos")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	all, err := cache.List(folder)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	sources := map[string]int64{}
	for _, w := range all {
		sources[w.Source] = w.Size
	}
	if sources["/kb"] < 1000 || sources["/other \"quoted\"\nlines"] == 0 {
		t.Errorf("sizes %v", sources)
	}
	if removed, err := cache.Clean(folder); err != nil || len(removed) != 2 {
		t.Errorf("removed %v, %v", removed, err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 3 { // the tag, and two folders that are not workspaces
		t.Errorf("left %v, %v", left, err)
	}
}

// TestOldWorkspacesAreRemoved checks that Open removes workspaces that have not been used for a long time,
// and files that were never finished.
func TestOldWorkspacesAreRemoved(t *testing.T) {
	folder := t.TempDir()
	open(t, folder, "/old")
	about := files(t, folder)[0]
	year := time.Now().AddDate(-1, 0, 0)
	unfinished := filepath.Join(filepath.Dir(about), changeset.Unfinished+"123")
	if err := os.WriteFile(unfinished, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(unfinished, year, year); err != nil {
		t.Fatal(err)
	}
	open(t, folder, "/new")
	if _, err := os.Stat(unfinished); err == nil {
		t.Error("an unfinished file remains")
	}
	if err := os.Chtimes(about, year, year); err != nil {
		t.Fatal(err)
	}
	open(t, folder, "/new")
	if all, err := cache.List(folder); err != nil || len(all) != 1 || all[0].Source != "/new" {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestLargeWorkspacesAreRemoved checks that Open removes workspaces that are too large, but not one that
// is in use.
func TestLargeWorkspacesAreRemoved(t *testing.T) {
	folder := t.TempDir()
	open(t, folder, "/large")
	large := filepath.Join(filepath.Dir(files(t, folder)[0]), "pages")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 3<<30); err != nil { // a sparse file, which uses no space on disk
		t.Fatal(err)
	}
	open(t, folder, "/large")
	if _, err := os.Stat(large); err != nil {
		t.Error("the workspace in use was removed")
	}
	hour := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(filepath.Dir(large), "about"), hour, hour); err != nil {
		t.Fatal(err)
	}
	open(t, folder, "/new")
	if _, err := os.Stat(large); err == nil {
		t.Error("a file of 3 GB remains")
	}
}

// TestFolderThatCannotBeMade checks that Open reports a folder that cannot be created.
func TestFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := cache.Open(file, cache.Use{Source: "/kb"}); err == nil {
		t.Error("Open accepts a file as the cache folder")
	}
}
