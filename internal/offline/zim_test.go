package offline

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"casebook/internal/publish"
)

// TestZIM writes a ZIM file and checks it with zimcheck, a program of the openZIM project.
func TestZIM(t *testing.T) {
	for _, program := range []string{zimWriter, "zimcheck"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	page := func(links string) string {
		return "<!doctype html><html><head><title>A page</title></head><body>" + links + "</body></html>"
	}
	files, err := Files(t.Context(), []publish.File{
		file("index.html", page(`<a href="./cases/x/">x</a>`)), file("cases/x/index.html", page(`<a href="../../">home</a>`)),
	})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	title := "A knowledge base with a title that is longer than readers show"
	if err := WriteZIM(t.Context(), &b, files, Book{Title: title, Language: "cy-GB"}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "site.zim")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("zimcheck", "--all", name).CombinedOutput(); err != nil {
		t.Errorf("zimcheck: %v: %s", err, out)
	}
}

func TestNoZIMWriter(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if err := WriteZIM(t.Context(), &bytes.Buffer{}, nil, Book{Title: "A"}); err != ErrNoZIMWriter {
		t.Error(err)
	}
}
