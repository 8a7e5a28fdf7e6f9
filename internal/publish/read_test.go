package publish_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/publish"
)

// TestRead checks that Read returns the files that Publish wrote, and none that their
// owner keeps in the same folder.
func TestRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	site := []publish.File{text("index.html", "home"), text("cases/x/index.html", "a case")}
	if _, err := publish.Publish(t.Context(), site, publish.Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"CNAME": "example.org", ".git/config": "[core]"} {
		write(t, filepath.Join(dir, name), content)
	}
	files, err := publish.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(files, func(a, b publish.File) int { return strings.Compare(b.Path, a.Path) })
	if len(files) != 2 || files[0].Path != "index.html" || files[0].Hash != site[0].Hash || files[1].Size != site[1].Size {
		t.Errorf("read %+v", files)
	}
	if data, err := files[0].Bytes(); string(data) != "home" || err != nil {
		t.Errorf("%q, %v", data, err)
	}

	write(t, filepath.Join(dir, "index.html"), "HOME")
	if _, err := files[0].Bytes(); err == nil || !strings.Contains(err.Error(), "index.html has changed") {
		t.Errorf("a file that changed: %v", err)
	}
	if err := os.Symlink("index.html", filepath.Join(dir, "link.html")); err == nil {
		if _, err := publish.Read(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "link.html") {
			t.Errorf("a link: %v", err)
		}
	}
	if _, err := publish.Read(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "not a site") {
		t.Errorf("another folder: %v", err)
	}
}
