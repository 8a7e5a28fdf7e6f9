//go:build unix

package pipeline_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"casebook/internal/pipeline"
)

// TestHostileLinks puts symbolic links and special files into the content, and checks that
// none is followed, read or waited for.
func TestHostileLinks(t *testing.T) {
	link := func(target string) func(string) error {
		return func(name string) error { return os.Symlink(target, name) }
	}
	outside := t.TempDir()
	secret := "---\ntitle: " + canary + "\nprinciples: [listen-first]\nauthors: [A]\n---\n" + canary + "\n"
	folder{"secret.md": secret, "secrets/index.md": secret, "secret.png": canary, "secret.yaml": "site.report: " + canary + "\n"}.write(t, outside)
	shapes := []struct {
		name, place string
		make        func(string) error
	}{
		{"to a file", "content/cases/a.md", link(filepath.Join(outside, "secret.md"))},
		{"to a folder", "content/cases/a", link(filepath.Join(outside, "secrets"))},
		{"to the parent", "content/cases/a", link("..")},
		{"to itself", "content/cases/a.md", link("a.md")},
		{"to nothing", "content/cases/a.md", link("nowhere.md")},
		{"within the source", "content/cases/a.md", link("governance.md")},
		{"to a device", "content/cases/a.md", link("/dev/zero")},
		{"as a picture", "content/cases/shared-ward/a.png", link(filepath.Join(outside, "secret.png"))},
		{"as a vocabulary", "content/organisations.yaml", link(filepath.Join(outside, "secret.yaml"))},
		{"as a folder of content", "content/resources", link(outside)},
		{"as a theme", "themes/own", link(outside)},
		{"as a file of the theme", "themes/own/strings/en.yaml", link(filepath.Join(outside, "secret.yaml"))},
		{"a pipe", "content/cases/a.md", func(name string) error { return syscall.Mkfifo(name, 0o644) }},
	}
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			dir := t.TempDir()
			readFolder(t, goldenInput).write(t, dir)
			name := filepath.Join(dir, filepath.FromSlash(shape.place))
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
			if err := shape.make(name); err != nil {
				t.Skip("not possible on this system:", err)
			}
			result := buildAnyway(t, dir, pipeline.Options{})
			checkNoCanary(t, result.Snapshot)
			if code := errorsOf(result)[shape.place]; code != "symlink" && code != "special-file" {
				t.Errorf("problems: %v", errorsOf(result))
			}
		})
	}
}
