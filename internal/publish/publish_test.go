package publish_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/publish"
)

// text returns a file of a site with this content.
func text(path, content string) publish.File {
	return publish.File{
		Path:  path,
		Hash:  sha256.Sum256([]byte(content)),
		Size:  int64(len(content)),
		Bytes: func() ([]byte, error) { return []byte(content), nil },
	}
}

// textSite returns a site with these contents, by path.
func textSite(site map[string]string) []publish.File {
	var files []publish.File
	for path, content := range site {
		files = append(files, text(path, content))
	}
	return files
}

// generation returns a site of pages that contain the number of their generation, and of
// assets that all generations share.
func generation(gen, pages int) map[string]string {
	site := map[string]string{"style.css": "body {}", "assets/logo.txt": "logo"}
	for i := range pages {
		path := fmt.Sprintf("cases/c%03d/index.html", i)
		// The lengths differ, so that a mixture of generations also differs in sizes.
		site[path] = fmt.Sprintf("generation %d\n%s %s\n", gen, path, strings.Repeat("x", gen%7))
	}
	site[fmt.Sprintf("only-in-%d/index.html", gen%2)] = fmt.Sprintf("generation %d\n", gen)
	return site
}

// readSite reads the files that a reader sees: all except the keepers and the marker.
func readSite(t testing.TB, dir string) map[string]string {
	t.Helper()
	site := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if slices.Contains(append(publish.Keepers(), ".casebook"), rel) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path)
		site[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func mustPublish(t testing.TB, dir string, site map[string]string) publish.Result {
	t.Helper()
	result, err := publish.Publish(context.Background(), textSite(site), publish.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// checkSite fails unless dir holds exactly the site, and no temporary file is beside it.
func checkSite(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	checkSiteOnly(t, dir, want)
	checkNothingBeside(t, dir)
}

// checkSiteOnly fails unless dir holds exactly the site. It ignores files beside it, so
// that another build may be running.
func checkSiteOnly(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	if got := readSite(t, dir); !maps.Equal(got, want) {
		t.Fatalf("the output is not the site:\ngot  %q\nwant %q", got, want)
	}
}

func checkNothingBeside(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(dir) {
			t.Fatalf("%s remains beside the output", e.Name())
		}
	}
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func lstat(t testing.TB, path string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestPublishMakesExactlyTheSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "public")
	if got, want := mustPublish(t, dir, generation(1, 3)), (publish.Counts{Written: 6}); got.Counts != want {
		t.Errorf("first: %+v, want %+v", got, want)
	}
	checkSite(t, dir, generation(1, 3))

	// Two pages and one folder are gone, three pages have new bytes, two files are unchanged.
	if got, want := mustPublish(t, dir, generation(2, 2)), (publish.Counts{Written: 3, Unchanged: 2, Removed: 2}); got.Counts != want {
		t.Errorf("second: %+v, want %+v", got, want)
	}
	checkSite(t, dir, generation(2, 2))
	if again := mustPublish(t, dir, generation(1, 3)); !slices.Equal(again.Added, []string{"cases/c002/index.html", "only-in-1/index.html"}) || !slices.Equal(again.Gone, []string{"only-in-0/index.html"}) {
		t.Errorf("added %q, gone %q", again.Added, again.Gone)
	}
	mustPublish(t, dir, generation(2, 2))
	if _, err := os.Stat(filepath.Join(dir, "only-in-1")); err == nil {
		t.Error("an empty folder of the old site remains")
	}

	if got, want := mustPublish(t, dir, nil), (publish.Counts{Removed: 5}); got.Counts != want {
		t.Errorf("empty site: %+v, want %+v", got, want)
	}
	checkSite(t, dir, nil)
}

// everything returns, for each path below dir, all attributes that any change would alter.
func everything(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		all[path] = fmt.Sprint(info.Mode(), info.Size(), info.ModTime().UnixNano(), inode(info))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestNothingIsTouchedWhenNothingChanged(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	mustPublish(t, dir, generation(1, 5))
	before := everything(t, parent)
	site := textSite(generation(1, 5))
	for i := range site {
		site[i].Bytes = func() ([]byte, error) { t.Error("Bytes is called for an unchanged file"); return nil, nil }
	}
	got, err := publish.Publish(context.Background(), site, publish.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if want := (publish.Counts{Unchanged: 8}); got.Counts != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if after := everything(t, parent); !maps.Equal(before, after) {
		t.Errorf("files changed:\nbefore %v\nafter  %v", before, after)
	}
}

func TestUnchangedFilesKeepTimeAndFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, generation(1, 5))
	old := time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)
	style, page := filepath.Join(dir, "style.css"), filepath.Join(dir, "cases/c001/index.html")
	for _, path := range []string{style, page} {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	before := lstat(t, style)
	mustPublish(t, dir, generation(2, 5))
	if after := lstat(t, style); !after.ModTime().Equal(old) || !os.SameFile(before, after) {
		t.Error("an unchanged file was replaced, or its time changed")
	}
	if lstat(t, page).ModTime().Equal(old) {
		t.Error("the time of a changed file did not change")
	}
}

// TestListing checks that files whose stamp has settled are not read again, and that an
// edit which keeps their size and modification time is found.
func TestListing(t *testing.T) {
	opts := publish.Options{Dir: filepath.Join(t.TempDir(), "public"), Listing: &publish.Listing{}}
	site := generation(1, 5)
	holds := func() bool {
		t.Helper()
		holds, err := publish.Holds(t.Context(), textSite(site), opts)
		if err != nil {
			t.Fatal(err)
		}
		return holds
	}
	settle := func() {
		t.Helper()
		for range 10_000 {
			if !holds() {
				t.Fatal("the folder does not hold the site that was published to it")
			}
			if opts.Listing.Read() == 0 {
				return
			}
			time.Sleep(time.Millisecond)
		}
		t.Fatal("the files are read each time")
	}
	if _, err := publish.Publish(t.Context(), textSite(site), opts); err != nil {
		t.Fatal(err)
	}
	settle()
	style := filepath.Join(opts.Dir, "style.css")
	before := lstat(t, style).ModTime()
	write(t, style, "BODY {}")
	if err := os.Chtimes(style, before, before); err != nil {
		t.Fatal(err)
	}
	if holds() || opts.Listing.Read() != 1 {
		t.Errorf("after an edit %d files were read", opts.Listing.Read())
	}
	site["style.css"] = "BODY {}"
	settle()
	site["new/index.html"] = "new"
	if got, err := publish.Publish(t.Context(), textSite(site), opts); err != nil || got.Written != 1 {
		t.Error(got, err)
	}
	settle()
	if known := len(opts.Listing.Files); known != len(site)+1 { // and the marker
		t.Errorf("%d of %d files are known", known, len(site)+1)
	}
}

// TestListingOfManyFiles checks that Publish lists the files of a large site, although it
// has just changed their stamps: it waits rather than leave more than 2,000 to read again.
func TestListingOfManyFiles(t *testing.T) {
	opts := publish.Options{Dir: filepath.Join(t.TempDir(), "public"), Listing: &publish.Listing{}}
	site := map[string]string{}
	for i := range 3_000 {
		site[fmt.Sprintf("%d/%d", i%8, i)] = "same"
	}
	for gen := range 2 {
		site["index.html"] = fmt.Sprint("generation ", gen)
		if _, err := publish.Publish(t.Context(), textSite(site), opts); err != nil {
			t.Fatal(err)
		}
		if got := len(opts.Listing.Files); len(site)-got > 2_000 {
			t.Errorf("generation %d: %d of %d files are listed", gen, got, len(site))
		}
	}
}

func TestDamagedOutputIsRepaired(t *testing.T) {
	damages := map[string]func(t *testing.T, dir string){
		"truncated":  func(t *testing.T, dir string) { write(t, filepath.Join(dir, "style.css"), "") },
		"edited":     func(t *testing.T, dir string) { write(t, filepath.Join(dir, "style.css"), "BODY {}") },
		"deleted":    func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "style.css")) },
		"stale file": func(t *testing.T, dir string) { write(t, filepath.Join(dir, "cases/stale.html"), "x") },
		"stale folder": func(t *testing.T, dir string) {
			if err := os.MkdirAll(filepath.Join(dir, "stale/deep"), 0o755); err != nil {
				t.Fatal(err)
			}
		},
		"file is a folder": func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, "style.css"))
			write(t, filepath.Join(dir, "style.css/in"), "x")
		},
		"folder is a file": func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, "assets"))
			write(t, filepath.Join(dir, "assets"), "x")
		},
		"same size and time": func(t *testing.T, dir string) {
			path := filepath.Join(dir, "style.css")
			mtime := lstat(t, path).ModTime()
			write(t, path, "BODY {}")
			if err := os.Chtimes(path, mtime, mtime); err != nil {
				t.Fatal(err)
			}
		},
		"file is a link to the same bytes": func(t *testing.T, dir string) {
			outside := filepath.Join(t.TempDir(), "outside")
			write(t, outside, "body {}")
			replaceByLink(t, filepath.Join(dir, "style.css"), outside)
		},
		"folder is a link to the same bytes": func(t *testing.T, dir string) {
			outside := t.TempDir()
			write(t, filepath.Join(outside, "logo.txt"), "logo")
			replaceByLink(t, filepath.Join(dir, "assets"), outside)
		},
		"marker emptied of all except its line": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, ".casebook"), "This folder is written by casebook.\r\n")
		},
	}
	clean := filepath.Join(t.TempDir(), "public")
	mustPublish(t, clean, generation(1, 2))
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			opts := publish.Options{Dir: filepath.Join(t.TempDir(), "public"), Listing: &publish.Listing{}}
			dir, site := opts.Dir, textSite(generation(1, 2))
			for range 2 {
				if _, err := publish.Publish(t.Context(), site, opts); err != nil {
					t.Fatal(err)
				}
				damage(t, dir) // the second time after the repair
			}
			if _, err := publish.Publish(t.Context(), site, opts); err != nil {
				t.Fatal(err)
			}
			checkSite(t, dir, generation(1, 2))
			if got, want := shape(t, dir), shape(t, clean); !slices.Equal(got, want) {
				t.Errorf("differs from a clean build:\ngot  %q\nwant %q", got, want)
			}
		})
	}
}

// shape lists each path below dir with its mode, and the bytes of each file.
func shape(t testing.TB, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		var data []byte
		if d.Type().IsRegular() {
			data, err = os.ReadFile(path)
		}
		all = append(all, fmt.Sprint(strings.TrimPrefix(path, dir), lstat(t, path).Mode(), string(data)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func remove(t testing.TB, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func replaceByLink(t testing.TB, path, target string) {
	t.Helper()
	remove(t, path)
	if err := os.Symlink(target, path); err != nil {
		t.Skip("no symbolic links on this system:", err)
	}
}

func TestBytesMustMatchHash(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, generation(1, 2))
	broken := map[string]func() ([]byte, error){
		"other bytes": func() ([]byte, error) { return []byte("BODY {}"), nil },
		"an error":    func() ([]byte, error) { return nil, fs.ErrNotExist },
	}
	for name, bytes := range broken {
		files := textSite(generation(2, 2))
		files[0].Bytes = bytes
		files[0].Path = "fresh.html"
		if _, err := publish.Publish(context.Background(), files, publish.Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "fresh.html") {
			t.Errorf("%s: error %v does not name the file", name, err)
		}
		checkSite(t, dir, generation(1, 2))
	}
}

func TestCancelledPublishLeavesTheOldSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, generation(1, 20))
	ctx, cancel := context.WithCancel(context.Background())
	files := textSite(generation(2, 20))
	files[5].Hash = [32]byte{1} // not the hash of the file on disk, so that Publish calls Bytes
	files[5].Bytes = func() ([]byte, error) { cancel(); return nil, ctx.Err() }
	if _, err := publish.Publish(ctx, files, publish.Options{Dir: dir}); err == nil {
		t.Error("no error")
	}
	checkSite(t, dir, generation(1, 20))
}
