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
	"testing"
)

// hidden are case studies that readers must not see, by file name. Each has "zebracanary"
// in its text and its fields. The notice of a withdrawn one shows its title.
var hidden = map[string]string{
	"draft-zebracanary.md":     "title: A zebracanary title\ndraft: true\n",
	"scheduled-zebracanary.md": "title: A zebracanary title\npublished: 2030-01-01\n",
	"withdrawn-one.md":         "title: Withdrawn\npublished: 2026-01-01\nwithdrawn: {date: 2026-02-01, reason: Asked for}\n",
}

// TestHiddenContentIsInNoOutput checks that hidden texts are in no file that a build or a
// bundle writes: pages, data, feeds, the decompressed search, and the offline site.
func TestHiddenContentIsInNoOutput(t *testing.T) {
	folder := t.TempDir()
	kb, site, archive := filepath.Join(folder, "kb"), filepath.Join(folder, "site"), filepath.Join(folder, "site.zip")
	do := func(args ...string) {
		t.Helper()
		var messages bytes.Buffer
		if code := run(args, nil, &messages, &messages); code != exitOK {
			t.Fatalf("%v: %s", args, messages.String())
		}
	}
	do("init", kb)
	for name, fields := range hidden {
		text := "---\nsummary: A zebracanary summary\nprinciples: [listen-first]\nauthors: [Dr Zebracanary]\nquotes:\n  - {text: Zebracanary., speaker: A nurse, consent: given}\n" + fields + "---\n\nZebracanary text.\n"
		if err := os.WriteFile(filepath.Join(kb, "content", "cases", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	searched := func() (files, found int) {
		t.Helper()
		do("build", "--source", kb, "--output", site, "--base-url", "https://example.org/", "--date", "2026-11-29", "--quiet")
		do("bundle", archive, "--source", kb, "--base-url", "https://example.org/", "--date", "2026-11-29", "--quiet")
		for name, data := range contents(t, site, archive) {
			files++
			if bytes.Contains(bytes.ToLower([]byte(name)), []byte("zebracanary")) || bytes.Contains(bytes.ToLower(data), []byte("zebracanary")) {
				found++
				t.Logf("%s contains it", name)
			}
		}
		return files, found
	}
	if files, found := searched(); found > 0 || files < 100 {
		t.Errorf("%d of %d files contain hidden text", found, files)
	}
	// The test finds the same text when the case study is published.
	if err := os.WriteFile(filepath.Join(kb, "content", "cases", "shown.md"), []byte("---\ntitle: A zebracanary title\nprinciples: [listen-first]\nauthors: [A]\n---\n\nText.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, found := searched(); found < 10 {
		t.Errorf("only %d files contain published text: the test does not find texts", found)
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
