package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// hidden are case studies that readers must not see, by file name. Each has "zebracanary"
// in its text and its fields. The notice of a withdrawn one shows its title. A published
// one has "shownbird" instead, which shows that the test finds texts.
var hidden = map[string]string{
	"draft-zebracanary.md":     "title: A zebracanary title\ndraft: true\n",
	"scheduled-zebracanary.md": "title: A zebracanary title\npublished: 2030-01-01\n",
	"shown.md":                 "title: A shownbird title\n",
	"withdrawn-one.md":         "title: Withdrawn\npublished: 2026-01-01\nwithdrawn: {date: 2026-02-01, reason: Asked for}\n",
}

// TestHiddenContentIsInNoOutput checks that hidden texts are in no file that a build or a
// bundle writes: pages, data, feeds, the decompressed search, and the offline site.
func TestHiddenContentIsInNoOutput(t *testing.T) {
	folder := t.TempDir()
	kb, site, archive := newKB(t), filepath.Join(folder, "site"), filepath.Join(folder, "site.zip")
	for name, fields := range hidden {
		text := "---\nsummary: A zebracanary summary\nprinciples: [listen-first]\nauthors: [Dr Zebracanary]\nquotes:\n  - {text: Zebracanary., speaker: A nurse, consent: given}\n" + fields + "---\n\nZebracanary text.\n"
		if strings.Contains(fields, "shownbird") {
			text = strings.NewReplacer("zebracanary", "shownbird", "Zebracanary", "Shownbird").Replace(text)
		}
		write(t, filepath.Join(kb, "content", "cases", name), text)
	}
	succeeds(t, "build", "--source", kb, "--output", site, "--base-url", "https://example.org/", "--date", "2026-11-29", "--quiet")
	succeeds(t, "bundle", archive, "--source", kb, "--base-url", "https://example.org/", "--date", "2026-11-29", "--quiet")
	all, shown := contents(t, site, archive), 0
	for name, data := range all {
		text := name + string(bytes.ToLower(data))
		if strings.Contains(text, "zebracanary") {
			t.Errorf("%s contains hidden text", name)
		}
		if strings.Contains(text, "shownbird") {
			shown++
		}
	}
	if len(all) < 100 || shown < 10 {
		t.Errorf("only %d of %d files contain published text: the test does not find texts", shown, len(all))
	}
}

// contents returns the files of a folder and of a zip archive by name, with those of the
// search decompressed.
func contents(t *testing.T, site, archive string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for prefix, files := range map[string]fs.FS{"site/": os.DirFS(site), "zip/": z} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(files, name)
			if err == nil && path.Ext(name) == ".bin" {
				data, err = io.ReadAll(flate.NewReader(bytes.NewReader(data)))
			}
			all[prefix+name] = data
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}
