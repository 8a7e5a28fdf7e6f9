package publish_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/publish"
)

func TestPathsThatAreNotPortableAreRefused(t *testing.T) {
	refused := []string{
		"", ".", "..", "../x", "a/../x", "a/../../x", "./x", "a/./x", "/etc/passwd", "//host/share", "a//b", "a/",
		`a\b`, `..\x`, `C:\x`, "C:/x", "C:x", "a\x00b", "a\nb", "a\x7fb", "bad\xffutf8",
		"a<b", "a>b", "a:b", `a"b`, "a|b", "a?b", "a*b", "trailing.", "trailing ", "dir./x", "dir /x", "...",
		"con", "CON", "con.html", "cases/aux.md", "nul.tar.gz", "prn", "com1", "COM9.txt", "lpt0", "com¹.x", "conin$", "CONOUT$", "aux .html",
		strings.Repeat("a", 201), "x/" + strings.Repeat("é", 101) + "/y",
		".git", ".git/config", ".GIT/config", ".gitignore", "CNAME", "cname", ".casebook", ".Casebook",
	}
	for _, path := range refused {
		dir := filepath.Join(t.TempDir(), "public")
		_, err := publish.Publish(context.Background(), []publish.File{text("index.html", "x"), text(path, "x")}, publish.Options{Dir: dir})
		if err == nil {
			t.Errorf("%q was accepted", path)
		}
		if _, err := os.Lstat(dir); err == nil {
			t.Errorf("%q: something was written", path)
		}
	}
}

func TestPortablePathsAreAccepted(t *testing.T) {
	paths := []string{
		"index.html", "404.html", ".nojekyll", ".well-known/security.txt", "a.b.c/x", "cases/é/index.html", "cases/日本/x",
		"console", "com10", "com", "lpt.html", "nuller/x", "a/.git/x", "a/CNAME", "..x", "x..y", strings.Repeat("a", 200), "a b/c",
	}
	var files []publish.File
	for _, path := range paths {
		files = append(files, text(path, path))
	}
	dir := filepath.Join(t.TempDir(), "public")
	if _, err := publish.Publish(context.Background(), files, publish.Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	got := readSite(t, dir)
	for _, path := range paths {
		if path != ".casebook" && got[path] != path {
			t.Errorf("%q: read %q", path, got[path])
		}
	}
}

func TestCollisionsNameBothPaths(t *testing.T) {
	for _, paths := range [][2]string{{"a.html", "a.html"}, {"Cases/x.html", "cases/y.html"}, {"a", "a/b"}} { // more in TestSet of package filename
		dir := filepath.Join(t.TempDir(), "public")
		files := []publish.File{text(paths[1], "1"), text("between", "x"), text(paths[0], "2")}
		_, err := publish.Publish(context.Background(), files, publish.Options{Dir: dir})
		if err == nil || !strings.Contains(err.Error(), strconv.Quote(paths[0])) || !strings.Contains(err.Error(), strconv.Quote(paths[1])) {
			t.Errorf("%q: the message does not name both paths: %v", paths, err)
		}
		if _, err := os.Lstat(dir); err == nil {
			t.Errorf("%q: something was written", paths)
		}
	}
}

func FuzzPaths(f *testing.F) {
	for _, seed := range []string{"index.html", "../x", "a/./b", `..\x`, "%2e%2e/x", "..%2fx", "....//x", "..;/x", "a/\u202e/x", "\uff0e\uff0e/x", ".git /x", ".g\u200cit/config"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		parent := t.TempDir()
		dir := filepath.Join(parent, "public")
		_, err := publish.Publish(context.Background(), []publish.File{text(path, "canary")}, publish.Options{Dir: dir})
		if err != nil {
			if _, err := os.Lstat(dir); err == nil {
				t.Errorf("%q: refused, but something was written", path)
			}
			return
		}
		checkSite(t, dir, map[string]string{path: "canary"})
	})
}
